import type { ServiceOptions } from '../types'

/**
 * https://ads.tiktok.com/help/article/using-cookies-with-tiktok-pixel, 2026-11-24. The page gives 13 months for all
 * cookies but no names; these are from public code.
 */
export const tiktokPixel: ServiceOptions = {
  category: 'marketing',
  title: 'TikTok Pixel',
  provider: 'TikTok Technology Ltd',
  purpose: 'Measures what advertisements on TikTok lead to, and chooses who sees them.',
  signal: 'tiktok',
  cookies: ['_ttp', '_tt_enable_cookie', 'ttclid', 'ttcsid', 'ttcsid_*'],
  sessionStorage: ['tt_appInfo', 'tt_sessionId', 'tt_pixel_*'],
  lifetimes: { _ttp: 390, _tt_enable_cookie: 390, ttclid: 390, ttcsid: 390, 'ttcsid_*': 390 },
}
