import { O as Options, f as ConsentRecord } from './shared/types.js';
export { R as Receipt } from './shared/types.js';
import { R as ReceiptStore } from './shared/store.js';
export { D as DayCount, O as Outcome, S as StoreFullError, a as StoredReceipt } from './shared/store.js';

/**
 * The visitor's choice, as the page will have it: what {@link Consent.choice} is there.
 * @param cookieHeader the request's `Cookie`
 * @param options those of the page: revision, lifetimes, categories, regime and name of the cookie count; where the
 * regime goes by region, the visitor's. One object for all requests, since it is checked once; mistakes in it are told on
 * the console
 * @param now milliseconds since 1970
 * @returns `null` for everything unclear: no grant
 */
declare function readChoice(cookieHeader: string | null | undefined, options?: Options, now?: number): ConsentRecord | null;
/**
 * The `Set-Cookie` that writes the visitor's choice again, unchanged, for the rest of its time. Safari forgets what a
 * script has written after seven days, and what the server of the same site has written not:
 * https://webkit.org/blog/9521/intelligent-tracking-prevention-2-3/
 * @param options as for {@link readChoice}
 * @param now milliseconds since 1970
 * @returns `null` where there is nothing to write, and for everything that a page asks for while the visitor may decide
 * again on it: such an answer would take that back
 */
declare function renewCookie(request: Request, options?: Options, now?: number): string | null;

/** So many at once, and so many more each second. */
interface Rate {
    readonly burst: number;
    readonly perSecond: number;
}

/** Options of {@link receipts}. */
interface ReceiptsOptions {
    /** Who may export and delete. Default: nobody. */
    isOwner?(request: Request): boolean | Promise<boolean>;
    /** Days that a receipt is kept, counted from its arrival. Default 1826: five years. */
    keepDays?: number | undefined;
    /** How much one client may ask. Default `{ burst: 30, perSecond: 1 }`: 30 at once, one more each second. Counts where the client is given. */
    clientRate?: Rate | undefined;
    /** How much all of them may ask. Default `{ burst: 20_000, perSecond: 500 }`. */
    rate?: Rate | undefined;
    /** Origins of other sites of yours, such as `https://shop.example`, that may send too. Default: none. */
    origins?: readonly string[] | undefined;
    /** Milliseconds that a body may take to come, and the store to answer. Default 10 000. */
    patience?: number | undefined;
    /** Gets one line for each fault. Default: `console.error`. */
    log?(line: string): void;
    /** Milliseconds since 1970. Default: the clock. */
    now?(): number;
}
/**
 * Answers a request about receipts.
 * @param client what tells one client from another, such as its address: for the rate alone, and never kept
 */
type ReceiptsHandler = (request: Request, client?: string) => Promise<Response>;
/**
 * The endpoint that receipts are sent to, for any server with `Request` and `Response`. At whatever address it stands:
 * - `POST` keeps a receipt: 201, or 200 if it was there already, or 409 if one with its number and another content was.
 * - `GET …/<id>` gives one, to whoever knows its number: `{ receivedAt, receipt }`.
 * - `GET …?export` gives all to the owner, as lines of JSON; `DELETE …/<id>` deletes one for the owner.
 *
 * Never rejects. Answers 400, 403, 404, 405, 408, 413, 415, 422 and 429 to what is wrong, 503 while the store is away and
 * 507 while it is full; each with one line for the log, without anything of the receipt. The page sends again what was not
 * taken, but for 409, 410 and 422.
 */
declare function receipts(store: ReceiptStore, options?: ReceiptsOptions): ReceiptsHandler;

export { ConsentRecord, Options, ReceiptStore, readChoice, receipts, renewCookie };
export type { Rate, ReceiptsHandler, ReceiptsOptions };
