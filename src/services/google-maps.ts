import type { ServiceOptions } from '../types'

/**
 * https://policies.google.com/technologies/cookies, 2026-11-24. Everything is stored on the vendor's own domain, also
 * by the Maps JavaScript API (from memory).
 */
export const googleMaps: ServiceOptions = {
  category: 'functional',
  title: 'Google Maps',
  provider: 'Google Ireland Ltd',
  purpose: 'Shows interactive maps on this website.',
}
