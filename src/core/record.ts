import type { Category, Config, ConsentRecord, Grants, Method, Regime } from '../types'

// The cookie's value, all of it [A-Za-z0-9._-] (JSON in a cookie trips web application firewalls,
// https://github.com/SpiderLabs/owasp-modsecurity-crs/issues/46). The grammar is in docs/cookie.md.
const KEY = '[a-z][a-z0-9-]{0,31}'
const METHODS: readonly Method[] = ['accept', 'reject', 'custom', 'import']
const REGIMES: readonly Regime[] = ['opt-in', 'opt-out', 'notice', 'none']
const KEYS = `((?:${KEY}(?:_${KEY})*)?)`
const FORMAT = new RegExp(
  `^1\\.([0-9a-f]{32})\\.([1-9]\\d{9})\\.([1-9]\\d{9})\\.(0|[1-9]\\d{0,8})\\.(${METHODS.join('|')}(?:-[1-9]\\d{9})?)\\.(${REGIMES.join('|')})((?:_${KEY})*)\\.([A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4})\\.${KEYS}\\.${KEYS}\\.${KEYS}\\.${KEYS}$`,
)
const DAY = 86_400_000

/** What a visitor decided, before it is a record. */
export interface Decision {
  readonly method: Method
  readonly categories: Readonly<Record<string, boolean>>
  /** Where a service differs from its category. */
  readonly services: Readonly<Record<string, boolean>>
  readonly locale: string
  /** Names of the browser signals that ask for an opt-out meanwhile. */
  readonly signals: readonly string[]
}

function freeze(record: ConsentRecord): ConsentRecord {
  for (const part of [record.signals, record.granted, record.denied, record.services]) Object.freeze(part)
  return Object.freeze(record)
}

/** Categories that are a choice. */
const optional = ({ categories }: Config) => categories.filter(({ basis }) => basis !== 'necessary')
const keysOf = (categories: readonly Category[]) => categories.map(({ key }) => key)

/** Services that are a choice. */
function optionalServices(config: Config) {
  const keys = keysOf(optional(config))
  return config.services.filter(({ category }) => keys.includes(category))
}

/** Whether the record allows anything optional. */
export const grants = ({ granted, services }: ConsentRecord) =>
  granted.length > 0 || Object.values(services).includes(true)

/**
 * A record of the decision: every optional category and service of the configuration, granted only where the decision
 * says `true`.
 * @param now milliseconds since 1970
 * @param id 32 random hexadecimal digits
 */
export function makeRecord(
  { method, categories, services: chosen, locale, signals }: Decision,
  config: Config,
  previous: ConsentRecord | null,
  now: number,
  id: string,
): ConsentRecord {
  const updatedAt = Math.floor(now / 1000) * 1000
  const keys = keysOf(optional(config))
  const isGranted = (key: string) => categories[key] === true
  const services: Record<string, boolean> = {}
  for (const { key, category } of optionalServices(config)) {
    services[key] = Object.hasOwn(chosen, key) ? chosen[key] === true : isGranted(category)
  }
  const record = {
    id,
    at: updatedAt,
    updatedAt,
    revision: config.revision,
    method,
    regime: config.regime,
    signals,
    granted: keys.filter(isGranted),
    denied: keys.filter((key) => !isGranted(key)),
    services,
    locale,
  }
  const goesOn = previous && grants(record) && previous.updatedAt <= updatedAt
  return freeze(goesOn ? { ...record, at: previous.at } : record)
}

/** The cookie value of a record. */
export function formatRecord(record: ConsentRecord): string {
  const services = (wanted: boolean) =>
    Object.keys(record.services)
      .filter((key) => record.services[key] === wanted)
      .join('_')
  return [
    1,
    record.id,
    record.at / 1000,
    record.updatedAt / 1000,
    record.revision,
    record.until ? `${record.method}-${record.until / 1000}` : record.method,
    [record.regime, ...record.signals].join('_'),
    record.locale,
    record.granted.join('_'),
    record.denied.join('_'),
    services(true),
    services(false),
  ].join('.')
}

/**
 * Read a cookie value. Whatever is not exactly a value that {@link formatRecord} writes is `null`: no choice.
 * @param now milliseconds since 1970; a value dated more than a day after it is `null`
 */
export function parseRecord(value: string, now: number): ConsentRecord | null {
  const [, id, at, updatedAt, revision, origin = '', regime, signals = '', locale, ...lists] = FORMAT.exec(value) ?? []
  if (!id || !locale) return null
  const [method, until] = origin.split('-')
  const [granted = [], denied = [], on = [], off = []] = lists.map((list) => (list ? list.split('_') : []))
  const record = {
    id,
    at: Number(at) * 1000,
    updatedAt: Number(updatedAt) * 1000,
    revision: Number(revision),
    method: METHODS.find((known) => known === method) ?? 'custom',
    regime: REGIMES.find((known) => known === regime) ?? 'opt-in',
    signals: signals.split('_').slice(1),
    granted,
    denied,
    services: Object.fromEntries([...on, ...off].map((key) => [key, on.includes(key)])),
    locale,
    ...(until && { until: Number(until) * 1000 }),
  }
  const keys = [...granted, ...denied, 'necessary']
  return record.at > record.updatedAt ||
    record.updatedAt > now + DAY ||
    new Set(keys).size < keys.length ||
    // Not so if a service stands twice.
    formatRecord(record) !== value ||
    (method === 'accept' && (denied[0] || off[0])) ||
    (method === 'reject' && grants(record))
    ? null
    : freeze(record)
}

/** When the record stops counting: milliseconds since 1970. */
export function expiresAt(record: ConsentRecord, config: Config): number {
  const days = grants(record) ? config.acceptDays : config.refuseDays
  return Math.min(record.updatedAt + days * DAY, record.until ?? Number.POSITIVE_INFINITY)
}

/**
 * When the browser may forget the record: milliseconds since 1970. A refusal of what is, or was, on unless refused holds
 * beyond the time at which the visitor is asked again: as long as browsers keep a cookie (PLT 2).
 */
export function forgottenAt(record: ConsentRecord, config: Config): number {
  const denies = (name: string) =>
    record.denied.includes(name) ||
    config.services.some(({ key, category }) => category === name && record.services[key] === false)
  const wasOn = record.regime !== 'opt-in'
  const objects = config.categories.some(({ key, basis }) => (wasOn || basis === 'objection') && denies(key))
  return objects ? record.updatedAt + 400 * DAY : expiresAt(record, config)
}

/** Whether the record still counts: not expired, and of this revision or a refusal that a new revision leaves alone. */
export function isCurrent(record: ConsentRecord, config: Config, now: number): boolean {
  if (now >= expiresAt(record, config)) return false
  // What was on already when the visitor agreed to it is no consent: https://curia.europa.eu/juris/liste.jsf?num=C-673/17
  if (config.regime === 'opt-in' && record.regime !== 'opt-in' && grants(record)) return false
  return record.revision === config.revision || (config.reask === 'granted' && !grants(record))
}

/** Whether the visitor was asked about everything that the configuration has today. */
export function isComplete({ granted, denied, services }: ConsentRecord, config: Config): boolean {
  const asked = [...granted, ...denied]
  return (
    optional(config).every(({ key }) => asked.includes(key)) &&
    optionalServices(config).every(({ key }) => key in services)
  )
}

/**
 * What is allowed without a choice that counts: what is on unless refused.
 * @param earlier a choice that counts no more; what it refuses stays refused
 */
export function withoutChoice(config: Config, earlier: ConsentRecord | undefined): Grants {
  const granted = keysOf(config.categories.filter(({ basis }) => basis === 'objection')).filter(
    (key) => !earlier?.denied.includes(key),
  )
  const services = config.services.filter(({ category }) => granted.includes(category))
  return { granted, services: Object.fromEntries(services.map(({ key }) => [key, earlier?.services[key] !== false])) }
}

/** Whether a category, or one service of it, is allowed. */
export function permits({ granted, services }: Grants, config: Config, category: string, service?: string): boolean {
  const basis = config.categories.find(({ key }) => key === category)?.basis
  if (!basis) return false
  if (service === undefined) return basis === 'necessary' || granted.includes(category)
  return (
    config.services.some((item) => item.key === service && item.category === category) &&
    (basis === 'necessary' || services[service] === true)
  )
}
