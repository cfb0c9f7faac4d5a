import type { ServiceOptions } from '../types'

/**
 * https://policies.google.com/technologies/cookies, 2026-11-24. Everything is stored on the vendor's own domain, also
 * with youtube-nocookie.com (from memory).
 */
export const youtube: ServiceOptions = {
  category: 'marketing',
  title: 'YouTube',
  provider: 'Google Ireland Ltd',
  purpose: 'Plays videos on this website and uses what is watched for advertising.',
}
