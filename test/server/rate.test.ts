import { expect, it } from 'vitest'
import { createLimit } from '../../src/server/rate'

it('lets a burst through, and then so much a second, for each client', () => {
  let time = 0
  const isWithin = createLimit({ burst: 2, perSecond: 2 }, () => time)
  expect(['a', 'a', 'a', 'b'].map(isWithin)).toEqual([true, true, false, true])
  time = 499
  expect(isWithin('a')).toBe(false)
  time = 500
  expect([isWithin('a'), isWithin('a')]).toEqual([true, false])
  // Back on the clock, nothing is given and nothing taken.
  time = 0
  expect(isWithin('a')).toBe(false)
})

it('remembers only so many clients, and forgets the quietest first', () => {
  const isWithin = createLimit({ burst: 1, perSecond: 0 }, () => 0)
  expect(isWithin('quiet')).toBe(true)
  for (let client = 0; client < 9999; client += 1) {
    isWithin(`${client}`)
    isWithin('busy')
  }
  expect(isWithin('busy')).toBe(false)
  expect(isWithin('0')).toBe(false)
  // Forgotten when one more came.
  expect(isWithin('quiet')).toBe(true)
})
