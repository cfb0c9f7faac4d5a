import { expect, it } from 'vitest'
import { inBatches } from '../../src/server/stores/batch'

it('goes on after a write that never ends, and lets only so many wait', async () => {
  const batches: string[][] = []
  const add = inBatches(
    (items: readonly string[]) => {
      batches.push([...items])
      return batches.length === 1 ? new Promise<string[]>(() => {}) : Promise.resolve([...items])
    },
    { size: 2, queue: 3, patience: 20 },
  )
  const settled = await Promise.allSettled(['a', 'b', 'c', 'd'].map(add))
  expect(settled.map((one) => (one.status === 'fulfilled' ? one.value : one.reason.message))).toEqual([
    'no answer within 20 ms',
    'no answer within 20 ms',
    'c',
    '3 are waiting already',
  ])
  expect(batches).toEqual([['a', 'b'], ['c']])
  expect(await add('e')).toBe('e')
})
