import { ReceiptStore } from '../server.js';
import '../shared/types.js';

type Row = Readonly<Record<string, unknown>>;

/** What is used of `postgres`, the driver: https://github.com/porsager/postgres */
interface PostgresClient {
    unsafe(query: string, values?: (string | number)[]): PromiseLike<readonly Row[]>;
    end(options?: {
        timeout?: number;
    }): Promise<void>;
}
/**
 * Receipts in PostgreSQL, or in a database that speaks its language (Citus, CockroachDB, YugabyteDB):
 * `postgresStore(postgres('postgres://…'))`, with `postgres` from the package of that name.
 */
declare const postgresStore: (client: PostgresClient) => ReceiptStore;

export { postgresStore };
export type { PostgresClient };
