import type { ServiceOptions } from '../types'

/**
 * https://developers.facebook.com/docs/marketing-api/conversions-api/parameters/fbp-and-fbc/, 2026-11-24. The page
 * lists _fbp and _fbc, lifetimes from memory; the others are from public code, and the lifetime of _fbleid could not
 * be found.
 */
export const metaPixel: ServiceOptions = {
  category: 'marketing',
  title: 'Meta Pixel',
  provider: 'Meta Platforms Ireland Ltd',
  purpose: 'Measures what advertisements on Facebook and Instagram lead to, and chooses who sees them.',
  signal: 'meta',
  cookies: ['_fbp', '_fbc', '_fbleid'],
  localStorage: ['lastExternalReferrer', 'lastExternalReferrerTime', 'multiFbc'],
  lifetimes: { _fbp: 90, _fbc: 90 },
}
