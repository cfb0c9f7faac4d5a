import type { ServiceOptions } from '../types'

/**
 * https://amplitude.com/docs/sdks/analytics/browser/cookies-and-consent-management, 2026-11-24. Other names from
 * @amplitude/analytics-browser 2.46.0 and, for Session Replay, public code; AMP_TOKEN of the former Universal
 * Analytics fits too.
 */
export const amplitude: ServiceOptions = {
  category: 'performance',
  title: 'Amplitude',
  provider: 'Amplitude Inc.',
  purpose: 'Measures what visitors do on this website and where they came from.',
  cookies: ['AMP_*'],
  lifetimes: { 'AMP_*': 365 },
  localStorage: ['AMP_*'],
  sessionStorage: ['AMP_*', '_amp_sr_tab_id'],
  indexedDB: ['AMP_diagnostics_*', '*_amp_session_replay_events*'],
}
