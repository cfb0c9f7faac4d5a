import type { ServiceOptions } from '../types'

/**
 * https://docs.mixpanel.com/docs/tracking/how-tos/privacy-friendly-tracking, 2026-11-24. The page lists no names:
 * these are from mixpanel-browser 2.83.0; a `persistence_name` of your own needs `mp_<name>` added.
 */
export const mixpanel: ServiceOptions = {
  category: 'performance',
  title: 'Mixpanel',
  provider: 'Mixpanel Inc.',
  purpose: 'Measures what visitors do on this website and where they came from.',
  cookies: ['mp_*_mixpanel', '__mp_opt_in_out_*'],
  lifetimes: { 'mp_*_mixpanel': 365, '__mp_opt_in_out_*': 365 },
  localStorage: ['mp_*_mixpanel', '__mp_opt_in_out_*', '__mpq_*', '__mprec_*'],
  sessionStorage: ['mp_tab_id_*', 'mp_gen_new_tab_id_*'],
  indexedDB: ['mixpanelBrowserDb', 'mixpanelFlagsDb'],
}
