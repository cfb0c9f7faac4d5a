import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startServer } from './process.mjs'
import { sampleReceipt } from './sample'

const folder = mkdtempSync(join(tmpdir(), 'crumbgate-http-'))
let server: Awaited<ReturnType<typeof startServer>>
beforeAll(async () => {
  server = await startServer(join(folder, 'receipts.db'), 1000)
})
afterAll(async () => {
  await server.kill()
  rmSync(folder, { recursive: true, force: true })
})

const HEAD = 'POST /consent HTTP/1.1\r\nHost: shop.example\r\nContent-Type: application/json\r\n'
const CHUNK = 'a'.repeat(65_536)

/** Speak HTTP by hand. @returns the status line; '' if the connection ended without one */
async function speak(say: (write: (text: string) => boolean) => void): Promise<string> {
  const socket = connect(Number(new URL(server.origin).port), '127.0.0.1')
  let text = ''
  socket.on('data', (data) => {
    text += data
    if (text.includes('\r\n')) socket.destroy()
  })
  // The server may hang up while we are still talking.
  socket.on('error', () => {})
  await once(socket, 'connect')
  say((said) => socket.writable && socket.write(said))
  await once(socket, 'close')
  return text.split('\r\n')[0] ?? ''
}

/** The next one gets through. */
async function expectAlive(number: number): Promise<void> {
  const body = JSON.stringify(sampleReceipt(number))
  const headers = { 'content-type': 'application/json' }
  expect((await fetch(`${server.origin}/consent`, { method: 'POST', headers, body })).status).toBe(201)
}

it.each<[string, string, (write: (text: string) => boolean) => void]>([
  [
    '413 to 10 MB that say so',
    'HTTP/1.1 413 Payload Too Large',
    (write) => {
      write(`${HEAD}Content-Length: 10485760\r\n\r\n`)
      for (let part = 0; part < 160; part += 1) write(CHUNK)
    },
  ],
  [
    '413 to 10 MB that do not say how much they are',
    'HTTP/1.1 413 Payload Too Large',
    (write) => {
      write(`${HEAD}Transfer-Encoding: chunked\r\n\r\n`)
      for (let part = 0; part < 160; part += 1) write(`10000\r\n${CHUNK}\r\n`)
      write('0\r\n\r\n')
    },
  ],
  [
    '408 to a client that stops in the middle',
    'HTTP/1.1 408 Request Timeout',
    (write) => {
      write(`${HEAD}Content-Length: 400\r\n\r\n{"version":1,`)
    },
  ],
  [
    '400 to what is no HTTP',
    'HTTP/1.1 400 Bad Request',
    (write) => {
      write('\u0000\u0001\u0002\r\n\r\n')
    },
  ],
])('answers %s, and goes on', async (_, status, say) => {
  expect(await speak(say)).toBe(status)
  await expectAlive(status.length * 1000 + _.length)
})

it('outlives a client that goes away in the middle of a body', async () => {
  const socket = connect(Number(new URL(server.origin).port), '127.0.0.1')
  socket.on('error', () => {})
  await once(socket, 'connect')
  socket.write(`${HEAD}Content-Length: 400\r\n\r\n{"version":1,`)
  const before = server.log.length
  await expectAlive(90_001)
  socket.resetAndDestroy()
  await expect.poll(() => server.log.length).toBe(before + 1)
  expect(server.log.at(-1)).toMatch(/^crumbgate receipts: 400 POST: broken off$/)
  await expectAlive(90_002)
})

it('writes one line for each of them', () => {
  expect(server.log.map((line) => /^crumbgate receipts: (\d+) POST: /.exec(line)?.[1])).toEqual([
    '413',
    '413',
    '408',
    '400',
  ])
})
