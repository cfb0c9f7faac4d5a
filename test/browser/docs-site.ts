import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname } from 'node:path'
import { test as base } from './site'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.json': 'application/json',
}
// As strict as a host may be.
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; img-src 'self' data:"

/** The documentation as a static host has it: `docs/` under `/docs/`, the built library under `/docs/dist/`. */
export const test = base.extend<{ docs: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names out of the pattern
  docs: async ({}, use) => {
    const server = createServer(async ({ url = '/' }, response) => {
      const { pathname } = new URL(url, 'http://localhost')
      const path = pathname.replace(/\/$/, '/index.html').replace(/^\/docs\/dist\//, '/dist/')
      try {
        const body = await readFile(new URL(`../..${path}`, import.meta.url))
        response.writeHead(200, {
          'Content-Type': TYPES[extname(path)] ?? 'text/plain',
          'Content-Security-Policy': POLICY,
        })
        response.end(body)
      } catch {
        response.writeHead(404).end()
      }
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port }: AddressInfo = Object(server.address())
    await use(`http://localhost:${port}/docs`)
    server.close()
    server.closeAllConnections()
  },
})
