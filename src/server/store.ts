import type { Method, Receipt } from '../types'

/** A receipt as the site keeps it. */
export interface StoredReceipt {
  readonly receipt: Receipt
  /** When it arrived, by the server's clock: milliseconds since 1970. */
  readonly receivedAt: number
}

/** `known`: it was there already, with the same content; `conflict`: with another, which stays. */
export type Outcome = 'added' | 'known' | 'conflict'

/** The decisions that arrived on one day (UTC). */
export interface DayCount {
  /** Such as `2026-11-24`. */
  readonly day: string
  readonly decisions: number
  readonly methods: Readonly<Partial<Record<Method, number>>>
  /** By category: how many of the decisions allowed it. */
  readonly granted: Readonly<Record<string, number>>
}

/** Where receipts are kept. Whatever fails rejects; what has no room left rejects with {@link StoreFullError}. */
export interface ReceiptStore {
  /** Resolves once it would survive the loss of power. */
  add(entry: StoredReceipt): Promise<Outcome>
  get(id: string): Promise<StoredReceipt | null>
  /** The next ones, by their ids. @param after `''` to begin with */
  list(after: string, limit: number): Promise<readonly StoredReceipt[]>
  /** @param from @param to days such as `2026-11-24`, both included; those without a decision are left out */
  counts(from: string, to: string): Promise<readonly DayCount[]>
  /** @returns whether it was there */
  remove(id: string): Promise<boolean>
  /**
   * Delete what arrived before a day such as `2026-11-24`.
   * @param limit at most so many
   * @returns how many
   */
  removeBefore(day: string, limit: number): Promise<number>
  close(): Promise<void>
}

/** The store has no room left. */
export class StoreFullError extends Error {
  override readonly name = 'StoreFullError'
}
