import type { ServiceOptions } from '../types'

/**
 * https://knowledge.hubspot.com/privacy-and-consent/what-cookies-does-hubspot-set-in-a-visitor-s-browser, 2026-11-24.
 * Without those that remember an objection; lifetimes of __hstc, hubspotutk and __hssc and the provider's name from
 * memory.
 */
export const hubspot: ServiceOptions = {
  category: 'marketing',
  title: 'HubSpot',
  provider: 'HubSpot Ireland Ltd',
  purpose: 'Recognises visitors, links visits to forms that they sent, and offers a chat.',
  cookies: [
    '__hstc',
    'hubspotutk',
    '__hssc',
    '__hssrc',
    'messagesUtk',
    'hs-messages-is-open',
    'hs-messages-hide-welcome-message',
  ],
  lifetimes: {
    __hstc: 180,
    hubspotutk: 180,
    __hssc: 1,
    __hssrc: 0,
    messagesUtk: 180,
    'hs-messages-is-open': 1,
    'hs-messages-hide-welcome-message': 1,
  },
}
