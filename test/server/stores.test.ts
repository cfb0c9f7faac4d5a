import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ReceiptStore, receipts, type StoredReceipt, StoreFullError } from '../../src/server/index'
import { postgresStore } from '../../src/server/stores/postgres'
import { sqliteStore } from '../../src/server/stores/sqlite'
import type { Receipt } from '../../src/types'
import { type Cluster, createCluster } from './postgres.mjs'
import { idOf, sampleReceipt } from './sample'

const NOW = Date.parse('2026-11-24T12:00:00Z')
const entry = (number: number, change: Partial<Receipt> = {}): StoredReceipt => ({
  receipt: sampleReceipt(number, change, NOW),
  receivedAt: NOW + number,
})

const cluster = await createCluster()
if (typeof cluster === 'string') console.log(`The tests on PostgreSQL are skipped: ${cluster}`)
const folder = mkdtempSync(join(tmpdir(), 'crumbgate-sqlite-'))

const connect = (database: Cluster, name: string) =>
  postgres(database.url.replace(/postgres$/, name), { onnotice: () => {}, connect_timeout: 2, max: 4 })

/** An empty database of its own for each test. */
async function freshDatabase({ url }: Cluster, number: number): Promise<string> {
  const name = `test_${number}`
  const admin = postgres(url, { max: 1, onnotice: () => {} })
  await admin.unsafe(`CREATE DATABASE ${name}`)
  await admin.end()
  return name
}

let databases = 0
const kinds: [string, () => Promise<() => ReceiptStore>][] = [
  [
    'SQLite',
    async () => {
      databases += 1
      const file = join(folder, `${databases}.db`)
      return () => sqliteStore(new Database(file))
    },
  ],
]
if (typeof cluster !== 'string') {
  kinds.push([
    'PostgreSQL',
    async () => {
      databases += 1
      const name = await freshDatabase(cluster, databases)
      return () => postgresStore(connect(cluster, name))
    },
  ])
}

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  if (typeof cluster !== 'string') await cluster.remove()
})

describe.each(kinds)('%s', (_, create) => {
  let connectAgain: () => ReceiptStore
  let store: ReceiptStore
  beforeAll(async () => {
    connectAgain = await create()
    store = connectAgain()
  })
  afterAll(() => store.close())

  it('makes its tables when several servers start at the same time', async () => {
    const others = [store, connectAgain(), connectAgain(), connectAgain()]
    const outcomes = await Promise.all(others.map((other) => other.add(entry(1))))
    expect(outcomes.sort()).toEqual(['added', 'known', 'known', 'known'])
    await Promise.all(others.slice(1).map((other) => other.close()))
  })

  it('gives back what it was given, to another connection too', async () => {
    const given = entry(2, { services: { 'a-1': true }, locale: 'zh-Hant', hash: null, signals: ['gpc'] })
    expect(await store.add(given)).toBe('added')
    expect(await store.get(idOf(2))).toEqual(given)
    const other = connectAgain()
    expect(await other.get(idOf(2))).toEqual(given)
    await other.close()
    expect(await store.get(idOf(999))).toBe(null)
  })

  it('keeps one of many that come together, and tells the others', async () => {
    const all = [entry(3), entry(3), entry(3, { revision: 9 }), entry(4), entry(3)]
    expect(await Promise.all(all.map(store.add))).toEqual(['added', 'known', 'conflict', 'added', 'known'])
    expect(await store.add(entry(3, { revision: 9 }))).toBe('conflict')
    expect((await store.get(idOf(3)))?.receipt.revision).toBe(1)
    // When it came first.
    expect(await store.add({ ...entry(4), receivedAt: NOW + 99_999 })).toBe('known')
    expect((await store.get(idOf(4)))?.receivedAt).toBe(NOW + 4)
  })

  it('takes more at once than one statement holds, and lists them all, once each', async () => {
    const numbers = Array.from({ length: 1234 }, (_, index) => index + 10_000)
    const outcomes = await Promise.all(numbers.map((number) => store.add(entry(number))))
    expect(outcomes.every((outcome) => outcome === 'added')).toBe(true)
    const ids: string[] = []
    for (;;) {
      const page = await store.list(ids.at(-1) ?? '', 100)
      ids.push(...page.map(({ receipt }) => receipt.id))
      if (page.length < 100) break
    }
    expect(ids).toEqual([...new Set(ids)].sort())
    expect(ids).toEqual(expect.arrayContaining(numbers.map(idOf)))
  })

  it('counts by the day of arrival, method and category', async () => {
    const arrived = (number: number, time: string, change: Partial<Receipt> = {}) =>
      store.add({ ...entry(number, change), receivedAt: Date.parse(time) })
    await arrived(20, '2026-10-01T23:59:59.999Z', { granted: ['marketing', 'maps'], denied: [] })
    await arrived(21, '2026-10-01T00:00:00Z', { granted: ['maps'], at: '2099-01-01T00:00:00Z' })
    await arrived(22, '2026-10-02T00:00:00Z', { method: 'reject', granted: [], services: {} })
    await arrived(23, '2026-10-03T00:00:00Z')
    expect(await store.counts('2026-10-01', '2026-10-02')).toEqual([
      { day: '2026-10-01', decisions: 2, methods: { custom: 2 }, granted: { marketing: 1, maps: 2 } },
      { day: '2026-10-02', decisions: 1, methods: { reject: 1 }, granted: {} },
    ])
    expect(await store.counts('2027-01-01', '2027-12-31')).toEqual([])
  })

  it('deletes one, and what is older than a day, so many at a time', async () => {
    expect([await store.remove(idOf(20)), await store.remove(idOf(20))]).toEqual([true, false])
    expect(await store.removeBefore('2026-10-03', 1)).toBe(1)
    expect(await store.removeBefore('2026-10-03', 100)).toBe(1)
    expect(await store.removeBefore('2026-10-03', 100)).toBe(0)
    expect(await store.get(idOf(23))).not.toBe(null)
  })

  it('takes nothing for anything but a value', async () => {
    const id = "' OR 1=1 --"
    expect([await store.get(id), await store.remove(id), await store.list(id, 0)]).toEqual([null, false, []])
    expect(await store.get(idOf(23))).not.toBe(null)
  })
})

it('says nothing that a distributed database would not understand', async () => {
  const said: string[] = []
  const database = new Database(':memory:')
  const store = sqliteStore({
    exec(sql) {
      said.push(sql)
      return database.exec(sql)
    },
    prepare(sql) {
      said.push(sql)
      return database.prepare(sql)
    },
    close: () => database.close(),
  })
  await Promise.all([store.add(entry(1)), store.add(entry(1))])
  await store.list('', 10)
  await store.counts('2026-01-01', '2026-12-31')
  await store.remove((await store.get(idOf(1)))?.receipt.id ?? '')
  await store.removeBefore('2026-01-01', 10)
  await store.close()
  const sql = said.filter((text) => !text.startsWith('PRAGMA'))
  expect(sql.length).toBeGreaterThan(8)
  // https://www.cockroachlabs.com/docs/stable/postgresql-compatibility, https://docs.citusdata.com/en/stable/develop/reference_sql.html
  const foreign =
    /\b(serial|autoincrement|identity|sequence|trigger|function|rowid|jsonb?|uuid|references|begin|lock|update)\b/i
  expect(sql.filter((text) => foreign.test(text))).toEqual([])
})

it('SQLite writes every acknowledged receipt to the disk, beside its readers', async () => {
  const database = new Database(join(folder, 'pragmas.db'))
  await sqliteStore(database).add(entry(1))
  const pragma = (name: string) => Object.values(Object(database.prepare(`PRAGMA ${name}`).get()))[0]
  expect([pragma('journal_mode'), pragma('synchronous')]).toEqual(['wal', 2])
  database.close()
})

it('SQLite waits for another process that writes, and says so when it waits too long', async () => {
  const file = join(folder, 'busy.db')
  const store = sqliteStore(new Database(file))
  await store.add(entry(1))
  const other = new Database(file)
  other.exec('BEGIN EXCLUSIVE')
  await expect(store.add(entry(2))).rejects.toThrow(/locked/)
  other.exec('COMMIT')
  expect(await store.add(entry(2))).toBe('added')
  other.close()
  await store.close()
})

describe.skipIf(typeof cluster === 'string')('PostgreSQL, when it fails', () => {
  it('refuses while the database is away, and takes what comes when it is back', async () => {
    if (typeof cluster === 'string') return
    databases += 1
    const store = postgresStore(connect(cluster, await freshDatabase(cluster, databases)))
    const lines: string[] = []
    const handle = receipts(store, { now: () => NOW, log: (line) => lines.push(line) })
    const post = async (number: number) => {
      const body = JSON.stringify(entry(number).receipt)
      const headers = { 'content-type': 'application/json' }
      return (await handle(new Request('https://shop.example/consent', { method: 'POST', headers, body }))).status
    }
    expect(await post(1)).toBe(201)
    await cluster.stop()
    expect(await post(2)).toBe(503)
    // A server that starts now has not even its tables.
    const early = postgresStore(connect(cluster, 'postgres'))
    await expect(early.add(entry(3))).rejects.toThrow()
    // The first one has it look for old receipts too, which may fail as well.
    expect(lines.filter((line) => !line.includes('old receipts'))).toEqual([
      expect.stringMatching(/^crumbgate receipts: 503 POST: the store failed: /),
    ])
    await cluster.start()
    await expect.poll(() => post(2), { timeout: 20_000, interval: 200 }).toBe(201)
    expect(await post(1)).toBe(200)
    expect(await early.add(entry(3))).toBe('added')
    await Promise.all([store.close(), early.close()])
  }, 60_000)

  it('is full when it says so', async () => {
    if (typeof cluster === 'string') return
    databases += 1
    const client = connect(cluster, await freshDatabase(cluster, databases))
    const store = postgresStore(client)
    await store.add(entry(1))
    // What PostgreSQL itself raises when a file cannot grow, at the same place.
    await client.unsafe(`
      CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE 'could not extend file' USING ERRCODE = 'disk_full'; END $$;
      CREATE TRIGGER full_disk BEFORE INSERT ON crumbgate_receipts EXECUTE FUNCTION full_disk()`)
    await expect(store.add(entry(2))).rejects.toThrow(StoreFullError)
    await client.unsafe('DROP TRIGGER full_disk ON crumbgate_receipts')
    expect(await store.add(entry(2))).toBe('added')
    await store.close()
  })
})
