import * as fc from 'fast-check'
import { connect } from '../../src/signals/index'
import type { CategoryOptions, Options, ServiceOptions } from '../../src/types'

const USUAL = ['necessary', 'functional', 'performance', 'marketing']
const CYCLE: Record<string, unknown> = {}
CYCLE.self = CYCLE
const fail = () => {
  throw new Error('hostile')
}

/** Not right for any option. */
export const NEVER_RIGHT: readonly unknown[] = [null, Number.NaN, Number.POSITIVE_INFINITY, Symbol('consent')]
// Not when fast-check writes what has failed.
const shown = { [fc.toStringMethod]: () => 'what throws' }
const throwing = { get: (whole: object, name: PropertyKey) => (name in shown ? Reflect.get(whole, name) : fail()) }
/** Neither is what cannot be read, nor whatever holds it. */
export const UNREADABLE: readonly unknown[] = [
  10n,
  CYCLE,
  Object.defineProperty({ ...shown }, 'basis', { get: fail, enumerable: true }),
  new Proxy({ ...shown, basis: 'objection' }, throwing),
  new Proxy(Object.assign([], shown), { ...throwing, ownKeys: fail }),
]
const SIGNALS = Object.assign(connect(), { [fc.toStringMethod]: () => 'connect()' })
const HOSTILE: readonly unknown[] = [
  ...NEVER_RIGHT,
  ...['', ' ', '*', 'crumb*', 'javascript:alert(1)', '__proto__', 'constructor', 'x'.repeat(10_000)],
  ...['objection', 'necessary', 'opt-out', true, -1, 0.5, 1e9],
  ...[new String('opt-out'), new Number(400), {}, Array(2), ['*'], ['login*'], new Map([['basis', 'objection']]), fail],
  ...[{ basis: 'objection' }, { constructor: { prototype: { basis: 'objection' } } }],
  JSON.parse('{"__proto__":{"basis":"objection"}}'),
]
export const aName = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'basis', 'necessary', 'marketing', 'acceptdays'),
  fc.string(),
)
const aText = fc.constantFrom(
  'Maps',
  'Shows *films* of [another site](https://films.example/)',
  '<b>',
  '"',
  'Karten für Sie',
)

/** What would reach every object, in code that is less careful. */
const aPollution = fc.tuple(
  fc.constantFrom('__proto__', 'constructor', 'prototype'),
  fc.constant({ basis: 'objection' }),
)

type Parts<T> = { readonly [K in keyof Required<T>]: fc.Arbitrary<unknown> }

/** @param wrong of 40 parts, how many are not what they should be */
function optionsWith(wrong: 0 | 1): fc.Arbitrary<Record<string, unknown>> {
  const aHostile = fc.constantFrom(...HOSTILE, ...UNREADABLE)
  const mostly = (right: fc.Arbitrary<unknown>) =>
    fc.oneof({ weight: 40, arbitrary: right }, { weight: wrong, arbitrary: aHostile })
  /** An object of some of the parts, seldom with one more. */
  function object(parts: Readonly<Record<string, fc.Arbitrary<unknown>>>, ...requiredKeys: string[]) {
    const mixed = Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, mostly(part)]))
    const right: fc.Arbitrary<Record<string, unknown>> = fc.record(mixed, { requiredKeys })
    const more = fc
      .tuple(right, fc.oneof(aPollution, fc.tuple(aName, aHostile)))
      .map(([whole, entry]) => Object.fromEntries([...Object.entries(whole), entry]))
    return fc.oneof({ weight: 20, arbitrary: right }, { weight: wrong, arbitrary: more })
  }

  function category(bases: readonly string[], ...required: string[]) {
    const parts: Parts<CategoryOptions> = { title: aText, description: aText, basis: fc.constantFrom(...bases) }
    return object(parts, ...required)
  }
  const ANY_BASIS = ['consent', 'objection', 'necessary']

  function service(key: string) {
    // Its own names. Those of what is necessary, and ours, are not for others to delete.
    const names = fc.oneof(
      { weight: 20, arbitrary: fc.subarray([`${key}`, `${key}_*`, `*.${key}.*`, `${key} "\\`]) },
      { weight: wrong, arbitrary: fc.constantFrom(['crumb*', key], ['login*'], ['consent'], ['l*', 'c*']) },
    )
    const parts: Parts<ServiceOptions> = {
      category: fc.constantFrom(...USUAL),
      title: aText,
      purpose: aText,
      provider: aText,
      cookies: names,
      localStorage: names,
      sessionStorage: names,
      indexedDB: names,
      caches: names,
      signal: fc.constantFrom('google', 'meta'),
      lifetimes: fc.constantFrom({}, { [`${key}_*`]: 30, [key]: 0 }),
    }
    return object(parts, 'category')
  }

  const options: Parts<Options> = {
    policy: fc.constantFrom('/privacy', 'https://shop.example/privacy', 'privacy.html', 'mailto:us@shop.example'),
    revision: fc.nat(999_999_999),
    reask: fc.constantFrom('granted', 'everyone'),
    cookieName: fc.constantFrom('crumbgate', 'consent', 'a.b-c_1'),
    domain: fc.constantFrom('shop.example', 'localhost'),
    regime: fc.constantFrom('opt-in', 'opt-in', 'opt-out', 'notice', 'none'),
    acceptDays: fc.integer({ min: 1 - wrong, max: 365 + 40 * wrong }),
    refuseDays: fc.integer({ min: 183 - 40 * wrong, max: 400 + wrong }),
    auto: fc.boolean(),
    close: fc.constant('reject'),
    button: fc.constantFrom(true, false, 'start', 'end'),
    theme: fc.constantFrom('light', 'dark', 'auto'),
    layout: fc.constantFrom('card', 'bar', 'center'),
    position: fc.constantFrom('bottom-start', 'bottom', 'bottom-end', 'top-start', 'top', 'top-end'),
    receipts: fc.constantFrom(true, false, '/consent', 'https://shop.example/consent'),
    reload: fc.boolean(),
    lang: fc.constantFrom('en', 'pt-BR', 'zh-Hant'),
    texts: object({ title: aText, intro: aText, accept: aText }),
    categories: object(
      {
        functional: category(ANY_BASIS),
        performance: category(ANY_BASIS),
        marketing: category(['consent']),
        'our-own': category(ANY_BASIS, 'title', 'description'),
        necessary: category(['necessary']),
      },
      ...['functional', 'performance', 'marketing'],
    ),
    services: object({
      films: service('films'),
      ads: service('ads'),
      visits: service('visits'),
      login: service('login'),
    }),
    signals: fc.constant(SIGNALS),
    nonce: fc.constant('r4nd0m'),
    import: fc.constant(() => null),
    compat: fc.constant(() => () => {}),
  }
  // One regime needs them.
  return object(options, 'signals')
}

/** Options without a mistake. */
export const rightOptions = optionsWith(0)
/** The same with something hostile here and there, or instead of all. */
export const anyOptions: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 20, arbitrary: optionsWith(1) },
  // Not the throwing ones: what their names throw is told by createConsent(), see core/jsdom.test.ts.
  { weight: 1, arbitrary: fc.constantFrom(...HOSTILE) },
  { weight: 1, arbitrary: fc.anything() },
)
