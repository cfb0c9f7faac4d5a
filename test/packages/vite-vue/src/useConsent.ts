import { createConsent } from 'crumbgate'
import { computed, readonly, shallowRef } from 'vue'

/** One for the page: made when the app is loaded, not when a component is set up. */
export const consent = createConsent({ policy: '/privacy' })

const choice = shallowRef(consent.choice)
consent.subscribe(() => {
  choice.value = consent.choice
})

/** The visitor's choice, and whether a category is allowed now. */
export function useConsent(category: string) {
  const allowed = computed(() => (choice.value, consent.allows(category)))
  return { choice: readonly(choice), allowed }
}
