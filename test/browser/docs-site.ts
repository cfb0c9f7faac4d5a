import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import sirv from 'sirv'
import { buildDocs } from '../../docs/site/build.mjs'
import { ROOT } from '../docs/blocks'
import { test as base } from './site'

// As strict as a host may be.
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; frame-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types crumbgate"

/** The documentation on a static host: its folder, and its address, which ends with a slash. */
export const test = base.extend<object, { docs: { folder: string; home: string } }>({
  docs: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names out of the pattern
    async ({}, use, { workerIndex }) => {
      const folder = join(ROOT, `test-results/site-${workerIndex}`)
      buildDocs(folder)
      const files = sirv(folder, { setHeaders: (response) => response.setHeader('Content-Security-Policy', POLICY) })
      // Under any path: all links are relative.
      const server = createServer((request, response) => {
        request.url = request.url?.replace(/^\/any\/path/, '') ?? ''
        files(request, response, () => void response.writeHead(404).end())
      })
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      const { port }: AddressInfo = Object(server.address())
      await use({ folder, home: `http://localhost:${port}/any/path/` })
      server.close()
      server.closeAllConnections()
    },
    { scope: 'worker' },
  ],
})
