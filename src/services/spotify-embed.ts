import type { ServiceOptions } from '../types'

/**
 * https://www.spotify.com/de/legal/cookies-policy/, 2026-11-24. Everything is stored on the vendor's own domain; the
 * page lists no names, and the provider's name is from memory.
 */
export const spotifyEmbed: ServiceOptions = {
  category: 'marketing',
  title: 'Spotify',
  provider: 'Spotify AB',
  purpose: 'Plays music and podcasts on this website and uses what is played for advertising.',
}
