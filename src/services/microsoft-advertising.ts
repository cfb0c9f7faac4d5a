import type { ServiceOptions } from '../types'

/**
 * https://learn.microsoft.com/en-us/advertising/msa-help/hlp_ba_conc_uet_faq, 2026-11-24. Lifetimes of _uetsid and
 * _uetvid from memory; the copies in localStorage are from public code.
 */
export const microsoftAdvertising: ServiceOptions = {
  category: 'marketing',
  title: 'Microsoft Advertising',
  provider: 'Microsoft Ireland Operations Ltd',
  purpose: 'Measures what advertisements on Bing lead to, and chooses who sees them.',
  signal: 'uet',
  cookies: ['_uetsid', '_uetvid', '_uetmsclkid'],
  localStorage: ['_uetsid', '_uetsid_exp', '_uetvid', '_uetvid_exp', '_uetmsclkid', '_uetmsclkid_exp'],
  lifetimes: { _uetsid: 1, _uetvid: 390, _uetmsclkid: 90 },
}
