import type { ServiceOptions } from '../types'

/**
 * https://support.google.com/analytics/answer/11397207, 2026-11-24. The page lists _ga and _ga_*; the others, of
 * Universal Analytics, are on https://developers.google.com/analytics/resources/concepts/gaConceptsCookies, except
 * _gat_*, from memory.
 */
export const googleAnalytics: ServiceOptions = {
  category: 'performance',
  title: 'Google Analytics',
  provider: 'Google Ireland Ltd',
  purpose: 'Counts visits and shows which pages are read.',
  signal: 'google',
  cookies: ['_ga', '_ga_*', '_gid', '_gat', '_gat_*', '_dc_gtm_UA-*'],
  lifetimes: { _ga: 730, '_ga_*': 730, _gid: 1, _gat: 1, '_gat_*': 1, '_dc_gtm_UA-*': 1 },
}
