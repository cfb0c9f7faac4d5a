import type { ServiceOptions } from '../types'

/**
 * https://learn.microsoft.com/en-us/clarity/setup-and-installation/cookie-list, 2026-11-24. Its other cookies are on
 * the vendor's own domains; _cltk is from https://github.com/microsoft/clarity, lifetimes and the provider's name from
 * memory.
 */
export const microsoftClarity: ServiceOptions = {
  category: 'performance',
  title: 'Microsoft Clarity',
  provider: 'Microsoft Ireland Operations Ltd',
  purpose: 'Records clicks, scrolling and visits to show how pages are used.',
  signal: 'clarity',
  cookies: ['_clck', '_clsk'],
  lifetimes: { _clck: 365, _clsk: 1 },
  sessionStorage: ['_cltk'],
}
