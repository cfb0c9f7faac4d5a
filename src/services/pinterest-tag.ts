import type { ServiceOptions } from '../types'

/**
 * https://help.pinterest.com/en/business/article/pinterest-tag-parameters-and-cookies, 2026-11-24. Lifetimes and
 * localStorage from a copy of the vendor's script for Shopify.
 */
export const pinterestTag: ServiceOptions = {
  category: 'marketing',
  title: 'Pinterest Tag',
  provider: 'Pinterest Europe Ltd',
  purpose: 'Measures what advertisements on Pinterest lead to, and chooses who sees them.',
  cookies: ['_epik', '_derived_epik', '_pin_unauth'],
  localStorage: ['_epik_ls', '_derived_epik_ls', '_pin_unauth_ls'],
  lifetimes: { _epik: 365, _derived_epik: 365, _pin_unauth: 365 },
}
