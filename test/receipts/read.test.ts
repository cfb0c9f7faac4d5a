import { describe, expect, it } from 'vitest'
import { readConfig } from '../../src/core/config'
import { makeRecord } from '../../src/core/record'
import { makeReceipt } from '../../src/receipts/make'
import { readReceipt } from '../../src/receipts/read'
import type { Method } from '../../src/types'

const NOW = 1_764_000_000_500
const ID = '0123456789abcdef0123456789abcdef'
const HASH = 'ab'.repeat(32)
const { config } = readConfig({
  revision: 3,
  services: { films: { category: 'marketing' }, ads: { category: 'marketing' } },
})

function receipt(method: Method = 'custom', granted: string[] = ['marketing'], services = { ads: false }) {
  const categories = Object.fromEntries(granted.map((key) => [key, true]))
  const decision = { method, categories, services, locale: 'pt-BR', signals: ['gpc'] }
  return makeReceipt(makeRecord(decision, config, null, NOW, ID), HASH)
}

/** As it comes from a network or a storage. */
const sent = (value: object) => JSON.parse(JSON.stringify(value))

describe('a receipt', () => {
  it('holds what was decided, and nothing else (REG 6, SEC 10)', () => {
    expect(receipt()).toEqual({
      version: 1,
      id: ID,
      at: '2025-11-24T16:00:00Z',
      revision: 3,
      hash: HASH,
      locale: 'pt-BR',
      regime: 'opt-in',
      signals: ['gpc'],
      method: 'custom',
      granted: ['marketing'],
      denied: ['functional', 'performance'],
      services: { films: true, ads: false },
    })
  })

  it('is read as it was made, whatever the order of its names', () => {
    const made = receipt()
    const shuffled = Object.fromEntries(Object.entries(made).reverse())
    expect(readReceipt(sent(made))).toEqual(made)
    expect(JSON.stringify(readReceipt(sent(shuffled)))).toBe(JSON.stringify(readReceipt(sent(made))))
    expect(
      readReceipt(sent(makeReceipt(makeRecord({ ...made, categories: {} }, config, null, NOW, ID), null))),
    ).not.toBe(null)
  })

  it.each([
    ['nothing', null],
    ['a text', 'receipt'],
    ['a list', [receipt()]],
    ['another version', { ...receipt(), version: 2 }],
    ['a version that is a text', { ...receipt(), version: '1' }],
    ['no number', { ...receipt(), id: '' }],
    ['a number in capitals', { ...receipt(), id: ID.toUpperCase() }],
    ['a time with an offset', { ...receipt(), at: '2025-11-24T16:00:00+01:00' }],
    ['a day that is none', { ...receipt(), at: '2025-02-30T16:00:00Z' }],
    ['an hour that is none', { ...receipt(), at: '2025-02-20T25:00:00Z' }],
    ['a time that is milliseconds', { ...receipt(), at: NOW }],
    ['a negative revision', { ...receipt(), revision: -1 }],
    ['a revision that is not whole', { ...receipt(), revision: 1.5 }],
    ['a hash that is none', { ...receipt(), hash: 'x'.repeat(64) }],
    ['no hash where there is one to be', { ...receipt(), hash: undefined }],
    ['a language that is none', { ...receipt(), locale: 'en/../..' }],
    ['an unknown regime', { ...receipt(), regime: 'opt' }],
    ['a regime in a list', { ...receipt(), regime: ['opt-in'] }],
    ['an unknown method', { ...receipt(), method: 'toString' }],
    ['a category that is none', { ...receipt(), granted: ['Marketing'] }],
    ['a category twice', { ...receipt(), granted: ['marketing', 'marketing'] }],
    ['a category on both sides', { ...receipt(), denied: ['marketing'] }],
    ['a signal twice', { ...receipt(), signals: ['gpc', 'gpc'] }],
    ['categories in a text', { ...receipt(), granted: 'marketing' }],
    ['services in an empty list', { ...receipt(), services: [] }],
    ['far too many', { ...receipt(), denied: Array.from({ length: 3000 }, (_, index) => `c${index}`) }],
    ['a service that is neither', { ...receipt(), services: { films: 'yes' } }],
    ['services in a list', { ...receipt(), services: [true] }],
    ['an acceptance that denies', { ...receipt(), method: 'accept' }],
    ['a refusal that grants', { ...receipt(), method: 'reject' }],
    ['a refusal that grants a service', { ...receipt(), method: 'reject', granted: [] }],
    ['an address', { ...receipt(), ip: '192.0.2.1' }],
    ['a prototype', { ...sent(receipt()), services: JSON.parse('{"__proto__":true}') }],
  ])('%s is none (SEC 3, SEC 4)', (_, value) => {
    expect(readReceipt(value === undefined ? value : sent({ value }).value)).toBe(null)
  })

  it.each<[Method, string[], Record<string, boolean>]>([
    ['accept', ['functional', 'performance', 'marketing'], {}],
    ['reject', [], {}],
    ['import', ['functional'], {}],
  ])('%s can be read', (method, granted, services) => {
    const made = makeReceipt(
      makeRecord(
        {
          method,
          categories: Object.fromEntries(granted.map((key) => [key, true])),
          services,
          locale: 'en',
          signals: [],
        },
        config,
        null,
        NOW,
        ID,
      ),
      null,
    )
    expect(readReceipt(sent(made))).toEqual(made)
  })
})
