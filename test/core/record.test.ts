import { describe, expect, it } from 'vitest'
import { readConfig } from '../../src/core/config'
import {
  expiresAt,
  forgottenAt,
  formatRecord,
  isComplete,
  isCurrent,
  makeRecord,
  parseRecord,
  permits,
  withoutChoice,
} from '../../src/core/record'
import { connect, gpc } from '../../src/signals/index'
import type { ConsentRecord, Method, Options } from '../../src/types'

const DAY = 86_400_000
const NOW = 1_764_000_000_000
const ID = '0123456789abcdef0123456789abcdef'

const configOf = (options: Options = {}) => readConfig(options).config
const config = configOf({
  services: { films: { category: 'marketing' }, ads: { category: 'marketing' }, login: { category: 'necessary' } },
})

function decide(
  method: Method,
  granted: string[],
  services: Record<string, boolean> = {},
  previous: ConsentRecord | null = null,
  now = NOW,
) {
  const categories = Object.fromEntries(granted.map((key) => [key, true]))
  return makeRecord({ method, categories, services, locale: 'en', signals: [] }, config, previous, now, ID)
}

describe('makeRecord', () => {
  it('lists every optional category once, and never the necessary one', () => {
    const record = decide('custom', ['marketing', 'necessary'])
    expect(record.granted).toEqual(['marketing'])
    expect(record.denied).toEqual(['functional', 'performance'])
  })

  it('lets services follow their category unless they are named (REG 5)', () => {
    expect(decide('custom', ['marketing'], { ads: false }).services).toEqual({ films: true, ads: false })
    expect(decide('custom', [], { films: true }).services).toEqual({ films: true, ads: false })
  })

  it('takes nothing but true for a grant', () => {
    const loose = JSON.parse('{"marketing":"yes","functional":1}')
    const record = makeRecord(
      { method: 'custom', categories: loose, services: JSON.parse('{"ads":"yes"}'), locale: 'en', signals: [] },
      config,
      null,
      NOW,
      ID,
    )
    expect(record.granted).toEqual([])
    expect(record.services).toEqual({ films: false, ads: false })
  })

  it('cannot grant what the configuration does not have (SEC 4)', () => {
    expect(decide('custom', ['tracking']).granted).toEqual([])
  })

  it('has a number of its own for each decision, and keeps the first date while a choice goes on (SEC 10)', () => {
    const first = { ...decide('accept', ['marketing']), id: 'f'.repeat(32) }
    const later = decide('custom', ['functional'], {}, first, NOW + DAY)
    expect([later.id, later.at, later.updatedAt]).toEqual([ID, NOW, NOW + DAY])
    const refusal = decide('reject', [], {}, first, NOW + DAY)
    expect([refusal.id, refusal.at]).toEqual([ID, NOW + DAY])
  })

  it('keeps the first date also within the same second', () => {
    const first = { ...decide('accept', ['marketing']), at: NOW - DAY }
    expect(decide('custom', ['functional'], {}, first, NOW).at).toBe(NOW - DAY)
  })

  it('starts anew when the clock has gone backwards', () => {
    const first = { ...decide('accept', ['marketing']), id: 'f'.repeat(32) }
    const later = decide('accept', ['marketing'], {}, first, NOW - DAY)
    expect([later.id, later.at, later.updatedAt]).toEqual([ID, NOW - DAY, NOW - DAY])
  })

  it('is frozen, all of it', () => {
    const record = decide('accept', ['marketing'])
    for (const part of [record, record.granted, record.denied, record.services])
      expect(Object.isFrozen(part)).toBe(true)
  })
})

describe('the cookie value', () => {
  const value = formatRecord(decide('custom', ['marketing'], { ads: false }))

  it('can be read by eye, and is plain enough for any firewall', () => {
    expect(value).toBe(`1.${ID}.1764000000.1764000000.0.custom.opt-in.en.marketing.functional_performance.films.ads`)
    expect(value).toMatch(/^[A-Za-z0-9._-]+$/)
  })

  it('reads back to the same record', () => {
    for (const record of [
      decide('custom', ['marketing'], { ads: false }),
      decide('reject', []),
      decide('accept', ['functional', 'performance', 'marketing']),
      { ...decide('import', ['functional']), locale: 'zh-Hant-TW', revision: 999_999_999 },
      { ...decide('reject', []), regime: 'opt-out' as const, signals: ['gpc', 'other-signal'] },
      { ...decide('reject', []), regime: 'notice' as const },
      { ...decide('reject', []), regime: 'none' as const },
    ]) {
      expect(parseRecord(formatRecord(record), NOW)).toEqual(record)
    }
  })

  it('stays under 200 bytes for four categories', () => {
    const plain = makeRecord(
      { method: 'custom', categories: {}, services: {}, locale: 'zh-Hant-TW', signals: ['gpc'] },
      configOf({ revision: 99999, regime: 'notice' }),
      null,
      NOW,
      ID,
    )
    expect(`crumbgate=${formatRecord(plain)}`.length).toBeLessThan(200)
  })

  it('stays under 1 kB with 50 services', () => {
    const services = Object.fromEntries(
      Array.from({ length: 50 }, (_, i) => [`service-name-${i}`, { category: 'marketing' }]),
    )
    const record = makeRecord(
      { method: 'accept', categories: {}, services: {}, locale: 'en', signals: [] },
      configOf({ services }),
      null,
      NOW,
      ID,
    )
    expect(`crumbgate=${formatRecord(record)}`.length).toBeLessThan(1000)
  })

  it.each([
    ['nothing', ''],
    ['a number', '1'],
    ['JSON', '{"granted":["marketing"]}'],
    ['encoded', encodeURIComponent(value).replaceAll('.', '%2E')],
    ['a bad escape', '%E0%A4%A'],
    ['a lone surrogate', '\ud800'],
    ['NUL', `${value}\0`],
    ['a space after it', `${value} `],
    ['a line after it', `${value}\n`],
    ['cut off', value.slice(0, -30)],
    ['one field more', `${value}.x`],
    ['another version', value.replace(/^1/, '2')],
    ['a short id', value.replace(ID, ID.slice(1))],
    ['an id in capitals', value.replace(ID, ID.toUpperCase())],
    ['NaN for a date', value.replace('1764000000', 'NaN')],
    ['a negative date', value.replace('1764000000', '-764000000')],
    ['a fraction', value.replace('1764000000', '1764000000e0')],
    ['an update before the start', value.replace('1764000000.1764000000', '1764000000.1763999999')],
    ['a revision with a leading zero', value.replace('.0.custom', '.00.custom')],
    ['an unknown method', value.replace('custom', 'implied')],
    ['an unknown regime', value.replace('opt-in', 'opt')],
    ['a bad signal', value.replace('opt-in', 'opt-in_GPC')],
    ['a signal without a name', value.replace('opt-in', 'opt-in_')],
    ['a bad language', value.replace('.en.', '.e.')],
    ['a category in capitals', value.replace('.marketing.', '.Marketing.')],
    ['a category twice', value.replace('.marketing.', '.marketing_marketing.')],
    ['granted and denied', value.replace('functional_', 'marketing_')],
    ['necessary as a choice', value.replace('.marketing.', '.necessary.')],
    ['a service twice', value.replace('.films.ads', '.films_films.ads')],
    ['a service allowed and refused', value.replace('.films.ads', '.films.films')],
    ['a stray separator', value.replace('.marketing.', '.marketing_.')],
    ['an acceptance that denies', value.replace('custom', 'accept').replace('.films.ads', '.films_ads.')],
    [
      'an acceptance that denies a service',
      value.replace('custom', 'accept').replace('.marketing.functional_performance.', '.marketing..'),
    ],
    ['a refusal that grants', value.replace('custom', 'reject')],
    ['prototype keys', value.replace('.marketing.', '.__proto__.')],
    ['4 kB', `${value}${'a'.repeat(4096)}`],
    ['deep JSON', '['.repeat(10_000)],
  ])('is no choice if it is %s (SEC 4)', (_, bad) => {
    expect(parseRecord(bad, NOW)).toBeNull()
  })

  it('is no choice if dated more than a day ahead', () => {
    expect(parseRecord(value, NOW - DAY)).not.toBeNull()
    expect(parseRecord(value, NOW - DAY - 1000)).toBeNull()
  })

  it('takes time in proportion to its length (SEC 5)', () => {
    // An expression that backtracks would never come back from this.
    expect(parseRecord(`1.${ID}.1764000000.1764000000.0.custom.opt-in.en.${'a'.repeat(3000)}_!`, NOW)).toBeNull()
    expect(parseRecord(`1.${ID}.1764000000.1764000000.0.custom.opt-in.en.${'a_'.repeat(2000)}!`, NOW)).toBeNull()
  })
})

describe('lifetime', () => {
  const acceptance = decide('accept', ['marketing'])
  const refusal = decide('reject', [])

  it('is 12 months for a grant and 6 for a refusal (REG 18, 19, 34)', () => {
    expect(expiresAt(acceptance, config)).toBe(NOW + 365 * DAY)
    expect(expiresAt(refusal, config)).toBe(NOW + 183 * DAY)
    expect(expiresAt(decide('custom', []), config)).toBe(NOW + 183 * DAY)
    expect(expiresAt(decide('custom', [], { films: true }), config)).toBe(NOW + 365 * DAY)
  })

  it('is for an imported choice never longer than where it came from', () => {
    const imported = { ...acceptance, method: 'import' as const, until: NOW + 30 * DAY }
    expect(expiresAt(imported, config)).toBe(NOW + 30 * DAY)
    expect(expiresAt({ ...imported, until: NOW + 900 * DAY }, config)).toBe(NOW + 365 * DAY)
    const value = formatRecord(imported)
    expect(value).toContain(`.import-${imported.until / 1000}.`)
    expect(parseRecord(value, NOW)).toEqual(imported)
    expect(parseRecord(value.replace('.import-', '.accept-'), NOW)).toBeNull()
    expect(parseRecord(value.replace('.import-', '.import-0'), NOW)).toBeNull()
  })

  it('counts from the latest decision', () => {
    expect(isCurrent(acceptance, config, NOW + 365 * DAY - 1)).toBe(true)
    expect(isCurrent(acceptance, config, NOW + 365 * DAY)).toBe(false)
    expect(isCurrent(refusal, config, NOW + 183 * DAY)).toBe(false)
  })

  it('ends for those who granted something when the revision changes, in either direction', () => {
    expect(isCurrent(acceptance, { ...config, revision: 1 }, NOW)).toBe(false)
    expect(isCurrent({ ...acceptance, revision: 2 }, { ...config, revision: 1 }, NOW)).toBe(false)
  })

  it('goes on for those who refused, unless everyone is to be asked', () => {
    expect(isCurrent(refusal, { ...config, revision: 1 }, NOW)).toBe(true)
    expect(isCurrent(refusal, { ...config, revision: 1, reask: 'everyone' }, NOW)).toBe(false)
  })
})

describe('isComplete', () => {
  it('asks about every category, not just one of them', () => {
    expect(isComplete({ ...decide('custom', []), denied: ['functional'] }, config)).toBe(false)
  })

  it('asks about a category or service that is new since the choice', () => {
    const record = decide('reject', [])
    expect(isComplete(record, config)).toBe(true)
    expect(isComplete(record, configOf({ services: { chat: { category: 'functional' } } }))).toBe(false)
    expect(isComplete(record, configOf({ categories: { maps: { title: 'Maps', description: 'Where.' } } }))).toBe(false)
  })

  it('does not ask about what is necessary', () => {
    expect(isComplete(decide('reject', []), configOf({ services: { session: { category: 'necessary' } } }))).toBe(true)
  })
})

describe('permits', () => {
  const record = decide('custom', ['marketing'], { ads: false })

  it.each([
    [record, 'marketing', undefined, true],
    [record, 'functional', undefined, false],
    [record, 'marketing', 'films', true],
    [record, 'marketing', 'ads', false],
    [record, 'functional', 'films', false],
    [record, 'marketing', 'unknown', false],
    [record, 'unknown', undefined, false],
    [record, 'constructor', undefined, false],
    [record, 'marketing', 'constructor', false],
    [record, 'necessary', 'login', true],
    [withoutChoice(config, undefined), 'necessary', undefined, true],
    [withoutChoice(config, undefined), 'necessary', 'login', true],
    [withoutChoice(config, undefined), 'necessary', 'films', false],
    [withoutChoice(config, undefined), 'marketing', undefined, false],
    [withoutChoice(config, undefined), 'marketing', 'films', false],
  ])('of %o: %s/%s is %s', (choice, category, service, expected) => {
    expect(permits(choice, config, category, service)).toBe(expected)
  })

  it('does not grant a category that the configuration no longer has', () => {
    expect(permits(record, configOf({ categories: { functional: {} } }), 'marketing')).toBe(false)
  })
})

describe('the basis of a category', () => {
  const mixed = configOf({
    categories: {
      functional: { basis: 'objection' },
      performance: { basis: 'objection' },
      security: { title: 'Security', description: 'Keeps robots out.', basis: 'necessary' },
      marketing: {},
    },
    services: {
      chat: { category: 'functional' },
      counter: { category: 'performance' },
      shield: { category: 'security' },
      films: { category: 'marketing' },
    },
  })
  const decideOn = (granted: string[], services: Record<string, boolean> = {}) =>
    makeRecord(
      {
        method: granted.length > 0 ? 'custom' : 'reject',
        categories: Object.fromEntries(granted.map((key) => [key, true])),
        services,
        locale: 'en',
        signals: [],
      },
      mixed,
      null,
      NOW,
      ID,
    )
  const allowed = (grants: Parameters<typeof permits>[0]) =>
    mixed.categories.map(({ key }) => key).filter((key) => permits(grants, mixed, key))

  it('necessary: always on, never a choice, never written (REG 10)', () => {
    const record = decideOn(['marketing'])
    expect([...record.granted, ...record.denied]).not.toContain('security')
    expect(record.services).not.toHaveProperty('shield')
    expect(permits(decideOn([]), mixed, 'security', 'shield')).toBe(true)
    expect(isComplete(record, mixed)).toBe(true)
  })

  it('objection: on until it is refused (REG 22); consent: off until it is given', () => {
    expect(allowed(withoutChoice(mixed, undefined))).toEqual(['necessary', 'functional', 'performance', 'security'])
    expect(withoutChoice(mixed, undefined).services).toEqual({ chat: true, counter: true })
    expect(allowed(decideOn([]))).toEqual(['necessary', 'security'])
    expect(allowed(decideOn(['performance']))).toEqual(['necessary', 'performance', 'security'])
  })

  it('a refusal of it outlasts the choice that it was part of', () => {
    const earlier = decideOn(['performance'], { counter: false })
    const later = withoutChoice(mixed, earlier)
    expect(allowed(later)).toEqual(['necessary', 'performance', 'security'])
    expect(permits(later, mixed, 'performance', 'counter')).toBe(false)
    expect(forgottenAt(earlier, mixed)).toBe(NOW + 400 * DAY)
    // Also that of one service of it, but not of one that needs consent.
    const all = ['functional', 'performance', 'marketing']
    expect(forgottenAt(decideOn(all, { counter: false }), mixed)).toBe(NOW + 400 * DAY)
    expect(forgottenAt(decideOn(all, { films: false }), mixed)).toBe(NOW + 365 * DAY)
    expect(forgottenAt(decideOn(['functional', 'performance']), mixed)).toBe(NOW + 365 * DAY)
    expect(forgottenAt(decide('reject', []), config)).toBe(NOW + 183 * DAY)
  })
})

describe('regimes', () => {
  const under = (regime: ConsentRecord['regime']) => configOf({ regime, signals: connect(gpc()) })
  const record = (method: Method, granted: string[], regime: ConsentRecord['regime']) => ({
    ...decide(method, granted),
    services: {},
    regime,
  })

  it.each([
    ['opt-out', 'accept', ['functional', 'performance', 'marketing'], false],
    ['notice', 'custom', ['marketing'], false],
    ['none', 'custom', ['marketing'], false],
    ['opt-out', 'reject', [], true],
    ['opt-in', 'accept', ['functional', 'performance', 'marketing'], true],
  ] as const)('made under %s, %s of %s counts under opt-in: %s (REG 4)', (regime, method, granted, counts) => {
    expect(isCurrent(record(method, [...granted], regime), configOf(), NOW)).toBe(counts)
  })

  it.each(['opt-out', 'notice', 'none'] as const)('under %s a choice made anywhere counts', (regime) => {
    for (const made of ['opt-in', 'opt-out', 'notice', 'none'] as const) {
      expect(isCurrent(record('reject', [], made), under(regime), NOW)).toBe(true)
      expect(isCurrent(record('custom', ['marketing'], made), under(regime), NOW)).toBe(true)
    }
  })

  it('are recorded, with the signals that the visitor has decided over', () => {
    const decision = { method: 'accept' as const, categories: {}, services: {}, locale: 'en', signals: ['gpc'] }
    expect(makeRecord(decision, under('opt-out'), null, NOW, ID)).toMatchObject({ regime: 'opt-out', signals: ['gpc'] })
  })

  it('a refusal under opt-out is forgotten after 400 days, and asked about again after 365', () => {
    const refusal = record('reject', [], 'opt-out')
    expect(expiresAt(refusal, under('opt-out'))).toBe(NOW + 365 * DAY)
    expect(forgottenAt(refusal, under('opt-out'))).toBe(NOW + 400 * DAY)
    expect(withoutChoice(under('opt-out'), refusal).granted).toEqual([])
    // Also where a visitor passes under another regime, so that it holds on the way back.
    expect(forgottenAt(refusal, configOf())).toBe(NOW + 400 * DAY)
  })
})
