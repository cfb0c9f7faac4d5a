import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { readConfig } from '../../src/core/config'
import { permits, withoutChoice } from '../../src/core/record'
import { collectOptions } from '../../src/options'
import { OPTIONS } from './arbitrary'
import { PATIENCE, runs } from './runs'

const NAMES = Object.keys(readConfig({}).config).concat('policy', 'domain', 'close', 'lang', 'signals')
const aName = fc.oneof(
  fc.constantFrom(...NAMES, '__proto__', 'constructor', 'prototype', 'toString', 'necessary', 'marketing'),
  fc.string(),
)
const aValue = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('opt-in', 'consent', 'necessary', 'reject', true, false, null, undefined, Number.NaN, 0, 183, -1),
    fc.string(),
    fc.integer(),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(aName, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value

it(
  'whatever the options are: no throw, a whole configuration, and nothing on that nobody has declared so (SEC 3)',
  () => {
    fc.assert(
      fc.property(fc.oneof(aValue, fc.dictionary(aName, aValue, { maxKeys: 6 })), (options) => {
        const { config, problems } = readConfig(options)
        expect(Object.isFrozen(config)).toBe(true)
        expect(config.categories[0]).toMatchObject({ key: 'necessary', basis: 'necessary' })
        expect(problems.every((line) => typeof line === 'string' && line !== '')).toBe(true)
        expect(config.acceptDays).toBeLessThanOrEqual(365)
        expect(config.refuseDays).toBeGreaterThanOrEqual(183)
        expect(Reflect.get({}, 'basis')).toBeUndefined()
        const usual = withoutChoice(config, undefined)
        if (config.regime === 'opt-in') expect(permits(usual, config, 'marketing')).toBe(false)
        for (const { category } of config.services) {
          expect(config.categories.map(({ key }) => key)).toContain(category)
        }
      }),
      runs(0.2),
    )
  },
  PATIENCE,
)

it(
  'one wrong option leaves the others as they are',
  () => {
    fc.assert(
      fc.property(fc.string(), aValue, (name, value) => {
        fc.pre(!NAMES.includes(name) && value !== undefined)
        const { config, problems } = readConfig({ ...OPTIONS, [name]: value })
        expect(problems).toHaveLength(1)
        expect(config).toEqual(readConfig(OPTIONS).config)
      }),
      runs(0.1),
    )
  },
  PATIENCE,
)

it(
  'attributes and JSON of any kind give options or a line for the owner, and never throw',
  () => {
    const attributes = fc.dictionary(aName, fc.string(), { maxKeys: 5 })
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), attributes, aValue, (json, own, global) => {
        const { options, problems } = collectOptions({ global, json, attributes: own })
        expect(typeof options).toBe('object')
        expect(problems.every((line) => /Write/.test(line))).toBe(true)
        readConfig(options)
      }),
      runs(0.2),
    )
  },
  PATIENCE,
)
