import type { ServiceOptions } from '../types'

/**
 * https://posthog.com/docs/libraries/js/persistence, 2026-11-24. Other names from posthog-js 1.449.2; a
 * `persistence_name` of your own needs `ph_<name>*` added to each list.
 */
export const posthog: ServiceOptions = {
  category: 'performance',
  title: 'PostHog',
  provider: 'PostHog Inc.',
  purpose: 'Counts which pages are read, records visits and shows where visitors get stuck.',
  cookies: ['ph_*_posthog', 'ph_*_posthog_cpm', '__ph_opt_in_out_*'],
  lifetimes: { 'ph_*_posthog': 365, 'ph_*_posthog_cpm': 365, '__ph_opt_in_out_*': 365 },
  localStorage: [
    'ph_*_posthog',
    'ph_*_posthog__*',
    '__ph_opt_in_out_*',
    'ph_conv_*',
    'ph_product_tour_*',
    'ph_last_seen_tour_date_*',
    'ph_debug',
    '_postHogToolbarParams',
    'seenSurvey_*-*-*-*-*',
    'inProgressSurvey_*-*-*-*-*',
    'abandonedSurvey_*-*-*-*-*',
    'lastSeenSurveyDate',
  ],
  sessionStorage: [
    'ph_*_posthog',
    'ph_*_posthog_cookie_identity_change_pending',
    'ph_*_window_id',
    'ph_*_primary_window_exists',
    'ph_*_session_registered_properties',
    'ph_replay_pending_buffer_*',
    'ph_active_product_tour',
  ],
}
