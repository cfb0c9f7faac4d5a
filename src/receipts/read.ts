import type { Method, Receipt, Regime } from '../types'

const KEY = /^[a-z][a-z0-9-]{0,31}$/
// As objects, so that the compiler knows when one is missing.
const METHODS: Readonly<Record<Method, true>> = { accept: true, reject: true, custom: true, import: true }
const REGIMES: Readonly<Record<Regime, true>> = { 'opt-in': true, 'opt-out': true, notice: true, none: true }
/** Of each list: as many as fit into the cookie. */
const LIMIT = 2048

const isText = (value: unknown, pattern: RegExp): value is string => typeof value === 'string' && pattern.test(value)
const hasTwice = (keys: readonly string[]) => new Set(keys).size < keys.length
const isKeys = (value: unknown): value is string[] =>
  Array.isArray(value) && value.length <= LIMIT && value.every((key) => isText(key, KEY)) && !hasTwice(value)

const isName = <T extends object>(value: unknown, names: T): value is keyof T =>
  typeof value === 'string' && Object.hasOwn(names, value)
export const isMethod = (value: unknown): value is Method => isName(value, METHODS)

const CHECKS: { readonly [K in keyof Receipt]: (value: unknown) => boolean } = {
  version: (value) => value === 1,
  id: (value) => isText(value, /^[0-9a-f]{32}$/),
  at: (value) =>
    isText(value, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) &&
    // Neither a day nor an hour that there is not.
    !Number.isNaN(Date.parse(value)) &&
    new Date(value).toISOString().startsWith(value.slice(0, -1)),
  revision: (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) < 1e9,
  hash: (value) => value === null || isText(value, /^[0-9a-f]{64}$/),
  locale: (value) => isText(value, /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$/),
  regime: (value) => isName(value, REGIMES),
  signals: isKeys,
  method: isMethod,
  granted: isKeys,
  denied: isKeys,
  services: (value) =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    isKeys(Object.keys(value)) &&
    Object.values(value).every((answer) => typeof answer === 'boolean'),
}

const NAMES = Object.keys(CHECKS)
const isReceipt = (value: object): value is Receipt =>
  Object.keys(value).length === NAMES.length &&
  Object.entries(CHECKS).every(([name, check]) => Object.hasOwn(value, name) && check(Reflect.get(value, name)))

/**
 * A receipt that `makeReceipt` could have made, else `null`: nothing missing, nothing more, nothing contradictory.
 * Its names are in the order of `makeReceipt`, so that equal receipts are equal as JSON.
 * Its time is the visitor's own, right or wrong.
 */
export function readReceipt(value: unknown): Receipt | null {
  if (typeof value !== 'object' || value === null || !isReceipt(value)) return null
  const { method, granted, denied, services } = value
  const answers = Object.values(services)
  const isContradictory =
    hasTwice([...granted, ...denied]) ||
    (method === 'accept' && (denied.length > 0 || answers.includes(false))) ||
    (method === 'reject' && (granted.length > 0 || answers.includes(true)))
  if (isContradictory) return null
  const { version, id, at, revision, hash, locale, regime, signals } = value
  const sorted = Object.fromEntries(Object.entries(services).sort(([a], [b]) => (a < b ? -1 : 1)))
  return { version, id, at, revision, hash, locale, regime, signals, method, granted, denied, services: sorted }
}
