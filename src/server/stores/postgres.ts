import type { ReceiptStore } from '../store'
import { type Row, sqlStore } from './sql'

/** What is used of `postgres`, the driver: https://github.com/porsager/postgres */
export interface PostgresClient {
  unsafe(query: string, values?: (string | number)[]): PromiseLike<readonly Row[]>
  end(options?: { timeout?: number }): Promise<void>
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html: disk full. */
const DISK_FULL = '53100'

/**
 * Receipts in PostgreSQL, or in a database that speaks its language (Citus, CockroachDB, YugabyteDB):
 * `postgresStore(postgres('postgres://…'))`, with `postgres` from the package of that name.
 */
export const postgresStore = (client: PostgresClient): ReceiptStore =>
  sqlStore({
    query: async (text, values) => client.unsafe(text, [...values]),
    async run(text) {
      await client.unsafe(text)
    },
    isFull: (error) => Reflect.get(Object(error), 'code') === DISK_FULL,
    close: () => client.end({ timeout: 5 }),
  })
