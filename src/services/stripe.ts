import type { ServiceOptions } from '../types'

/**
 * https://docs.stripe.com/js/appendix/cookies, 2026-11-24. The page lists no names: these and their lifetimes are from
 * public code and other sites' lists, the provider's name from memory.
 */
export const stripe: ServiceOptions = {
  category: 'functional',
  title: 'Stripe',
  provider: 'Stripe Payments Europe Ltd',
  purpose: 'Takes payments and recognises fraud.',
  cookies: ['__stripe_mid', '__stripe_sid'],
  lifetimes: { __stripe_mid: 365, __stripe_sid: 1 },
}
