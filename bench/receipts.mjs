// How fast receipts are taken in, and what that costs once there are many: npm run bench:server [most] [database]
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '../examples/server/store.mjs'
import { createCluster } from '../test/server/postgres.mjs'
import { startServer } from '../test/server/process.mjs'

const MOST = Number(process.argv[2] ?? 1_000_000)
const ONLY = process.argv[3] ?? ''
const SIZES = [10_000, 100_000, 1_000_000].filter((size) => size <= MOST)
const CONNECTIONS = 50
const SENT = 5000
const DAY = 86_400_000

let made = 0
/** A receipt of its own, of one of the last 365 days. */
function receipt() {
  made += 1
  const id = `${((made * 2_654_435_761) % 2 ** 32).toString(16).padStart(8, '0')}${made.toString(16).padStart(24, '0')}`
  const at = new Date(Date.now() - (made % 365) * DAY).toISOString().replace(/\.\d+/, '')
  const granted = made % 3 ? ['performance'] : []
  return {
    version: 1,
    id,
    at,
    revision: 0,
    hash: 'ab'.repeat(32),
    locale: 'en',
    regime: 'opt-in',
    signals: [],
    method: granted.length ? 'custom' : 'reject',
    granted,
    denied: ['functional', 'marketing'],
    services: { ads: false, films: granted.length > 0 },
  }
}

const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })

/** @returns milliseconds until the answer was there */
function ask(origin, method, path, body) {
  const before = performance.now()
  return new Promise((resolve, reject) => {
    const headers = body ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } : {}
    const request = httpRequest(`${origin}${path}`, { method, agent, headers }, (response) => {
      response.resume()
      response.once('end', () => {
        if (response.statusCode < 300) resolve(performance.now() - before)
        else reject(new Error(`${method} ${path} was answered ${response.statusCode}.`))
      })
    })
    request.once('error', reject)
    request.end(body)
  })
}

/** @returns milliseconds of each, and how many a second */
async function load(count, one) {
  const times = []
  let left = count
  const before = performance.now()
  const client = async () => {
    while (left > 0) {
      left -= 1
      times.push(await one())
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, client))
  return { times: times.sort((a, b) => a - b), perSecond: (count * 1000) / (performance.now() - before) }
}

const at = (times, share) => times[Math.min(times.length - 1, Math.floor(times.length * share))]
const ms = (value) => `${value.toFixed(1)} ms`.padStart(9)

async function fill(store, count) {
  for (let left = count; left > 0; left -= 500) {
    const some = Array.from({ length: Math.min(500, left) }, () =>
      store.add({ receipt: receipt(), receivedAt: Date.now() }),
    )
    await Promise.all(some)
  }
}

async function measure(name, database) {
  console.log(`\n${name}, ${CONNECTIONS} connections, ${SENT} receipts each time`)
  console.log('     stored    taken in    median       p99   one by id, p99   counts of 30 days')
  const store = await openStore(database)
  const rates = []
  let stored = 0
  for (const size of SIZES) {
    await fill(store, size - stored)
    const server = await startServer(database)
    await load(500, () => ask(server.origin, 'POST', '/consent', JSON.stringify(receipt())))
    const known = []
    const { times, perSecond } = await load(SENT, () => {
      const one = receipt()
      known.push(one.id)
      return ask(server.origin, 'POST', '/consent', JSON.stringify(one))
    })
    const reads = await load(SENT, () =>
      ask(server.origin, 'GET', `/consent/${known[Math.floor(Math.random() * known.length)]}`),
    )
    const before = performance.now()
    await store.counts(new Date(Date.now() - 30 * DAY).toISOString().slice(0, 10), '2100-01-01')
    const counting = performance.now() - before
    await server.kill()
    stored = size + 500 + SENT
    rates.push(perSecond)
    console.log(
      `${`${size}`.padStart(11)} ${`${perSecond.toFixed(0)}/s`.padStart(11)} ${ms(at(times, 0.5))} ${ms(at(times, 0.99))} ${ms(at(reads.times, 0.99)).padStart(16)} ${ms(counting).padStart(19)}`,
    )
  }
  console.log(`  throughput with ${SIZES.at(-1)} to that with ${SIZES[0]}: ${(rates.at(-1) / rates[0]).toFixed(2)}`)
  await store.close()
}

const folder = mkdtempSync(join(tmpdir(), 'crumbgate-bench-'))
const cluster = await createCluster()
try {
  if ('SQLite'.includes(ONLY)) await measure('SQLite', join(folder, 'receipts.db'))
  if (typeof cluster === 'string') console.log(`\nPostgreSQL: ${cluster}`)
  else if ('PostgreSQL'.includes(ONLY)) await measure('PostgreSQL', cluster.url)
} finally {
  rmSync(folder, { recursive: true, force: true })
  if (typeof cluster !== 'string') await cluster.remove()
  agent.destroy()
}
