import type { ServiceOptions } from '../types'

/**
 * https://help.x.com/en/rules-and-policies/x-cookies, 2026-11-24. Everything is stored on the vendor's own domain;
 * that and the provider's name are from memory.
 */
export const xEmbed: ServiceOptions = {
  category: 'marketing',
  title: 'X',
  provider: 'X Internet Unlimited Company',
  purpose: 'Shows posts from X on this website.',
}
