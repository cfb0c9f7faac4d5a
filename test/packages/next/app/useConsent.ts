'use client'

import { createConsent } from 'crumbgate'
import { useSyncExternalStore } from 'react'

/** One for the page: made when the app is loaded, not when a component is rendered. */
export const consent = createConsent({ policy: '/privacy' })

/** Whether a category is allowed now; no on the server and while React hydrates, so that both render the same. */
export const useConsent = (category: string): boolean =>
  useSyncExternalStore(
    consent.subscribe,
    () => consent.allows(category),
    () => false,
  )
