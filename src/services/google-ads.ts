import type { ServiceOptions } from '../types'

/**
 * https://business.safety.google/adscookies/, 2026-11-24. Page not readable here: from public code that cites it; tags
 * of advertisers only, not AdSense or Ad Manager.
 */
export const googleAds: ServiceOptions = {
  category: 'marketing',
  title: 'Google Ads',
  provider: 'Google Ireland Ltd',
  purpose: 'Measures what visitors do after clicking an advertisement on Google.',
  signal: 'google',
  cookies: ['_gcl_*', '_gac_*'],
  localStorage: ['_gcl_ls'],
  lifetimes: { '_gcl_*': 90, '_gac_*': 90 },
}
