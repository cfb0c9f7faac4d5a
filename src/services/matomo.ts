import type { ServiceOptions } from '../types'

/**
 * https://matomo.org/faq/general/faq_146/, 2026-11-24. Without matomo_ignore, which remembers a refusal; the
 * dot after the names and the provider's name (of Matomo Cloud; if you host it, write yours) are from memory.
 */
export const matomo: ServiceOptions = {
  category: 'performance',
  title: 'Matomo',
  provider: 'InnoCraft Ltd',
  purpose: 'Counts visits and shows which pages are read.',
  signal: 'matomo',
  cookies: [
    '_pk_id.*',
    '_pk_ref.*',
    '_pk_ses.*',
    '_pk_cvar.*',
    '_pk_hsr.*',
    'mtm_consent',
    'mtm_cookie_consent',
    'mtm_consent_removed',
  ],
  lifetimes: { '_pk_id.*': 393, '_pk_ref.*': 183, '_pk_ses.*': 1, '_pk_cvar.*': 1, '_pk_hsr.*': 1 },
}
