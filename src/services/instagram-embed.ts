import type { ServiceOptions } from '../types'

/**
 * https://privacycenter.instagram.com/policies/cookies/, 2026-11-24. Everything is stored on the vendor's own domain
 * (from memory).
 */
export const instagramEmbed: ServiceOptions = {
  category: 'marketing',
  title: 'Instagram',
  provider: 'Meta Platforms Ireland Ltd',
  purpose: 'Shows posts from Instagram on this website.',
}
