import { createConsent } from 'crumbgate'
import { onScopeDispose, readonly, shallowRef } from 'vue'

/** One for the page: made when the app is loaded, not when a component is set up. */
export const consent = createConsent({ policy: '/privacy' })

/** Whether a category is allowed now, as a ref. */
export function useConsent(category: string) {
  const allowed = shallowRef(consent.allows(category))
  const leave = consent.subscribe(() => {
    allowed.value = consent.allows(category)
  })
  onScopeDispose(leave)
  return readonly(allowed)
}
