import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import sirv from 'sirv'

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
 * The examples, the built files under `/dist/`, and the collectors that stand in for the vendors' own.
 * @param {number} port 0 picks a free one
 * @returns {Promise<{ origin: string, thirdParty: string, close: () => Promise<void> }>}
 */
export function serveExamples(port = 0) {
  const pages = files('.')
  const dist = files('../dist')
  let thirdParty = ''

  async function answer(request, response) {
    const { pathname } = new URL(request.url, 'http://localhost')
    const [, section, name = ''] = pathname.split('/')
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
    } else if (pathname === '/') {
      response.writeHead(302, { Location: '/shop/' }).end()
    } else if (/\/$|\.html$/.test(pathname)) {
      // The third party's port is known only now.
      const page = await readFile(here(`.${pathname.replace(/\/$/, '/index.html')}`), 'utf8')
      response.setHeader('Content-Type', 'text/html; charset=utf-8')
      response.end(page.replaceAll('https://third-party.example', thirdParty))
    } else {
      pages(request, response, () => response.writeHead(404).end())
    }
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.writeHead(404).end())
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    // Loopback only, on whatever address family `localhost` means here; the third party is an IPv4 address.
    server.listen(port, THIRD_PARTY, () => {
      const { port: chosen } = server.address()
      thirdParty = `http://${THIRD_PARTY}:${chosen}`
      const close = () =>
        new Promise((done) => {
          server.close(() => done())
          server.closeAllConnections()
        })
      resolve({ origin: `http://localhost:${chosen}`, thirdParty, close })
    })
  })
}
