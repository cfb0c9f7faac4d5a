import type { Importer, ImportOptions } from './importer'

const CLOSED = 'OptanonAlertBoxClosed'

/** OneTrust: a query string in `OptanonConsent`, and the day on which the banner was answered in a cookie of its own. */
export const oneTrust = (options: ImportOptions = {}): Importer => ({
  tool: 'onetrust',
  keys: [options.name ?? 'OptanonConsent', CLOSED],
  days: 365,
  options,
  read(text, others) {
    const stored = new URLSearchParams(text)
    const [at] = others(CLOSED).map((day) => Date.parse(day))
    // Until it is answered the first one holds what is on by default.
    // One that has to be given again is none.
    if (!at || !(Number(stored.get('interactionCount')) > 0) || stored.get('AwaitingReconsent') === 'true') return null
    // The others are hosts and vendors of the groups.
    const found = (stored.get('groups') ?? '').matchAll(/(?:^|,)(C\w+):([01])(?=,|$)/g)
    return { at, categories: Object.fromEntries([...found].map(([, name, value]) => [name, value === '1'])) }
  },
})
