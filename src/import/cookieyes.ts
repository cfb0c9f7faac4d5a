import type { Importer, ImportOptions } from './importer'

const OTHERS = ['consentid', 'consent', 'action', 'necessary']

/** CookieYes: `consentid:…,consent:yes,action:yes,analytics:no,…` in `cookieyes-consent`, without a date. */
export const cookieYes = (options: ImportOptions = {}): Importer => ({
  tool: 'cookieyes',
  keys: [options.name ?? 'cookieyes-consent'],
  days: 365,
  options,
  read(text) {
    const stored = new Map(
      [...text.matchAll(/(?:^|,)([\w-]+):(yes|no)(?=,|$)/g)].map(([, name = '', value]) => [name, value === 'yes']),
    )
    // Whether it was the visitor who answered.
    if (!stored.get('action')) return null
    const categories = [...stored].filter(([name]) => !OTHERS.includes(name))
    return { categories: Object.fromEntries(categories) }
  },
})
