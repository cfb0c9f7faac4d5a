import type { ServiceOptions } from '../types'

/**
 * https://help.hotjar.com/hc/en-us/articles/36819973371409, 2026-11-24. Read in copies on customers' sites; _hj* lasts
 * as long as its longest, _hjSessionUser_*, and the provider's name is from memory.
 */
export const hotjar: ServiceOptions = {
  category: 'performance',
  title: 'Hotjar',
  provider: 'Hotjar Ltd',
  purpose: 'Records clicks, scrolling and visits to show how pages are used, and asks for opinions.',
  cookies: ['_hj*'],
  lifetimes: { '_hj*': 365 },
  localStorage: ['_hj*', 'hjActiveViewportIds'],
  sessionStorage: ['_hj*', 'hjViewportId'],
}
