import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { postgresStore } from '../../dist/server/postgres.js'
import { sqliteStore } from '../../dist/server/sqlite.js'

/**
 * The store that a connection string names: `postgres://…`, or a file for SQLite.
 * @param {string} url
 * @returns {Promise<import('../../dist/server.js').ReceiptStore>}
 */
export async function openStore(url = fileURLToPath(new URL('../../.cache/receipts.db', import.meta.url))) {
  if (/^postgres(ql)?:/.test(url)) {
    const { default: postgres } = await import('postgres')
    return postgresStore(postgres(url, { onnotice: () => {}, connect_timeout: 5 }))
  }
  const { default: Database } = await import('libsql')
  mkdirSync(dirname(url), { recursive: true })
  return sqliteStore(new Database(url))
}
