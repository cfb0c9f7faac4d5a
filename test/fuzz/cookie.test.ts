import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { formatRecord, grants, parseRecord } from '../../src/core/record'
import { readChoice } from '../../src/server/index'
import { aRecord, mutated, NOW } from './arbitrary'
import { PATIENCE, runs } from './runs'

it(
  'every choice comes back from its cookie as it was',
  () => {
    fc.assert(
      fc.property(aRecord, (record) => {
        const value = formatRecord(record)
        expect(value).toMatch(/^[A-Za-z0-9._-]{1,4000}$/)
        expect(parseRecord(value, NOW)).toEqual(record)
      }),
      runs(0.2),
    )
  },
  PATIENCE,
)

it(
  'whatever becomes of the cookie of a refusal, it grants nothing and never throws (SEC 4)',
  () => {
    const refusal = aRecord.filter((record) => record.method === 'reject').map(formatRecord)
    fc.assert(
      fc.property(mutated(refusal), ({ after }) => {
        const record = parseRecord(after, NOW)
        if (record === null) return
        // One that is as the grammar says, and says something else: a refusal all the same.
        expect([formatRecord(record), grants(record)]).toEqual([after, false])
      }),
      runs(),
    )
  },
  PATIENCE,
)

it(
  'no text but the exact value of a choice is one, and none throws (SEC 4)',
  () => {
    const texts = fc.oneof(
      mutated(aRecord.map(formatRecord)).map(({ after }) => after),
      fc.string({ unit: 'binary' }),
    )
    fc.assert(
      fc.property(texts, (text) => {
        const record = parseRecord(text, NOW)
        if (record) expect(formatRecord(record)).toBe(text)
        const read = readChoice(`a=1; crumbgate=${text}`, {}, NOW)
        if (read) expect(text.startsWith(formatRecord(read)) || text.includes('crumbgate=')).toBe(true)
      }),
      runs(),
    )
  },
  PATIENCE,
)
