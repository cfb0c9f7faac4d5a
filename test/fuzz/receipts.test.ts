import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import Database from 'libsql'
import { expect, it } from 'vitest'
import { makeReceipt } from '../../src/receipts/make'
import { readReceipt } from '../../src/receipts/read'
import { receipts } from '../../src/server/index'
import { sqliteStore } from '../../src/server/stores/sqlite'
import type { Receipt } from '../../src/types'
import { aRecord, mutated } from './arbitrary'
import { PATIENCE, runs } from './runs'

const aReceipt = aRecord.map((record) => makeReceipt(record, 'ab'.repeat(32)))

it(
  'every receipt is read as it was made',
  () => {
    fc.assert(
      fc.property(aReceipt, (receipt) => {
        expect(readReceipt(JSON.parse(JSON.stringify(receipt)))).toEqual(receipt)
      }),
      runs(0.2),
    )
  },
  PATIENCE,
)

const LONGEST = 32_768
const TYPE = 'application/json'
/** An origin that may send too. */
const OURS = 'https://ours.example'
const OWNER = 'Bearer owner'
/** Stored before anything is sent. */
const STORED = fc.sample(aReceipt, { numRuns: 4, seed: 1 })
const stored = fc.constantFrom(...STORED)
const textOf = (receipt: Receipt) => JSON.stringify(receipt)
/** About as long as a body may be. */
const lengths = fc.oneof(fc.integer({ min: LONGEST - 2, max: LONGEST + 2 }), fc.constantFrom(10_000, 100_000))

const bodies = fc.oneof(
  aReceipt.map(textOf),
  aReceipt.map(textOf),
  mutated(aReceipt.map(textOf)).map(({ after }) => after),
  stored.map(textOf),
  fc.tuple(stored, aReceipt).map(([{ id }, receipt]) => textOf({ ...receipt, id })),
  // JSON may have spaces around it.
  fc.tuple(aReceipt.map(textOf), lengths).map(([text, length]) => text.padEnd(length)),
  fc.tuple(fc.nat(255), lengths).map(([byte, length]) => new Uint8Array(length).fill(byte)),
  fc.json(),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => new Uint8Array(bytes)),
  fc.string({ unit: 'binary' }),
)
const aRequest = fc
  .record({
    body: bodies,
    method: fc.constantFrom('POST', 'POST', 'POST', 'POST', 'POST', 'POST', 'GET', 'DELETE', 'PUT', 'OPTIONS'),
    path: fc.oneof(
      { weight: 6, arbitrary: fc.constant('') },
      { weight: 2, arbitrary: stored.map(({ id }) => `/${id}`) },
      { weight: 2, arbitrary: fc.constantFrom('/', '?export', '/x', `/${'0'.repeat(32)}`) },
    ),
    headers: fc.record(
      {
        'content-type': fc.constantFrom(TYPE, TYPE, TYPE, `${TYPE};charset=latin1`, 'text/plain'),
        'content-length': fc.constantFrom('0', `${LONGEST}`, `${LONGEST + 1}`, '-1', 'x'),
        origin: fc.constantFrom('https://shop.example', OURS, `${OURS}.evil.example`, 'null', '', 'x'.repeat(9_000)),
        'sec-fetch-site': fc.constantFrom('same-origin', 'same-origin', 'same-origin', 'cross-site', 'x'),
        authorization: fc.constantFrom(OWNER, 'Bearer somebody'),
      },
      { requiredKeys: ['content-type'] },
    ),
  })
  .map(({ body, method, path, headers }) => {
    const hasBody = method === 'POST' || method === 'PUT'
    const size = hasBody ? new Blob([body]).size : 0
    return { body: hasBody ? body : null, size, method, path, headers }
  })

it(
  'whatever is sent: an answer, one line where it is refused, and nothing kept but receipts',
  async () => {
    const lines: string[] = []
    const store = sqliteStore(new Database(':memory:'))
    const kept = new Map<string, Receipt>()
    const rate = { burst: 1e9, perSecond: 1e9 }
    const isOwner = (request: Request) => request.headers.get('authorization') === OWNER
    const handle = receipts(store, { log: (line) => lines.push(line), rate, origins: [OURS], isOwner })
    for (const receipt of STORED) {
      const headers = { 'content-type': TYPE }
      await handle(new Request('https://shop.example/consent', { method: 'POST', headers, body: textOf(receipt) }))
      kept.set(receipt.id, receipt)
    }
    await fc.assert(
      fc.asyncProperty(aRequest, async ({ body, size, method, path, headers }) => {
        lines.length = 0
        const request = new Request(`https://shop.example/consent${path}`, { method, headers, body })
        const response = await handle(request)
        const { status } = response
        expect([200, 201, 204, 400, 403, 404, 405, 409, 413, 415, 422]).toContain(status)
        expect(lines).toHaveLength(status < 300 ? 0 : 1)
        // Nothing of a receipt.
        expect(lines.join()).not.toMatch(/[0-9a-f]{32}|\n/)
        expect(response.headers.get('access-control-allow-origin')).toBe(headers.origin === OURS ? OURS : null)

        const isOther = headers['sec-fetch-site'] === 'cross-site' && headers.origin !== OURS
        if (isOther && method !== 'GET') expect(status).toBe(403)
        if (size > LONGEST) expect(status).toBeGreaterThanOrEqual(400)
        const isSaidLonger = Number(headers['content-length']) > LONGEST
        if (status === 413) expect(size > LONGEST || isSaidLonger).toBe(true)

        const id = path.slice(1)
        if (method === 'POST' && (status < 300 || status === 409)) {
          const sent = readReceipt(JSON.parse(await new Response(body).text()))
          if (!sent) throw new Error('Taken for a receipt')
          const before = kept.get(sent.id)
          expect(status).toBe(!before ? 201 : isDeepStrictEqual(before, sent) ? 200 : 409)
          if (!before) kept.set(sent.id, sent)
        } else if (method === 'GET' && status === 200 && path !== '?export') {
          expect(await response.json()).toMatchObject({ receipt: kept.get(id) })
        } else if (status === 200) {
          expect((await response.text()).split('\n')).toHaveLength(kept.size + 1)
        } else if (method === 'DELETE' && status === 204) {
          expect([headers.authorization, kept.delete(id)]).toEqual([OWNER, true])
        }
      }),
      runs(0.1),
    )
    const found: Receipt[] = []
    for (let after = ''; ; after = found.at(-1)?.id ?? '') {
      const page = await store.list(after, 500)
      if (page.length === 0) break
      found.push(...page.map(({ receipt }) => receipt))
    }
    expect(new Map(found.map((receipt) => [receipt.id, receipt]))).toEqual(kept)
  },
  PATIENCE,
)
