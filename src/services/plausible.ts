import type { ServiceOptions } from '../types'

/**
 * https://plausible.io/data-policy, 2026-11-24. Stores nothing; plausible_ignore in localStorage, which its script
 * only reads, remembers an objection. The provider's name is from memory.
 */
export const plausible: ServiceOptions = {
  category: 'performance',
  title: 'Plausible Analytics',
  provider: 'Plausible Insights OU',
  purpose: 'Counts visits and shows which pages are read, without storing anything on your device.',
}
