import type { ServiceOptions } from '../types'

/**
 * https://help.vimeo.com/hc/en-us/articles/26080940921361, 2026-11-24. Everything is stored on the vendor's own
 * domain.
 */
export const vimeo: ServiceOptions = {
  category: 'functional',
  title: 'Vimeo',
  provider: 'Vimeo.com Inc.',
  purpose: 'Plays videos on this website and counts how they are watched.',
}
