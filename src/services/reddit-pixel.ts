import type { ServiceOptions } from '../types'

/**
 * https://business.reddithelp.com/s/article/reddit-pixel, 2026-11-24. No list found: names are from public code,
 * lifetimes and the provider's name from memory.
 */
export const redditPixel: ServiceOptions = {
  category: 'marketing',
  title: 'Reddit Pixel',
  provider: 'Reddit Netherlands B.V.',
  purpose: 'Measures what advertisements on Reddit lead to, and chooses who sees them.',
  cookies: ['_rdt_uuid', '_rdt_cid', '_rdt_em'],
  lifetimes: { _rdt_uuid: 90, _rdt_cid: 90, _rdt_em: 90 },
}
