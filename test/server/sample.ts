import { makeReceipt } from '../../src/receipts/make'
import { readReceipt } from '../../src/receipts/read'
import type { Receipt } from '../../src/types'

/** 32 hexadecimal digits that differ from number to number, in no order. */
export const idOf = (number: number) =>
  `${((number * 2_654_435_761) % 2 ** 32).toString(16).padStart(8, '0')}${number.toString(16).padStart(24, '0')}`

/** A receipt of its own for each number, as a server reads it. */
export function sampleReceipt(number: number, change: Partial<Receipt> = {}, now = Date.now()): Receipt {
  const made = makeReceipt(
    {
      id: idOf(number),
      at: now,
      updatedAt: Math.floor(now / 1000) * 1000,
      revision: 1,
      method: 'custom',
      regime: 'opt-in',
      signals: [],
      granted: number % 2 ? ['performance'] : ['performance', 'marketing'],
      denied: number % 2 ? ['functional', 'marketing'] : ['functional'],
      services: { films: true, ads: false },
      locale: 'en',
    },
    'ab'.repeat(32),
  )
  const receipt = readReceipt({ ...made, ...change })
  if (!receipt) throw new Error('That is no receipt.')
  return receipt
}
