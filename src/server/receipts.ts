import { readReceipt } from '../receipts/read'
import type { Receipt } from '../types'
import { readBody } from './body'
import { linesOf, published } from './lines'
import { createLimit, type Rate } from './rate'
import { Refusal, refusalOf } from './refusal'
import { type ReceiptStore, StoreFullError } from './store'
import { within } from './within'

/** Options of {@link receipts}. */
export interface ReceiptsOptions {
  /** Who may export and delete. Default: nobody. */
  isOwner?(request: Request): boolean | Promise<boolean>
  /** Days that a receipt is kept, counted from its arrival. Default 1826: five years. */
  keepDays?: number | undefined
  /** How much one client may ask. Default `{ burst: 30, perSecond: 1 }`: 30 at once, one more each second. Counts where the client is given. */
  clientRate?: Rate | undefined
  /** How much all of them may ask. Default `{ burst: 20_000, perSecond: 500 }`. */
  rate?: Rate | undefined
  /** Origins of other sites of yours, such as `https://shop.example`, that may send too. Default: none. */
  origins?: readonly string[] | undefined
  /** Milliseconds that a body may take to come, and the store to answer. Default 10 000. */
  patience?: number | undefined
  /** Gets one line for each fault. Default: `console.error`. */
  log?(line: string): void
  /** Milliseconds since 1970. Default: the clock. */
  now?(): number
}

/**
 * Answers a request about receipts.
 * @param client what tells one client from another, such as its address: for the rate alone, and never kept
 */
export type ReceiptsHandler = (request: Request, client?: string) => Promise<Response>

/** Bytes: as much as the choice in the largest cookie, as JSON. */
const LONGEST = 32_768
const HOUR = 3_600_000
const DAY = 86_400_000
/** Receipts that are read at once for the export, and deleted at once when their time has come. */
const PAGE = 500

/** Seconds after which a client may try again. */
const LATER = { 'Retry-After': '30' }
/** Not for anybody but who has asked, nor as anything but what it is. */
const COMMON = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' }

const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10)
const answer = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...COMMON, ...headers } })
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
export function receipts(store: ReceiptStore, options: ReceiptsOptions = {}): ReceiptsHandler {
  const {
    isOwner = () => false,
    keepDays = 1826,
    clientRate = { burst: 30, perSecond: 1 },
    rate = { burst: 20_000, perSecond: 500 },
    origins = [],
    patience = 10_000,
    log = (line) => console.error(line),
    now = Date.now,
  } = options
  const isWithinClientRate = createLimit(clientRate, now)
  const isWithinRate = createLimit(rate, now)
  let swept = Number.NEGATIVE_INFINITY

  /** What the store says, in time. */
  async function ask<T>(answering: Promise<T>): Promise<T> {
    try {
      return await within(patience, answering, () => new Error(`no answer within ${patience} ms`))
    } catch (error) {
      const why = error instanceof Error ? error.message || error.name : `${error}`
      throw new Refusal(error instanceof StoreFullError ? 507 : 503, 'the store failed', LATER, `: ${why}`)
    }
  }

  function tell(message: string): void {
    try {
      log(`crumbgate receipts: ${message}`)
    } catch {
      // Whoever listens has failed; the visitor is answered all the same.
    }
  }

  /** Delete some of what is too old: as much as does not keep others waiting. */
  async function sweep(): Promise<void> {
    if (now() - swept < HOUR) return
    const before = swept
    swept = now()
    try {
      const removed = await ask(store.removeBefore(dayOf(now() - keepDays * DAY), PAGE))
      // There may be more: the next one goes on.
      if (removed === PAGE) swept = before
    } catch (error) {
      tell(`old receipts could not be deleted: ${refusalOf(error).line}`)
    }
  }

  async function readSent(request: Request): Promise<Receipt> {
    const type = request.headers.get('content-type') ?? ''
    if (!/^application\/json\s*(;|$)/i.test(type))
      throw new Refusal(415, `"${type.slice(0, 80)}" is not application/json`)
    const text = await readBody(request, LONGEST, patience)
    let sent: unknown
    try {
      sent = JSON.parse(text)
    } catch {
      throw new Refusal(400, 'not JSON')
    }
    const receipt = readReceipt(sent)
    if (!receipt) throw new Refusal(422, 'not a receipt of version 1')
    return receipt
  }

  async function post(request: Request): Promise<Response> {
    const receipt = await readSent(request)
    const outcome = await ask(store.add({ receipt, receivedAt: now() }))
    await sweep()
    if (outcome === 'conflict') throw new Refusal(409, 'a receipt with this id and another content is there')
    return answer(outcome === 'added' ? 201 : 200, { id: receipt.id })
  }

  /** Throws for everybody else. */
  async function own(request: Request): Promise<void> {
    if (!(await isOwner(request))) throw new Refusal(403, 'for the owner alone')
  }

  async function get(id: string): Promise<Response> {
    const entry = await ask(store.get(id))
    if (!entry) throw new Refusal(404, 'no such receipt')
    return answer(200, published(entry))
  }

  async function exportAll(request: Request): Promise<Response> {
    await own(request)
    const next = (after: string) => ask(store.list(after, PAGE))
    const failed = (error: unknown) => tell(`the export broke off: ${refusalOf(error).line}`)
    const stream = linesOf(await next(''), next, PAGE, failed)
    return new Response(stream, { headers: { 'Content-Type': 'application/x-ndjson', ...COMMON } })
  }

  async function remove(request: Request, id: string): Promise<Response> {
    await own(request)
    if (!(await ask(store.remove(id)))) throw new Refusal(404, 'no such receipt')
    return new Response(null, { status: 204, headers: COMMON })
  }

  function dispatch(request: Request, client: string | undefined): Promise<Response> | Response {
    if ((client !== undefined && !isWithinClientRate(client)) || !isWithinRate('')) {
      throw new Refusal(429, 'too many', LATER)
    }
    const origin = request.headers.get('origin') ?? ''
    const { method } = request
    const isOther = method !== 'GET' && request.headers.get('sec-fetch-site') === 'cross-site'
    if (isOther && !origins.includes(origin)) throw new Refusal(403, 'sent from another site')
    const { pathname, searchParams } = new URL(request.url)
    const id = /\/([0-9a-f]{32})$/.exec(pathname)?.[1]
    if (method === 'POST' && !id) return post(request)
    if (method === 'GET' && id) return get(id)
    if (method === 'GET' && searchParams.has('export')) return exportAll(request)
    if (method === 'GET') throw new Refusal(404, 'no such receipt')
    if (method === 'DELETE' && id) return remove(request, id)
    if (method === 'OPTIONS' && origins.includes(origin)) {
      const allowed = { 'Access-Control-Allow-Methods': 'POST', 'Access-Control-Allow-Headers': 'content-type' }
      return new Response(null, { status: 204, headers: allowed })
    }
    throw new Refusal(405, 'not allowed', { Allow: id ? 'GET, DELETE' : 'GET, POST' })
  }

  async function handle(request: Request, client: string | undefined): Promise<Response> {
    try {
      return await dispatch(request, client)
    } catch (error) {
      const { status, message, headers, line } = refusalOf(error)
      tell(`${status} ${request.method}: ${line}`)
      return answer(status, { error: message }, headers)
    }
  }

  return async (request, client) => {
    const response = await handle(request, client)
    const origin = request.headers.get('origin') ?? ''
    if (origins.includes(origin)) {
      response.headers.set('Access-Control-Allow-Origin', origin)
      response.headers.append('Vary', 'Origin')
    }
    return response
  }
}
