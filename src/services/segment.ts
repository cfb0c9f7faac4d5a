import type { ServiceOptions } from '../types'

/**
 * https://www.twilio.com/docs/segment/connections/sources/catalog/libraries/website/javascript/cookie-validity-update,
 * 2026-11-24. Names also from https://github.com/segmentio/analytics-next; what it sends data to may store more. The
 * provider's name is from memory.
 */
export const segment: ServiceOptions = {
  category: 'performance',
  title: 'Segment',
  provider: 'Twilio Ireland Ltd',
  purpose: 'Collects what visitors do on this website and passes it on to other services.',
  cookies: ['ajs_anonymous_id', 'ajs_user_id', 'ajs_group_id'],
  lifetimes: { ajs_anonymous_id: 365, ajs_user_id: 365, ajs_group_id: 365 },
  localStorage: [
    'ajs_anonymous_id',
    'ajs_user_id',
    'ajs_group_id',
    'ajs_user_traits',
    'ajs_group_properties',
    'persisted-queue:v1:*:items',
    'persisted-queue:v1:*:seen',
    'persisted-queue:v1:*:lock',
  ],
}
