import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { readConfig } from '../../src/core/config'
import { matches } from '../../src/core/glob'
import { permits, withoutChoice } from '../../src/core/record'
import { collectOptions } from '../../src/options'
import type { CategoryOptions, Options, Service, ServiceOptions } from '../../src/types'
import { mutated, OPTIONS } from './arbitrary'
import { aName, anyOptions, NEVER_RIGHT, rightOptions, UNREADABLE } from './options'
import { PATIENCE, runs } from './runs'

type Wrong<T> = { readonly [K in keyof Required<T>]: readonly unknown[] }

const WRONG: Wrong<Options> = {
  policy: ['javascript:alert(1)', 'data:text/html,a', '', 1],
  revision: [-1, 0.5, 1e9, '1'],
  reask: ['Everyone', '', true],
  cookieName: ['', 'a b', 'a=b', 'a;b', 'ä', 'a'.repeat(65)],
  domain: ['', '.shop.example', 'https://shop.example', 'shop.example; path=/'],
  regime: ['opt in', 'OPT-IN', '', true, ['opt-in']],
  acceptDays: [0, 366, -1, 1.5, '365', true],
  refuseDays: [182, 401, 0, '183', true],
  auto: ['true', 0, 1, 'auto'],
  close: ['accept', true, ''],
  button: ['left', 1, ''],
  theme: ['Dark', true, ''],
  layout: ['cards', true, ''],
  position: ['left', 'bottom start', true],
  receipts: ['javascript:alert(1)', '', 1],
  reload: ['false', 0, 1],
  lang: ['', 'e', 'en_US', 'en-', 1],
  texts: ['', 1, true, []],
  categories: ['marketing', 1, true],
  services: ['films', 1, true, []],
  signals: ['gpc', true, {}, []],
  nonce: ['', ' ', 1],
  import: ['klaro', {}, true],
  compat: ['klaro', {}, true],
}
const WRONG_CATEGORY: Wrong<CategoryOptions> = {
  title: ['', ' ', 1, {}],
  description: ['', ' ', 1, []],
  basis: ['Consent', '', true, ['objection']],
}
const WRONG_NAMES = ['films', ['*'], ['**'], [''], [1], ['films', '*'], {}]
const WRONG_SERVICE: Wrong<Omit<ServiceOptions, 'category'>> = {
  title: ['', ' ', 1],
  purpose: ['', ' ', {}],
  provider: ['', ' ', []],
  cookies: WRONG_NAMES,
  localStorage: WRONG_NAMES,
  sessionStorage: WRONG_NAMES,
  indexedDB: WRONG_NAMES,
  caches: WRONG_NAMES,
  signal: ['', ' ', true],
  lifetimes: [30, [30], { films: -1 }, { films: 0.5 }, { films: '30' }, { films: 100_000 }, { '': 1 }],
}
/** Where it is, and what is wrong. */
const MISTAKES = [
  { path: [], all: WRONG, more: [...NEVER_RIGHT, ...UNREADABLE] },
  { path: ['categories', 'functional'], all: WRONG_CATEGORY, more: NEVER_RIGHT },
  { path: ['services', 'films'], all: WRONG_SERVICE, more: NEVER_RIGHT },
].flatMap(({ path, all, more }) =>
  Object.entries(all).flatMap(([name, values]) =>
    [...values, ...more].map((value: unknown) => ({ path: [...path, name], value })),
  ),
)

/** The part of a whole, whatever that is. */
const partOf = (whole: unknown, name: string): unknown => Reflect.get(Object(whole), name)
/** The same whole with something else at the end of the path. */
const withPart = (whole: unknown, [name = '', ...rest]: readonly string[], part: unknown): object => ({
  ...Object(whole),
  [name]: rest.length > 0 ? withPart(partOf(whole, name), rest, part) : part,
})

it(
  'whatever the options are: no throw, a whole configuration, and nothing on that nobody has declared so (SEC 3)',
  () => {
    const usualNames = Object.keys(readConfig({}).config)
    const RIGHT = {
      ofEveryObject: Reflect.ownKeys(Object.prototype),
      notFrozen: [],
      missing: [],
      first: 'necessary',
      isRegimeGiven: true,
      areDaysLawful: true,
      onUndeclared: [],
      homeless: [],
      unlikeCategory: [],
      neededAndDeleted: [],
      notALine: [],
    }
    fc.assert(
      fc.property(anyOptions, (options) => {
        const { config, problems } = readConfig(options)
        const { categories, services, regime, acceptDays, refuseDays, cookieName } = config
        const frozen = [config, categories, services, config.texts, ...categories, ...services]
        const usual = withoutChoice(config, undefined)
        const keys = categories.map(({ key }) => key)
        const on = keys.filter((key) => permits(usual, config, key))
        const declared = (key: string) => partOf(partOf(partOf(options, 'categories'), key), 'basis')
        const mayBeOn = (key: string) =>
          key === 'necessary' ||
          regime !== 'opt-in' ||
          (key !== 'marketing' && ['objection', 'necessary'].includes(`${declared(key)}`))
        const isNecessary = ({ category }: Service) =>
          categories.some(({ key, basis }) => key === category && basis === 'necessary')
        const cookiesOf = (some: Service[]) => some.flatMap(({ cookies = [] }) => cookies)
        const needed = [cookieName, ...cookiesOf(services.filter(isNecessary))]
        const deleted = cookiesOf(services.filter((service) => !isNecessary(service)))
        // One comparison, since each takes its time.
        expect({
          ofEveryObject: Reflect.ownKeys(Object.prototype),
          notFrozen: frozen.filter((part) => !Object.isFrozen(part)),
          missing: usualNames.filter((name) => partOf(config, name) === undefined),
          first: keys[0],
          isRegimeGiven: regime === 'opt-in' || regime === String(partOf(options, 'regime')),
          areDaysLawful: acceptDays >= 1 && acceptDays <= 365 && refuseDays >= 183 && refuseDays <= 400,
          onUndeclared: on.filter((key) => !mayBeOn(key)),
          homeless: services.filter(({ category }) => !keys.includes(category)),
          unlikeCategory: services.filter(
            ({ key, category }) => permits(usual, config, category, key) !== on.includes(category),
          ),
          neededAndDeleted: needed.filter((name) => deleted.some((pattern) => matches(pattern, name))),
          notALine: problems.filter((line) => !/: ./.test(line)),
        }).toEqual(RIGHT)
      }),
      runs(0.2),
    )
  },
  PATIENCE,
)

it(
  'what is right is taken as it is, without a word',
  () => {
    fc.assert(
      fc.property(rightOptions, (options) => {
        const { config, problems } = readConfig(options)
        const { categories, services, ...rest } = options
        expect(problems).toEqual([])
        for (const [name, value] of Object.entries(rest)) expect(partOf(config, name)).toEqual(value)
        for (const [key, given] of Object.entries(Object(categories))) {
          const { basis, ...shown } = Object(given)
          expect(config.categories.find((category) => category.key === key)).toMatchObject(shown)
        }
        const given = Object.entries(Object(services)).map(([key, service]) => ({ ...Object(service), key }))
        expect(config.services).toEqual(given)
      }),
      runs(0.025),
    )
  },
  PATIENCE,
)

it(
  'one wrong option leaves the others as they are',
  () => {
    fc.assert(
      fc.property(fc.string(), fc.anything(), (name, value) => {
        fc.pre(!Object.hasOwn(WRONG, name) && value !== undefined)
        const { config, problems } = readConfig({ ...OPTIONS, [name]: value })
        expect(problems).toHaveLength(1)
        expect(config).toEqual(readConfig(OPTIONS).config)
      }),
      runs(0.05),
    )
  },
  PATIENCE,
)

it(
  'so does a wrong value of each, and the message names it',
  () => {
    fc.assert(
      fc.property(rightOptions, (options) => {
        // A service has a category.
        const base = withPart(options, ['services', 'films', 'category'], 'marketing')
        for (const { path, value } of MISTAKES) {
          const without = readConfig(withPart(base, path, undefined))
          const { config, problems } = readConfig(withPart(base, path, value))
          // Those of what is missing: signals that the regime needs, a category that a service names.
          const added = problems.filter((line) => !without.problems.includes(line))
          expect(added).toEqual([expect.stringMatching(`^${path.join('.')}: .+ Write `)])
          expect(config).toEqual(without.config)
        }
      }),
      // All of them each time.
      runs(0.0005),
    )
  },
  PATIENCE,
)

it(
  'attributes and JSON of any kind give options or a line for the owner, and never throw',
  () => {
    const text = rightOptions.map((options) => JSON.stringify(options))
    const json = fc.oneof(
      fc.json(),
      fc.string(),
      text,
      mutated(text).map(({ after }) => after),
    )
    const attributes = fc.dictionary(fc.oneof(aName, fc.constantFrom(...Object.keys(WRONG))), fc.string(), {
      maxKeys: 5,
    })
    fc.assert(
      fc.property(json, attributes, anyOptions, (block, own, global) => {
        const { options, problems } = collectOptions({ global, json: block, attributes: own })
        expect(typeof options).toBe('object')
        expect(problems.every((line) => /Write/.test(line))).toBe(true)
        readConfig(options)
      }),
      runs(0.05),
    )
  },
  PATIENCE,
)
