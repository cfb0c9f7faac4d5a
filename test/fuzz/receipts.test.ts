import * as fc from 'fast-check'
import Database from 'libsql'
import { expect, it } from 'vitest'
import { makeReceipt } from '../../src/receipts/make'
import { readReceipt } from '../../src/receipts/read'
import { receipts } from '../../src/server/index'
import { sqliteStore } from '../../src/server/stores/sqlite'
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

it(
  'whatever is sent: an answer, one line where it is refused, and nothing kept but receipts',
  async () => {
    const lines: string[] = []
    const store = sqliteStore(new Database(':memory:'))
    const rate = { burst: 1e9, perSecond: 1e9 }
    const handle = receipts(store, { log: (line) => lines.push(line), rate })
    const bodies = fc.oneof(
      mutated(aReceipt.map((receipt) => JSON.stringify(receipt))).map(({ after }) => after),
      fc.json(),
      fc.uint8Array({ maxLength: 200 }).map((bytes) => new Uint8Array(bytes)),
      fc.string({ unit: 'binary' }),
    )
    const paths = fc.constantFrom('', '/', '?export', '/x', `/${'0'.repeat(32)}`)
    const methods = fc.constantFrom('POST', 'POST', 'POST', 'GET', 'DELETE', 'PUT')
    const types = fc.constantFrom(
      'application/json',
      'application/json',
      'text/plain',
      'application/json;charset=latin1',
    )
    await fc.assert(
      fc.asyncProperty(bodies, paths, methods, types, async (body, path, method, type) => {
        lines.length = 0
        const hasBody = method === 'POST' || method === 'PUT'
        const request = new Request(`https://shop.example/consent${path}`, {
          method,
          headers: { 'content-type': type },
          ...(hasBody ? { body } : {}),
        })
        const { status } = await handle(request)
        expect([200, 201, 400, 403, 404, 405, 409, 415, 422]).toContain(status)
        expect(lines).toHaveLength(status < 300 ? 0 : 1)
      }),
      runs(0.1),
    )
    for (let after = ''; ; ) {
      // Throws if there is something else.
      const page = await store.list(after, 500)
      if (page.length === 0) break
      after = page.at(-1)?.receipt.id ?? ''
    }
  },
  PATIENCE,
)
