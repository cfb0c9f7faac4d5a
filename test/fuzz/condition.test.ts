// @vitest-environment jsdom
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { isMet, readCondition } from '../../src/core/gate/condition'
import { config } from './arbitrary'
import { PATIENCE, runs } from './runs'

const KEYS = ['necessary', 'functional', 'performance', 'marketing']
const aWord = fc.tuple(fc.boolean(), fc.constantFrom(...KEYS)).map(([not, key]) => ({ not, key }))
const aGroup = fc.array(aWord, { minLength: 1, maxLength: 4 })
const space = fc.constantFrom(' ', '  ', '\t', '\n ')

it(
  'an expression is met exactly where its words are: any group, all words of it, "!" where decided and not allowed',
  () => {
    fc.assert(
      fc.property(
        fc.array(aGroup, { minLength: 1, maxLength: 4 }),
        fc.subarray(KEYS),
        fc.boolean(),
        space,
        (groups, allowed, isDecided, gap) => {
          const text = groups
            .map((words) => words.map(({ not, key }) => (not ? '!' : '') + key).join(gap))
            .join(`${gap}|`)
          const tag = document.createElement('script')
          tag.setAttribute('data-consent', text)
          const condition = readCondition(tag, config)
          if (typeof condition === 'string') throw new Error(condition)
          const answers = { decided: () => isDecided, allows: (key: string) => allowed.includes(key) }
          const expected = groups.some((words) =>
            words.every(({ not, key }) => (not ? isDecided && !allowed.includes(key) : allowed.includes(key))),
          )
          expect(isMet(condition, answers)).toBe(expected)
        },
      ),
      runs(0.2),
    )
  },
  PATIENCE,
)

it(
  'anything else stays blocked, with words for the owner, and never throws',
  () => {
    const texts = fc.string({ unit: fc.constantFrom(...'!| ab\t', 'marketing', 'toString', '__proto__', '🍪') })
    fc.assert(
      fc.property(texts, fc.option(fc.string(), { nil: undefined }), (text, service) => {
        const tag = document.createElement('script')
        tag.setAttribute('data-consent', text)
        if (service !== undefined) tag.setAttribute('data-service', service)
        const condition = readCondition(tag, config)
        const words = text.split('|').map((part) => part.split(/\s+/).filter(Boolean))
        const isRight =
          words.every((group) => group.length > 0 && group.every((word) => /^!?marketing$/.test(word))) &&
          (service === undefined || ['films', 'ads'].includes(service))
        expect(typeof condition === 'string').toBe(!isRight)
        // Nothing of what cannot be understood is met by a visitor who has allowed nothing.
        if (typeof condition !== 'string') {
          expect(isMet(condition, { decided: () => false, allows: () => false })).toBe(false)
        }
      }),
      runs(0.2),
    )
  },
  PATIENCE,
)
