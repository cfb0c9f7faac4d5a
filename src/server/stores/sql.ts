import { isMethod, readReceipt } from '../../receipts/read'
import type { Method } from '../../types'
import { type DayCount, type Outcome, type ReceiptStore, type StoredReceipt, StoreFullError } from '../store'
import { inBatches } from './batch'

type Value = string | number
export type Row = Readonly<Record<string, unknown>>

/** One database, by its driver. */
export interface Driver {
  /** Run a statement that returns rows. `$1`, `$2` … stand for the values, each once, in their order. */
  query(text: string, values: readonly Value[]): Promise<readonly Row[]>
  /** Run a statement that returns none. */
  run(text: string): Promise<void>
  /** Whether the error says that there is no room left. */
  isFull(error: unknown): boolean
  close(): Promise<void>
}

/**
 * The versions of the schema, each made from the one before. Nothing but what SQLite, PostgreSQL and the distributed
 * databases that speak its language have in common: a key of random text, no sequence, no trigger, no type of our own.
 */
const MIGRATIONS: readonly (readonly string[])[] = [
  [
    `CREATE TABLE IF NOT EXISTS crumbgate_receipts (
      id TEXT NOT NULL PRIMARY KEY,
      day TEXT NOT NULL,
      received_at BIGINT NOT NULL,
      choices TEXT NOT NULL,
      body TEXT NOT NULL
    )`,
    'CREATE INDEX IF NOT EXISTS crumbgate_receipts_day ON crumbgate_receipts (day)',
  ],
]
const VERSIONS = 'CREATE TABLE IF NOT EXISTS crumbgate_versions (version INTEGER NOT NULL PRIMARY KEY)'

/** Rows in one statement, five values each. */
const BATCHES = { size: 500, queue: 5000, patience: 10_000 }

/** Make the schema, also where another server is making it at the same time. */
async function migrate({ run, query }: Driver): Promise<void> {
  // "If not exists" does not hold between two that begin together; the second time it does.
  const make = (statement: string) => run(statement).catch(() => run(statement))
  const versions = () => query('SELECT version FROM crumbgate_versions', [])
  // Not there yet, if this fails; or the database is not, and the rest fails too.
  const rows = await versions().catch(() => make(VERSIONS).then(versions))
  const done = rows.map(({ version }) => Number(version))
  for (const [index, statements] of MIGRATIONS.entries()) {
    if (done.includes(index + 1)) continue
    for (const statement of statements) await make(statement)
    await query(
      'INSERT INTO crumbgate_versions (version) VALUES ($1) ON CONFLICT (version) DO NOTHING RETURNING version',
      [index + 1],
    )
  }
}

const placeholders = (rows: number, columns: number) =>
  Array.from(
    { length: rows },
    (_, row) => `(${Array.from({ length: columns }, (_, column) => `$${row * columns + column + 1}`).join(', ')})`,
  ).join(', ')

function entryOf({ id, body, received_at }: Row): StoredReceipt {
  const receipt = readReceipt(JSON.parse(`${body}`))
  if (!receipt) throw new Error(`What is stored as ${id} is no receipt of this version.`)
  return { receipt, receivedAt: Number(received_at) }
}

/** By the server's clock: those of visitors are anything. */
const dayOf = ({ receivedAt }: StoredReceipt) => new Date(receivedAt).toISOString().slice(0, 10)

/** What is counted: how it was decided, and the categories that it allowed. */
const choicesOf = ({ receipt: { method, granted } }: StoredReceipt) => [method, ...granted].join(' ')

function countDays(rows: readonly Row[]): DayCount[] {
  const days = new Map<
    string,
    { decisions: number; methods: Partial<Record<Method, number>>; granted: Map<string, number> }
  >()
  for (const { day, choices, n } of rows) {
    const [method, ...categories] = `${choices}`.split(' ')
    const number = Number(n)
    const count = days.get(`${day}`) ?? { decisions: 0, methods: {}, granted: new Map<string, number>() }
    count.decisions += number
    if (isMethod(method)) count.methods[method] = (count.methods[method] ?? 0) + number
    for (const key of categories) count.granted.set(key, (count.granted.get(key) ?? 0) + number)
    days.set(`${day}`, count)
  }
  return [...days].map(([day, { granted, ...count }]) => ({ day, ...count, granted: Object.fromEntries(granted) }))
}

/** A store in an SQL database. Its tables are made when it is first used. */
export function sqlStore(driver: Driver): ReceiptStore {
  let ready: Promise<void> | undefined

  async function query(text: string, values: readonly Value[] = []): Promise<readonly Row[]> {
    try {
      ready ??= migrate(driver)
      await ready
    } catch (error) {
      ready = undefined
      throw driver.isFull(error) ? new StoreFullError('No room for the tables.', { cause: error }) : error
    }
    try {
      return await driver.query(text, values)
    } catch (error) {
      throw driver.isFull(error) ? new StoreFullError('No room left.', { cause: error }) : error
    }
  }

  async function addAll(entries: readonly StoredReceipt[]): Promise<Outcome[]> {
    // A statement may not name an id twice.
    const first = new Map<string, StoredReceipt>()
    for (const entry of entries) if (!first.has(entry.receipt.id)) first.set(entry.receipt.id, entry)
    const rows = [...first.values()]
    const added = await query(
      `INSERT INTO crumbgate_receipts (id, day, received_at, choices, body) VALUES ${placeholders(rows.length, 5)}
      ON CONFLICT (id) DO NOTHING RETURNING id`,
      rows.flatMap((entry) => [
        entry.receipt.id,
        dayOf(entry),
        entry.receivedAt,
        choicesOf(entry),
        JSON.stringify(entry.receipt),
      ]),
    )
    const isAdded = new Set(added.map(({ id }) => `${id}`))
    const bodies = new Map(rows.map(({ receipt }) => [receipt.id, JSON.stringify(receipt)]))
    const others = rows.map(({ receipt }) => receipt.id).filter((id) => !isAdded.has(id))
    if (others.length > 0) {
      const found = await query(
        `SELECT id, body FROM crumbgate_receipts WHERE id IN ${placeholders(1, others.length)}`,
        others,
      )
      for (const { id, body } of found) bodies.set(`${id}`, `${body}`)
    }
    return entries.map((entry) => {
      const { id } = entry.receipt
      if (bodies.get(id) !== JSON.stringify(entry.receipt)) return 'conflict'
      return isAdded.has(id) && first.get(id) === entry ? 'added' : 'known'
    })
  }

  async function removeAll(ids: readonly string[]): Promise<number> {
    if (ids.length === 0) return 0
    const removed = await query(
      `DELETE FROM crumbgate_receipts WHERE id IN ${placeholders(1, ids.length)} RETURNING id`,
      ids,
    )
    return removed.length
  }

  return {
    add: inBatches(addAll, BATCHES),
    async get(id) {
      const [row] = await query('SELECT id, received_at, body FROM crumbgate_receipts WHERE id = $1', [id])
      return row ? entryOf(row) : null
    },
    async list(after, limit) {
      const rows = await query(
        'SELECT id, received_at, body FROM crumbgate_receipts WHERE id > $1 ORDER BY id LIMIT $2',
        [after, limit],
      )
      return rows.map(entryOf)
    },
    async counts(from, to) {
      const rows = await query(
        `SELECT day, choices, COUNT(*) AS n FROM crumbgate_receipts WHERE day >= $1 AND day <= $2
        GROUP BY day, choices ORDER BY day`,
        [from, to],
      )
      return countDays(rows)
    },
    async remove(id) {
      return (await removeAll([id])) > 0
    },
    async removeBefore(day, limit) {
      // By their ids, since distributed databases have no limit on a deletion.
      const rows = await query('SELECT id FROM crumbgate_receipts WHERE day < $1 LIMIT $2', [
        day,
        Math.min(limit, 1000),
      ])
      return removeAll(rows.map(({ id }) => `${id}`))
    },
    close: () => driver.close(),
  }
}
