import { flags, type Importer, type ImportOptions, parse, part } from './importer'

const NAMES = ['necessary', 'measurement', 'functionality', 'marketing']

/** c15t: `c.marketing:1,i.t:1764000000000,i.sid:…` in `c15t`; JSON in the local storage, under another name in version 1. */
export const c15t = (options: ImportOptions = {}): Importer => ({
  tool: 'c15t',
  keys: options.name ? [options.name] : ['c15t', 'privacy-consent-storage'],
  days: 365,
  options,
  read(text) {
    const stored = parse(text)
    const pairs = new Map([...text.matchAll(/(?:^|,)([\w.]+):([^,]*)/g)].map(([, name = '', value]) => [name, value]))
    const info = part(stored, 'consentInfo')
    const at = Number(info.time ?? pairs.get('i.t'))
    // Without the number of a subject nobody has answered.
    const isAnswer = [info.subjectId, info.id, info.type, pairs.get('i.sid'), pairs.get('i.id')].some(Boolean)
    if (!isAnswer || !at) return null
    // Beside functionality, and few ask about it: one that was not asked about looks like one that was refused.
    const names = options.categories?.experience ? [...NAMES, 'experience'] : NAMES
    const given = flags(part(stored, 'consents'))
    // What was refused is left out.
    const categories = names.map((name) => [name, given[name] ?? pairs.get(`c.${name}`) === '1'])
    return { at, categories: Object.fromEntries(categories) }
  },
})
