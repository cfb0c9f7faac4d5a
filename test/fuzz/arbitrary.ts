import * as fc from 'fast-check'
import { readConfig } from '../../src/core/config'
import { makeRecord } from '../../src/core/record'
import type { ConsentRecord, Options } from '../../src/types'

export const NOW = 1_764_000_000_000
export const OPTIONS: Options = {
  services: {
    films: { category: 'marketing' },
    ads: { category: 'marketing' },
    visits: { category: 'performance' },
    login: { category: 'necessary' },
  },
}
export const { config } = readConfig(OPTIONS)
const CATEGORIES = ['functional', 'performance', 'marketing']
const hex = fc.stringMatching(/^[0-9a-f]{32}$/)
const choices = (keys: readonly string[]) => fc.record(Object.fromEntries(keys.map((key) => [key, fc.boolean()])))

/** A decision that a visitor can make on the configuration. */
export const aRecord: fc.Arbitrary<ConsentRecord> = fc
  .record({
    kind: fc.constantFrom('accept', 'reject', 'custom', 'import'),
    categories: choices(CATEGORIES),
    services: choices(['films', 'ads', 'visits']),
    locale: fc.constantFrom('en', 'de', 'pt-BR', 'zh-Hant'),
    signals: fc.constantFrom([], ['gpc'], ['gpc', 'other-1']),
    regime: fc.constantFrom('opt-in', 'opt-out', 'notice', 'none'),
    revision: fc.integer({ min: 0, max: 999_999_999 }),
    at: fc.integer({ min: 1_000_000_000, max: NOW / 1000 }),
    until: fc.option(fc.integer({ min: 1_000_000_000, max: 9_999_999_999 })),
    id: hex,
  })
  .map(({ kind, categories, services, regime, revision, at, until, id, ...rest }) => {
    const all = (granted: boolean) => Object.fromEntries(CATEGORIES.map((key) => [key, granted]))
    const decision =
      kind === 'custom' || kind === 'import'
        ? { method: kind, categories, services, ...rest }
        : { method: kind, categories: all(kind === 'accept'), services: {}, ...rest }
    const record = makeRecord(decision, { ...config, regime, revision }, null, at * 1000, id)
    return kind === 'import' && until ? { ...record, until: until * 1000 } : record
  })

const ALPHABET = [...'0123456789abcdef._-AZ %"\\;,=\u0000\u00e9\ud800'.split(''), 'accept', 'custom', 'marketing', '..']

/** What happens to a text on its way: something changed, put in, taken out, doubled, cut off or swapped. */
const anEdit = fc.record({
  kind: fc.constantFrom('change', 'insert', 'delete', 'double', 'cut', 'swap'),
  at: fc.nat(400),
  length: fc.integer({ min: 1, max: 12 }),
  with: fc.constantFrom(...ALPHABET),
})

/** A text that has gone wrong in a few places. */
export const mutated = (text: fc.Arbitrary<string>): fc.Arbitrary<{ before: string; after: string }> =>
  fc.tuple(text, fc.array(anEdit, { minLength: 1, maxLength: 5 })).map(([before, edits]) => {
    let after = before
    for (const { kind, at, length, with: part } of edits) {
      const start = after.length > 0 ? at % after.length : 0
      const head = after.slice(0, start)
      const middle = after.slice(start, start + length)
      const tail = after.slice(start + length)
      if (kind === 'change') after = head + part + after.slice(start + 1)
      else if (kind === 'insert') after = head + part + middle + tail
      else if (kind === 'delete') after = head + tail
      else if (kind === 'double') after = head + middle + middle + tail
      else if (kind === 'cut') after = head
      else after = head + [...middle].reverse().join('') + tail
    }
    return { before, after }
  })
