import { createConsent } from 'crumbgate'
import { readable } from 'svelte/store'

/** One for the page: made when the app is loaded, not when a component is. */
export const consent = createConsent({ policy: '/privacy' })

/** Whether a category is allowed now: `$marketing` in a component that has `const marketing = allowed('marketing')`. */
export const allowed = (category: string) =>
  readable(consent.allows(category), (set) => consent.subscribe(() => set(consent.allows(category))))
