import { ReceiptStore } from '../server.js';
import '../shared/types.js';

/** What is used of an SQLite driver; `better-sqlite3` and `node:sqlite` have the same calls as `libsql`. */
interface SqliteDatabase {
    exec(sql: string): unknown;
    prepare(sql: string): {
        all(...values: (string | number)[]): unknown[];
    };
    close(): unknown;
}
/**
 * Receipts in an SQLite database: `sqliteStore(new Database('receipts.db'))`, with `Database` from `libsql`. Several
 * processes of one machine may have the same file open.
 */
declare function sqliteStore(database: SqliteDatabase): ReceiptStore;

export { sqliteStore };
export type { SqliteDatabase };
