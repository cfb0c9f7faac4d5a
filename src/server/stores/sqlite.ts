import type { ReceiptStore } from '../store'
import { type Row, sqlStore } from './sql'

/** What is used of an SQLite driver; `better-sqlite3` and `node:sqlite` have the same calls as `libsql`. */
export interface SqliteDatabase {
  exec(sql: string): unknown
  prepare(sql: string): { all(...values: (string | number)[]): unknown[] }
  close(): unknown
}

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null

/** The driver's word for a full disk, or SQLite's own: https://www.sqlite.org/rescode.html#full */
const isFull = (error: unknown) =>
  Reflect.get(Object(error), 'code') === 'SQLITE_FULL' || Reflect.get(Object(error), 'errcode') === 13

/**
 * Receipts in an SQLite database: `sqliteStore(new Database('receipts.db'))`, with `Database` from `libsql`. Several
 * processes of one machine may have the same file open.
 */
export function sqliteStore(database: SqliteDatabase): ReceiptStore {
  let isOpen = false
  function open(): SqliteDatabase {
    if (!isOpen) {
      // Readers and a writer side by side, and every commit on the disk: https://www.sqlite.org/wal.html
      for (const pragma of ['busy_timeout = 1000', 'journal_mode = WAL', 'synchronous = FULL']) {
        database.prepare(`PRAGMA ${pragma}`).all()
      }
      isOpen = true
    }
    return database
  }
  return sqlStore({
    async query(text, values) {
      // In their order; `$1` would be a name in SQLite.
      return open()
        .prepare(text.replace(/\$\d+/g, '?'))
        .all(...values)
        .filter(isRow)
    },
    async run(text) {
      open().exec(text)
    },
    isFull,
    async close() {
      database.close()
    },
  })
}
