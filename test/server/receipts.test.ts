import Database from 'libsql'
import { describe, expect, it } from 'vitest'
import { type ReceiptStore, type ReceiptsOptions, receipts } from '../../src/server/index'
import { sqliteStore } from '../../src/server/stores/sqlite'
import { idOf, sampleReceipt } from './sample'

const NOW = Date.parse('2026-11-24T12:00:00Z')
const DAY = 86_400_000
const ADDRESS = 'https://shop.example/consent'

function open(options: ReceiptsOptions = {}, store: ReceiptStore = sqliteStore(new Database(':memory:'))) {
  const lines: string[] = []
  let time = NOW
  const handle = receipts(store, { now: () => time, log: (line) => lines.push(line), ...options })
  return {
    store,
    lines,
    handle,
    later: (ms: number) => {
      time += ms
    },
    post: (body: object | string | Blob, headers: Record<string, string> = {}, client?: string) =>
      handle(
        new Request(ADDRESS, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          // A text would bring a type of its own.
          body: body instanceof Blob ? body : new Blob([typeof body === 'string' ? body : JSON.stringify(body)]),
        }),
        client,
      ),
    get: (path = '', headers: Record<string, string> = {}) => handle(new Request(ADDRESS + path, { headers })),
    remove: (path: string) => handle(new Request(ADDRESS + path, { method: 'DELETE' })),
  }
}
const sample = (number: number, change = {}) => sampleReceipt(number, change, NOW)

describe('a receipt that is sent', () => {
  it('is kept, once, and given to whoever knows its number', async () => {
    const { post, get, lines } = open()
    const receipt = sample(1)
    const first = await post(receipt)
    expect([first.status, await first.json()]).toEqual([201, { id: receipt.id }])
    expect((await post(receipt)).status).toBe(200)
    expect((await post(Object.fromEntries(Object.entries(receipt).reverse()))).status).toBe(200)
    const found = await get(`/${receipt.id}`)
    expect([found.status, await found.json()]).toEqual([200, { receivedAt: '2026-11-24T12:00:00.000Z', receipt }])
    expect(found.headers.get('cache-control')).toBe('no-store')
    expect(lines).toEqual([])
    for (const path of [`/${idOf(2)}`, '/x', `/${idOf(1).toUpperCase()}`, '', '/']) {
      expect((await get(path)).status).toBe(404)
    }
    expect(lines).toEqual(Array(5).fill('crumbgate receipts: 404 GET: no such receipt'))
  })

  it('is refused with another content under the same number, and the first one stays', async () => {
    const { post, get, lines } = open()
    await post(sample(1))
    expect((await post(sample(1, { revision: 2 }))).status).toBe(409)
    expect(await (await get(`/${idOf(1)}`)).json()).toMatchObject({ receipt: { revision: 1 } })
    expect(lines).toEqual(['crumbgate receipts: 409 POST: a receipt with this id and another content is there'])
  })

  const text = JSON.stringify(sample(1))
  it.each<[string, number, string | Blob, Record<string, string>]>([
    ['no body', 400, '', {}],
    ['half a body', 400, text.slice(0, 100), {}],
    ['not JSON', 400, 'id=1', {}],
    ['invalid UTF-8', 400, new Blob([Uint8Array.from([0x22, 0xff, 0x22])]), {}],
    ['UTF-8 that ends too early', 400, new Blob([Uint8Array.from([0x22, 0xe2, 0x82])]), {}],
    ['another version', 422, JSON.stringify({ ...sample(1), version: 2 }), {}],
    ['an address with it', 422, JSON.stringify({ ...sample(1), url: 'https://shop.example/?q=1' }), {}],
    ['ten thousand levels', 422, '['.repeat(8000) + ']'.repeat(8000), {}],
    ['as much as fits in no cookie', 413, `${text}${' '.repeat(32_768)}`, {}],
    ['the wrong type', 415, text, { 'content-type': 'text/plain' }],
    ['no type', 415, text, { 'content-type': '' }],
    ['a form of another site', 403, text, { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
  ])('is refused with %s: %i, one line, nothing kept (SEC 10)', async (_, status, body, headers) => {
    const { post, store, lines } = open()
    expect((await post(body, headers)).status).toBe(status)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(new RegExp(`^crumbgate receipts: ${status} POST: `))
    expect(await store.list('', 10)).toEqual([])
    // Nothing of what was sent is in the log, and the next one is served.
    expect(lines[0]).not.toContain(idOf(1))
    expect((await post(sample(1))).status).toBe(201)
  })

  it('may come with a charset, and from an origin that is named', async () => {
    const { post, handle } = open({ origins: ['https://other.example'] })
    const headers = { origin: 'https://other.example', 'sec-fetch-site': 'cross-site' }
    const taken = await post(sample(1), { ...headers, 'content-type': 'application/json; charset=utf-8' })
    expect([taken.status, taken.headers.get('access-control-allow-origin')]).toEqual([201, 'https://other.example'])
    const asked = await handle(new Request(ADDRESS, { method: 'OPTIONS', headers }))
    expect([asked.status, asked.headers.get('access-control-allow-headers')]).toEqual([204, 'content-type'])
    const stranger = new Request(ADDRESS, { method: 'OPTIONS', headers: { origin: 'https://evil.example' } })
    expect((await handle(stranger)).status).toBe(405)
  })

  it('is too much after the rate, for that client alone, until some time has passed', async () => {
    const { post, later, lines } = open({ clientRate: { burst: 2, perSecond: 1 } })
    const statuses = []
    for (const number of [1, 2, 3]) statuses.push((await post(sample(number), {}, '192.0.2.1')).status)
    expect(statuses).toEqual([201, 201, 429])
    expect((await post(sample(3), {}, '192.0.2.2')).status).toBe(201)
    later(1000)
    const again = await post(sample(4), {}, '192.0.2.1')
    expect(again.status).toBe(201)
    expect(lines).toEqual(['crumbgate receipts: 429 POST: too many'])
    const flood = open({ rate: { burst: 1, perSecond: 1 } })
    await flood.post(sample(1))
    const refused = await flood.post(sample(2))
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '30'])
  })

  it('is refused while the store is away or full, and taken when it is back', async () => {
    const database = new Database(':memory:')
    const { post, lines } = open({}, sqliteStore(database))
    expect((await post(sample(1))).status).toBe(201)
    const pages = Number(Reflect.get(Object(database.prepare('PRAGMA page_count').get()), 'page_count'))
    database.prepare(`PRAGMA max_page_count = ${pages}`).get()
    let status = 201
    for (let number = 2; status === 201 && number < 500; number += 1) ({ status } = await post(sample(number)))
    expect([status, lines]).toEqual([507, ['crumbgate receipts: 507 POST: the store failed: No room left.']])
    database.prepare('PRAGMA max_page_count = 1000000').get()
    expect((await post(sample(900))).status).toBe(201)
    database.close()
    const away = await post(sample(901))
    expect([away.status, away.headers.get('retry-after'), lines.length]).toEqual([503, '30', 2])
    // What has failed is for the owner's log alone.
    expect(await away.json()).toEqual({ error: 'the store failed' })
    expect(lines[1]).toMatch(/^crumbgate receipts: 503 POST: the store failed: .*open/)
  })

  it('is given up when its body, or the store, takes too long', async () => {
    const { handle, lines } = open({ patience: 50 })
    const body = new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('{"id":')) })
    const headers = { 'content-type': 'application/json' }
    // A stream is sent while the answer is read, which the types do not know: https://fetch.spec.whatwg.org/#dom-requestinit-duplex
    const slow = new Request(ADDRESS, Object.assign({ method: 'POST', headers, body }, { duplex: 'half' }))
    expect((await handle(slow)).status).toBe(408)
    expect(lines).toEqual(['crumbgate receipts: 408 POST: not here after 50 ms'])
    const stuck = { ...open().store, add: () => new Promise<never>(() => {}) }
    expect((await open({ patience: 50 }, stuck).post(sample(1))).status).toBe(503)
  })

  it('has the time of the visitor, right or wrong, beside that of the server', async () => {
    const { post, get } = open()
    for (const [number, at] of [
      [1, '2017-01-01T00:00:00Z'],
      [2, '2099-12-31T23:59:59Z'],
    ] as const) {
      expect((await post(sample(number, { at }))).status).toBe(201)
      const found = await (await get(`/${idOf(number)}`)).json()
      expect([found.receivedAt, found.receipt.at]).toEqual(['2026-11-24T12:00:00.000Z', at])
    }
  })

  it('goes when its time has come', async () => {
    const { post, get, later, store } = open({ keepDays: 30 })
    await post(sample(1))
    later(31 * DAY)
    await post(sample(2))
    expect(await store.list('', 10)).toHaveLength(1)
    expect((await get(`/${idOf(1)}`)).status).toBe(404)
  })
})

describe('the owner', () => {
  const isOwner = ({ headers }: Request) => headers.get('authorization') === 'me'

  it('exports everything, as lines that are read as they are taken', async () => {
    const { store, get } = open({ isOwner })
    for (let number = 0; number < 1200; number += 1) {
      const added = store.add({ receipt: sample(number), receivedAt: NOW })
      if (number === 1199) await added
    }
    const response = await get('?export', { authorization: 'me' })
    expect(response.headers.get('content-type')).toBe('application/x-ndjson')
    const lines = (await response.text()).trimEnd().split('\n')
    const ids = lines.map((line): string => JSON.parse(line).receipt.id)
    expect([ids.length, new Set(ids).size]).toEqual([1200, 1200])
    expect(JSON.parse(lines[0] ?? '')).toEqual({ receivedAt: '2026-11-24T12:00:00.000Z', receipt: expect.anything() })
  })

  it('hears that the store is away before the export begins, and that it breaks off after', async () => {
    const { store, lines } = open({ isOwner })
    await Promise.all(
      Array.from({ length: 501 }, (_, number) => store.add({ receipt: sample(number), receivedAt: NOW })),
    )
    const gone = () => Promise.reject(new Error('gone'))
    const log = (line: string) => lines.push(line)
    const owner = { authorization: 'me' }
    expect((await open({ isOwner, log }, { ...store, list: gone }).get('?export', owner)).status).toBe(503)
    const second = { ...store, list: (after: string, limit: number) => (after ? gone() : store.list(after, limit)) }
    const response = await open({ isOwner, log }, second).get('?export', owner)
    await expect(response.text()).rejects.toThrow()
    expect(lines).toEqual([
      'crumbgate receipts: 503 GET: the store failed: gone',
      'crumbgate receipts: the export broke off: the store failed: gone',
    ])
  })

  it('deletes one', async () => {
    const { post, handle, get } = open({ isOwner })
    await post(sample(1))
    const remove = (id: string) =>
      handle(new Request(`${ADDRESS}/${id}`, { method: 'DELETE', headers: { authorization: 'me' } }))
    expect((await remove(idOf(1))).status).toBe(204)
    expect((await remove(idOf(1))).status).toBe(404)
    expect((await get(`/${idOf(1)}`)).status).toBe(404)
  })

  it('is nobody by default', async () => {
    const { post, get, remove, store, lines } = open()
    await post(sample(1))
    expect([(await get('?export')).status, (await remove(`/${idOf(1)}`)).status]).toEqual([403, 403])
    expect(await store.list('', 10)).toHaveLength(1)
    expect(lines).toHaveLength(2)
  })
})

it.each(['PUT', 'PATCH', 'HEAD', 'OPTIONS'])('%s is not allowed', async (method) => {
  const { handle, lines } = open({
    log(line) {
      lines.push(line)
      throw new Error('no disk')
    },
  })
  const response = await handle(new Request(ADDRESS, { method }))
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, POST'])
  expect(lines).toEqual([`crumbgate receipts: 405 ${method}: not allowed`])
})

it('does not fall over an owner’s function that throws', async () => {
  const { get, lines } = open({
    isOwner: () => {
      throw new Error('no session store')
    },
  })
  expect((await get('?export')).status).toBe(500)
  expect(lines).toEqual(['crumbgate receipts: 500 GET: failed: Error: no session store'])
})
