import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { getRequestListener } from '@hono/node-server'
import sirv from 'sirv'
import { shopBehindServer } from './server/shop.mjs'
import { openStore } from './server/store.mjs'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const files = (path) => sirv(here(path), { dev: true, etag: true })

/** The real third-party scripts, from their packages, under the names that the shop uses. */
const VENDORS = {
  'posthog.js': '../node_modules/posthog-js/dist/array.full.no-external.js',
  'mixpanel.js': '../node_modules/mixpanel-browser/dist/mixpanel.umd.js',
  'amplitude.js': '../node_modules/@amplitude/analytics-browser/lib/scripts/amplitude-min.umd.js',
  'countly.js': '../node_modules/countly-sdk-web/lib/countly.min.js',
}

/** What the collectors answer, so that each vendor's script believes that its data arrived. */
const ANSWERS = { mixpanel: '1', countly: '{"result":"Success"}', amplitude: '{"code":200}' }

/** The host that stands for every third party: the same server by another name, so another origin to the browser. */
const THIRD_PARTY = '127.0.0.1'

/**
 * What answers under `/server/`: made for the first request, so that pages without a server need no database.
 * @param {{ database: string | undefined, thirdParty: string, password: string }} options
 */
function serverExample({ database, ...options }) {
  let store
  let listener
  const start = async () => {
    store = await openStore(database)
    const answer = shopBehindServer({ store, ...options })
    return getRequestListener((request, { incoming }) => answer(request, incoming.socket.remoteAddress))
  }
  return {
    async answer(request, response) {
      listener ??= start()
      try {
        await (await listener)(request, response)
      } catch (error) {
        // With the next request it is tried again.
        listener = undefined
        console.error(`The example's server has failed. ${error}`)
        response.writeHead(503).end()
      }
    },
    close: () => store?.close(),
  }
}

/**
 * The examples, the documentation under `/docs/`, the built files under `/dist/`, and the collectors that stand in for the vendors' own.
 * @param {number} port 0 picks a free one
 * @param {string} [database] where receipts are kept: `postgres://…`, or a file
 * @returns {Promise<{ origin: string, thirdParty: string, password: string, close: () => Promise<void> }>}
 */
export function serveExamples(port = 0, database = process.env.DATABASE) {
  const pages = files('.')
  const dist = files('../dist')
  const docs = files('../docs-dist')
  let thirdParty = ''
  let server
  const password = process.env.OWNER_PASSWORD ?? randomBytes(9).toString('base64url')

  async function answer(request, response) {
    const { pathname } = new URL(request.url, 'http://localhost')
    const [, section, name = ''] = pathname.split('/')
    if (section === 'server') return server.answer(request, response)
    response.setHeader('Access-Control-Allow-Origin', request.headers.origin ?? '*')
    if (section === 'collect') {
      request.resume()
      response.setHeader('Access-Control-Allow-Headers', request.headers['access-control-request-headers'] ?? '*')
      response.setHeader('Access-Control-Allow-Credentials', 'true')
      response.setHeader('Content-Type', 'application/json')
      response.end(ANSWERS[name] ?? '{}')
    } else if (section === 'vendor' && Object.hasOwn(VENDORS, name)) {
      response.setHeader('Content-Type', 'text/javascript')
      response.end(await readFile(here(VENDORS[name])))
    } else if (section === 'dist') {
      request.url = request.url.slice('/dist'.length)
      dist(request, response, () => response.writeHead(404).end())
    } else if (pathname === '/' || pathname === '/docs') {
      response.writeHead(302, { Location: '/docs/' }).end()
    } else if (pathname === '/docs/') {
      // The examples stand beside it here, and only here.
      const home = await readFile(here('../docs-dist/index.html'), 'utf8')
      response.setHeader('Content-Type', 'text/html; charset=utf-8')
      response.end(home.replace('data-examples hidden', 'data-examples'))
    } else if (section === 'docs') {
      request.url = request.url.slice('/docs'.length)
      docs(request, response, () => response.writeHead(404).end())
    } else if (/\/$|\.html$/.test(pathname)) {
      // The third party's port is known only now.
      const page = await readFile(here(`.${pathname.replace(/\/$/, '/index.html')}`), 'utf8')
      response.setHeader('Content-Type', 'text/html; charset=utf-8')
      response.end(page.replaceAll('https://third-party.example', thirdParty))
    } else {
      pages(request, response, () => response.writeHead(404).end())
    }
  }

  const http = createServer((request, response) => {
    answer(request, response).catch(() => response.writeHead(404).end())
  })
  return new Promise((resolve, reject) => {
    http.once('error', reject)
    // Loopback only, on whatever address family `localhost` means here; the third party is an IPv4 address.
    http.listen(port, THIRD_PARTY, () => {
      const { port: chosen } = http.address()
      thirdParty = `http://${THIRD_PARTY}:${chosen}`
      server = serverExample({ database, thirdParty, password })
      const close = () =>
        new Promise((done) => {
          http.close(() => done(server.close()))
          http.closeAllConnections()
        })
      resolve({ origin: `http://localhost:${chosen}`, thirdParty, password, close })
    })
  })
}
