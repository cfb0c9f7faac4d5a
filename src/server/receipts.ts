import { readReceipt } from '../receipts/read'
import type { Receipt } from '../types'
import { BodyError, readBody } from './body'
import { createLimit, type Rate } from './rate'
import { type ReceiptStore, type StoredReceipt, StoreFullError } from './store'

/** Options of {@link receipts}. */
export interface ReceiptsOptions {
  /** Who may export and delete. Default: nobody. */
  isOwner?(request: Request): boolean | Promise<boolean>
  /** Days that a receipt is kept, counted from the decision. Default 1826: five years. */
  keepDays?: number
  /** How much one client may send. Default: 30 at once, one more each second. Counts where the client is given. */
  clientRate?: Rate
  /** How much all of them may send. Default: 20 000 at once, 500 more each second. */
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
const LONGEST = 16_384
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

/** All that is stored, a line of JSON each, read as it is taken. */
function exportStream(store: ReceiptStore, failed: (error: unknown) => void): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let after = ''
  return new ReadableStream({
    async pull(controller) {
      try {
        const entries = await store.list(after, PAGE)
        const lines = entries.map((entry) => `${JSON.stringify(published(entry))}\n`)
        if (lines.length > 0) controller.enqueue(encoder.encode(lines.join('')))
        after = entries.at(-1)?.receipt.id ?? after
        if (entries.length < PAGE) controller.close()
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
 * - `GET` gives all to the owner, as lines of JSON; `DELETE …/<id>` deletes one for the owner.
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
  const tell = (message: string) => log(`crumbgate receipts: ${message}`)

  /** Delete what is too old, now and then. */
  async function sweep(): Promise<void> {
    if (now() - swept < HOUR) return
    swept = now()
    try {
      const day = dayOf(now() - keepDays * DAY)
      while ((await store.removeBefore(day, PAGE)) > 0);
    } catch (error) {
      tell(`old receipts could not be deleted: ${error}`)
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
    const receipt = readReceipt(sent, now())
    if (!receipt) throw new Refusal(422, 'not a receipt of version 1')
    if (Date.parse(receipt.at) < now() - keepDays * DAY) throw new Refusal(422, `older than ${keepDays} days`)
    return receipt
  }

  async function post(request: Request, client: string | undefined): Promise<Response> {
    if ((client !== undefined && !isWithinClientRate(client)) || !isWithinRate('')) {
      throw new Refusal(429, 'too many', LATER)
    }
    const receipt = await readSent(request)
    const outcome = await ask(store.add({ receipt, receivedAt: now() }))
    sweep()
    if (outcome === 'conflict') throw new Refusal(409, 'a receipt with this id and another content is there')
    return answer(outcome === 'added' ? 201 : 200, { id: receipt.id })
  }

  async function own(request: Request): Promise<void> {
    if (!(await isOwner(request))) throw new Refusal(403, 'for the owner alone')
  }

  async function get(request: Request, id: string | undefined): Promise<Response> {
    if (id) {
      const entry = await ask(store.get(id))
      return entry ? answer(200, published(entry)) : answer(404, { error: 'no such receipt' })
    }
    await own(request)
    const stream = exportStream(store, (error) => tell(`the export broke off: ${error}`))
    return new Response(stream, { headers: { 'Content-Type': 'application/x-ndjson', ...COMMON } })
  }

  async function remove(request: Request, id: string | undefined): Promise<Response> {
    await own(request)
    const isGone = id && (await ask(store.remove(id)))
    return isGone ? new Response(null, { status: 204, headers: COMMON }) : answer(404, { error: 'no such receipt' })
  }

  function dispatch(request: Request, client: string | undefined): Promise<Response> | Response {
    const origin = request.headers.get('origin') ?? ''
    const { method } = request
    const isOther = method !== 'GET' && request.headers.get('sec-fetch-site') === 'cross-site'
    if (isOther && !origins.includes(origin)) throw new Refusal(403, 'sent from another site')
    const id = /\/([0-9a-f]{32})$/.exec(new URL(request.url).pathname)?.[1]
    if (method === 'POST' && !id) return post(request, client)
    if (method === 'GET') return get(request, id)
    if (method === 'DELETE' && id) return remove(request, id)
    if (method === 'OPTIONS' && origins.includes(origin)) {
      const allowed = { 'Access-Control-Allow-Methods': 'POST', 'Access-Control-Allow-Headers': 'content-type' }
      return new Response(null, { status: 204, headers: allowed })
    }
    return answer(405, { error: 'not allowed' }, { Allow: id ? 'GET, DELETE' : 'GET, POST' })
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
