// Plain pages, and the installed package as three places give it: a folder of the site, a CDN, and a CDN without CORS.
// The CDNs are another origin: 127.0.0.1, while the pages are on localhost.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'

const PORT = Number(process.env.PORT)
const TYPES = { '.js': 'text/javascript', '.json': 'application/json', '.map': 'application/json' }
const { version } = JSON.parse(readFileSync('node_modules/crumbgate/package.json', 'utf8'))
const { files } = JSON.parse(readFileSync('node_modules/crumbgate/dist/sri.json', 'utf8'))
const cdn = `http://127.0.0.1:${PORT}/npm/crumbgate@${version}/dist`

/** A page's source, with what all have, and what differs by version and port. */
const page = (name) =>
  readFileSync(name, 'latin1')
    .replace('{body}', readFileSync('body.html', 'latin1'))
    .replaceAll('{cdn}', cdn)
    .replaceAll('{cdn without CORS}', cdn.replace('/npm/', '/closed/'))
    .replace('{integrity}', files['crumbgate.js'])

createServer(({ url, headers: { host } }, response) => {
  const { pathname } = new URL(url, 'http://localhost')
  const [, place, path] = /^\/(assets|npm|closed)\/(?:crumbgate@[^/]+\/dist\/)?([\w./-]+)$/.exec(pathname) ?? []
  try {
    if (path && (place === 'assets' || host.startsWith('127.0.0.1'))) {
      const body = readFileSync(join('node_modules/crumbgate/dist', normalize(`/${path}`)))
      const cors = place === 'npm' ? { 'Access-Control-Allow-Origin': '*' } : {}
      // Without a charset, as plain servers send it.
      response.writeHead(200, { 'Content-Type': TYPES[extname(path)], ...cors }).end(body)
    } else {
      const name = normalize(pathname).slice(1) || 'folder.html'
      const type = name.startsWith('windows') ? 'text/html; charset=windows-1252' : 'text/html'
      response.writeHead(200, { 'Content-Type': type }).end(page(name), 'latin1')
    }
  } catch {
    response.writeHead(404).end()
  }
}).listen(PORT, '127.0.0.1')
