import type { ServiceOptions } from '../types'

/**
 * https://www.intercom.com/help/en/articles/2361922-intercom-messenger-cookies, 2026-11-24. The page lists cookies
 * only: the localStorage name is from public code, the provider's name from memory.
 */
export const intercom: ServiceOptions = {
  category: 'functional',
  title: 'Intercom',
  provider: 'Intercom R&D Unlimited Company',
  purpose: 'Offers a chat and remembers your conversation.',
  cookies: ['intercom-id-*', 'intercom-session-*', 'intercom-device-id-*'],
  lifetimes: { 'intercom-id-*': 270, 'intercom-session-*': 7, 'intercom-device-id-*': 270 },
  localStorage: ['intercom.intercom-state*'],
}
