import type { ConsentRecord, Receipt } from '../types'

/** The receipt of a decision. */
export function makeReceipt(record: ConsentRecord, hash: string | null): Receipt {
  const { id, updatedAt, revision, locale, regime, signals, method, granted, denied, services } = record
  const at = new Date(updatedAt).toISOString().replace('.000', '')
  return { version: 1, id, at, revision, hash, locale, regime, signals, method, granted, denied, services }
}
