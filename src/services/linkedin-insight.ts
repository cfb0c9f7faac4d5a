import type { ServiceOptions } from '../types'

/**
 * https://www.linkedin.com/legal/l/cookie-table, 2026-11-24. Only its start was readable here: names from public code,
 * lifetimes of ln_or and the oribi cookies from memory.
 */
export const linkedinInsight: ServiceOptions = {
  category: 'marketing',
  title: 'LinkedIn Insight Tag',
  provider: 'LinkedIn Ireland Unlimited Company',
  purpose: 'Measures what advertisements on LinkedIn lead to, and chooses who sees them.',
  cookies: ['li_fat_id', 'li_giant', 'ln_or', 'oribi_cookie_test', 'oribili_user_guid'],
  localStorage: ['li_adsId'],
  lifetimes: { li_fat_id: 30, li_giant: 7, ln_or: 1, oribi_cookie_test: 0, oribili_user_guid: 365 },
}
