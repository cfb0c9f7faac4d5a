import type { ServiceOptions } from '../types'

/**
 * https://support.google.com/tagmanager/answer/9323295, 2026-11-24. The container itself stores nothing (from memory),
 * its tags do; marketing because these usually include advertising.
 */
export const googleTagManager: ServiceOptions = {
  category: 'marketing',
  title: 'Google Tag Manager',
  provider: 'Google Ireland Ltd',
  purpose: 'Loads the measurement and advertising tools of this website.',
  signal: 'google',
}
