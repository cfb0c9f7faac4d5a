import { readReceipt } from '../receipts/read'
import type { Receipt } from '../types'
import { BodyError, readBody } from './body'
import { createLimit, type Rate } from './rate'
import { type ReceiptStore, type StoredReceipt, StoreFullError } from './store'

/** Options of {@link receipts}. */
export interface ReceiptsOptions {
  /** Who may export and delete. Default: nobody. */
  isOwner?(request: Request): boolean | Promise<boolean>
  /** Days that a receipt is kept, counted from its arrival. Default 1826: five years. */
  keepDays?: number
  /** How much one client may ask. Default: 30 at once, one more each second. Counts where the client is given. */
  clientRate?: Rate
  /** How much all of them may ask. Default: 20 000 at once, 500 more each second. */
  rate?: Rate
  /** Origins of other sites of yours, such as `https://shop.example`, that may send too. Default: none. */
  origins?: readonly string[]
  /** Milliseconds that a body may take to come, and the store to answer. Default 10 000. */
  patience?: number
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

/** An answer that says no. */
class Refusal extends Error {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** For the owner's log alone. */
  readonly detail: string
  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}, detail = '') {
    super(message)
    this.status = status
    this.headers = headers
    this.detail = detail
  }
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  if (error instanceof BodyError) return new Refusal(error.status, error.message)
  return new Refusal(500, 'failed', {}, `: ${error}`)
}

const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10)
const answer = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...COMMON, ...headers } })
const published = ({ receipt, receivedAt }: StoredReceipt) => ({
  receivedAt: new Date(receivedAt).toISOString(),
  receipt,
})

/** What the store says, or that it does not say anything in time. */
async function within<T>(patience: number, answering: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${patience} ms`)), patience)
  })
  try {
    return await Promise.race([answering, late])
  } catch (error) {
    const why = error instanceof Error ? error.message || error.name : `${error}`
    const status = error instanceof StoreFullError ? 507 : 503
    throw new Refusal(status, 'the store failed', LATER, `: ${why}`)
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Entries as lines of JSON, read as they are taken.
 * @param next the entries after an id; fewer than a page are the last
 */
function linesOf(
  first: readonly StoredReceipt[],
  next: (after: string) => Promise<readonly StoredReceipt[]>,
  failed: (error: unknown) => void,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let page = first
  return new ReadableStream({
    async pull(controller) {
      const lines = page.map((entry) => `${JSON.stringify(published(entry))}\n`)
      if (lines.length > 0) controller.enqueue(encoder.encode(lines.join('')))
      const last = page.at(-1)
      if (!last || page.length < PAGE) return controller.close()
      try {
        page = await next(last.receipt.id)
        if (page.length === 0) controller.close()
      } catch (error) {
        failed(error)
        // Broken off, so that nobody takes a part for the whole.
        controller.error(error)
      }
    },
  })
}

/**
 * The endpoint that receipts are sent to, for any server with `Request` and `Response`. At whatever address it stands:
 * - `POST` keeps a receipt: 201, or 200 if it was there already, or 409 if one with its number and another content was.
 * - `GET …/<id>` gives one, to whoever knows its number: `{ receivedAt, receipt }`.
 * - `GET …?export` gives all to the owner, as lines of JSON; `DELETE …/<id>` deletes one for the owner.
 *
 * Never rejects. Answers 400, 403, 404, 405, 408, 413, 415, 422 and 429 to what is wrong, 503 while the store is away and
 * 507 while it is full; each with one line for the log, without anything of the receipt. What is sent again later is not
 * lost: visitors' browsers do.
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

  const ask = <T>(answering: Promise<T>) => within(patience, answering)
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
      tell(`old receipts could not be deleted: ${error}${error instanceof Refusal ? error.detail : ''}`)
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
    const failed = (error: unknown) =>
      tell(`the export broke off: ${refusalOf(error).message}${refusalOf(error).detail}`)
    const stream = linesOf(await next(''), next, failed)
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
      const { status, message, headers, detail } = refusalOf(error)
      tell(`${status} ${request.method}: ${message}${detail}`)
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
