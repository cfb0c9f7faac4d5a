import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import Database from 'libsql'
import postgres from 'postgres'
import { afterAll, describe, expect, it } from 'vitest'
import { postgresStore } from '../../src/server/stores/postgres'
import { sqliteStore } from '../../src/server/stores/sqlite'
import { cookieFor } from '../../src/testing'
import { which } from '../apt.mjs'
import { freePort } from '../port.mjs'
import { createCluster } from './postgres.mjs'
import { sampleReceipt } from './sample'

const root = join(import.meta.dirname, '../..')
const docs = readFileSync(join(root, 'docs/server.md'), 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'crumbgate-recipes-'))
// Inside the package, so that it can import itself by its name.
const scripts = join(root, 'test-results/recipes')
mkdirSync(scripts, { recursive: true })
const running: ChildProcess[] = []
const cluster = await createCluster()

afterAll(async () => {
  for (const child of running) child.kill('SIGKILL')
  if (typeof cluster !== 'string') await cluster.remove()
  rmSync(folder, { recursive: true, force: true })
})

/** A block of the page, by its language and its first line. */
function recipe(language: string, start: string): string {
  const [, text] = docs.split(`\`\`\`${language}\n${start}`)
  if (!text) throw new Error(`docs/server.md has no ${language} block that begins with ${start}`)
  return start + text.slice(0, text.indexOf('```'))
}

const has = (command: string) => which(command) !== undefined

function start(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
  const child = spawn(command, args, {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.push(child)
  return child
}

async function untilAnswered(origin: string): Promise<void> {
  await expect
    .poll(
      () =>
        fetch(origin).then(
          () => true,
          () => false,
        ),
      { timeout: 20_000 },
    )
    .toBe(true)
}

/** Start a recipe of ours for Node. */
async function startNode(name: string): Promise<string> {
  writeFileSync(join(scripts, name), recipe('js', `// ${name}`))
  const child = start(process.execPath, [join(scripts, name)], { PORT: '0', DATABASE: join(folder, `${name}.db`) })
  if (!child.stdout) throw new Error('No output.')
  for await (const line of createInterface({ input: child.stdout })) {
    const port = /^ready (\d+)$/.exec(line)?.[1]
    if (port) return `http://localhost:${port}`
  }
  throw new Error(`${name} has ended.`)
}

const post = async (address: string, body: object, type = 'application/json') =>
  (await fetch(address, { method: 'POST', headers: { 'Content-Type': type }, body: JSON.stringify(body) })).status

const { name, value } = cookieFor({ granted: ['marketing'] })
const headers = { cookie: `${name}=${value}` }

describe.each(['express.mjs', 'hono.mjs'])('the recipe %s', (script) => {
  it('reads and renews the choice, and keeps receipts', async () => {
    const origin = await startNode(script)
    const page = await fetch(origin, { headers })
    expect(await page.text()).toBe('Allowed: marketing')
    expect(page.headers.get('set-cookie')).toMatch(
      new RegExp(`^crumbgate=${value}; Path=/; Max-Age=3153\\d+; SameSite=Lax$`),
    )
    const stranger = await fetch(origin)
    expect([await stranger.text(), stranger.headers.get('set-cookie')]).toEqual(['Allowed: nothing', null])
    const receipt = sampleReceipt(1)
    expect([await post(`${origin}/consent`, receipt), await post(`${origin}/consent`, receipt)]).toEqual([201, 200])
    expect(await (await fetch(`${origin}/consent/${receipt.id}`)).json()).toMatchObject({ receipt })
    expect((await fetch(`${origin}/consent?export`)).status).toBe(403)
  }, 30_000)
})

if (typeof cluster === 'string') console.log(`Moving to PostgreSQL is skipped: ${cluster}`)
describe.skipIf(typeof cluster === 'string')('the recipe move.mjs', () => {
  it('moves everything, as often as one likes', async () => {
    if (typeof cluster === 'string') return
    const entries = Array.from({ length: 1100 }, (_, number) => ({
      receipt: sampleReceipt(number),
      receivedAt: number,
    }))
    const from = sqliteStore(new Database(join(folder, 'receipts.db')))
    await Promise.all(entries.map(from.add))
    await from.close()
    writeFileSync(join(scripts, 'move.mjs'), recipe('js', '// move.mjs'))
    for (const _ of ['once', 'again']) {
      const [status] = await once(
        start(process.execPath, [join(scripts, 'move.mjs')], { DATABASE_URL: cluster.url }),
        'exit',
      )
      expect(status).toBe(0)
    }
    const to = postgresStore(postgres(cluster.url, { onnotice: () => {} }))
    const byTime = [...(await to.list('', 2000))].sort((a, b) => a.receivedAt - b.receivedAt)
    await to.close()
    expect(byTime).toEqual(entries)
  }, 60_000)
})

if (!has('php')) console.log('The recipe for PHP is skipped: no php here (Debian: apt-get install php-cli php-sqlite3)')
describe.skipIf(!has('php'))('the recipe for PHP', () => {
  it('keeps receipts, and reads and renews the choice', async () => {
    writeFileSync(join(folder, 'consent.php'), recipe('php', '<?php // consent.php'))
    writeFileSync(join(folder, 'choice.php'), recipe('php', '<?php // choice.php'))
    const page = "<?php require 'choice.php'; crumbgate_renew(); echo crumbgate_allows('marketing') ? 'yes' : 'no';"
    writeFileSync(join(folder, 'page.php'), page)
    const origin = `http://127.0.0.1:${await freePort()}`
    start('php', ['-S', origin.replace('http://', ''), '-t', folder], { DATABASE: join(folder, 'php.db') })
    await untilAnswered(`${origin}/page.php`)
    const endpoint = `${origin}/consent.php`
    const receipt = sampleReceipt(1)
    const statuses = []
    for (const body of [receipt, receipt, { ...receipt, revision: 9 }]) {
      statuses.push(await post(endpoint, body))
    }
    expect(statuses).toEqual([201, 200, 409])
    for (const wrong of [
      { version: 2 },
      { at: '2099-99-99T99:99:99Z' },
      { revision: -5 },
      { hash: '<script>' },
      { locale: { ip: '192.0.2.1' } },
      { granted: [{ url: 'https://shop.example/' }] },
      { services: 'anything' },
      { services: { films: 'yes' } },
      { ip: '192.0.2.1' },
    ]) {
      expect([wrong, await post(endpoint, { ...sampleReceipt(2), ...wrong })]).toEqual([wrong, 422])
    }
    expect(await post(endpoint, { ...sampleReceipt(3), services: {}, hash: null })).toBe(201)
    expect(await post(endpoint, receipt, 'text/plain')).toBe(415)
    expect(await (await fetch(`${endpoint}?id=${receipt.id}`)).json()).toEqual(receipt)
    expect((await fetch(`${endpoint}?id=0`)).status).toBe(404)
    const known = await fetch(`${origin}/page.php`, { headers })
    expect([await known.text(), known.headers.get('set-cookie')?.startsWith(`crumbgate=${value}; `)]).toEqual([
      'yes',
      true,
    ])
    const older = cookieFor({ at: Date.now() - 100_000 }).value
    for (const cookie of [
      'crumbgate=1.x',
      `crumbgate=${cookieFor({ granted: ['marketing'], at: Date.now() + 3 * 86_400_000 }).value}`,
      headers.cookie.replace('marketing', 'm%61rketing'),
    ]) {
      const stranger = await fetch(`${origin}/page.php`, { headers: { cookie } })
      expect([await stranger.text(), stranger.headers.get('set-cookie')]).toEqual(['no', null])
    }
    for (const [days, answer] of [
      [1, 'yes'],
      [-1, 'no'],
    ] as const) {
      const until = Math.floor(Date.now() / 1000) + days * 86_400
      const cookie = `crumbgate=${value.replace('.custom.', `.import-${until}.`)}`
      const taken = await fetch(`${origin}/page.php`, { headers: { cookie } })
      expect([await taken.text(), taken.headers.get('set-cookie')?.startsWith(`${cookie}; `)]).toEqual([answer, true])
    }
    const both = await fetch(`${origin}/page.php`, { headers: { cookie: `crumbgate=${older}; ${headers.cookie}` } })
    expect(await both.text()).toBe('yes')
  }, 30_000)
})

if (!has('nginx')) console.log('The recipe for nginx is skipped: no nginx here (Debian: apt-get install nginx-light)')
describe.skipIf(!has('nginx'))('the recipe for nginx', () => {
  it('renews the choice in front of anything', async () => {
    const port = await freePort()
    const site = recipe('nginx', 'map ').replace('8080', `127.0.0.1:${port}`).replace('/var/www/html', folder)
    writeFileSync(join(folder, 'index.html'), 'page')
    writeFileSync(
      join(folder, 'nginx.conf'),
      `daemon off; pid ${folder}/nginx.pid; error_log stderr; user root; events {} http { access_log off; ${site} }`,
    )
    start('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')])
    const origin = `http://127.0.0.1:${port}`
    await untilAnswered(origin)
    const page = await fetch(origin, { headers })
    expect(page.headers.get('set-cookie')).toBe(`crumbgate=${value}; Path=/; Max-Age=34560000; SameSite=Lax; Secure`)
    const renewed = async (sent: Record<string, string>) =>
      (await fetch(origin, { headers: sent })).headers.get('set-cookie')
    expect(await renewed({ cookie: `a=1; ${headers.cookie}; b=2`, 'sec-fetch-dest': 'document' })).toContain(
      `crumbgate=${value};`,
    )
    expect(await renewed({ cookie: 'crumbgate=1; a=2' })).toBe(null)
    expect(await renewed({ ...headers, 'sec-fetch-dest': 'image' })).toBe(null)
    expect(await renewed({ cookie: `${headers.cookie}; crumbgate=2` })).toBe(null)
  }, 30_000)
})
