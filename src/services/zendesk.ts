import type { ServiceOptions } from '../types'

/**
 * https://support.zendesk.com/hc/en-us/articles/4408828505754-Enabling-cookie-consent-for-the-Chat-widget, 2026-11-24.
 * Other names from public code; the keys of its Messaging, `<integration id>.appUserId`, `.clientId` and
 * `.sessionToken`, have no prefix of their own: add yours.
 */
export const zendesk: ServiceOptions = {
  category: 'functional',
  title: 'Zendesk',
  provider: 'Zendesk Inc.',
  purpose: 'Offers a chat and help, and remembers your conversation.',
  cookies: ['__zlcmid', '__zlcprivacy'],
  lifetimes: { __zlcmid: 365, __zlcprivacy: 365 },
  localStorage: ['ZD-*', '__zlcstore'],
  sessionStorage: ['ZD-*'],
}
