// Pages, the libraries' files (compressed beforehand, cached by the browser) and the scripts of third parties.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import { build } from 'esbuild'
import { inlineScripts, SITE_CSS, standardScripts } from './page.mjs'

const HERE = new URL('.', import.meta.url)
const TYPES = { js: 'text/javascript', css: 'text/css' }

/** The greatest quality is Node's default. */
export const brotli = (body) => brotliCompressSync(body)

/** What an adapter says of a file: its `text`, a `path`, a `module` of a package, or a source to `build`. */
async function load({ text, path, module, build: source }) {
  if (text !== undefined) return Buffer.from(text)
  if (!source) return readFileSync(path ?? new URL(`node_modules/${module}`, HERE))
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(source, HERE))],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"' },
    jsx: 'automatic',
    logLevel: 'error',
  })
  return Buffer.from(outputFiles[0].contents)
}

/** The held scripts of each page. */
const SCENARIOS = {
  standard: (query) => standardScripts(Number(query.get('d') ?? 0)),
  scale: (query) => inlineScripts(Number(query.get('n'))),
}

const thirdParty = (id, cookie) => `document.cookie='${cookie}=1; path=/';__hit('${id}')`

export async function startServer(libraries) {
  const files = new Map([['/site.css', { raw: Buffer.from(SITE_CSS), packed: brotli(SITE_CSS) }]])
  for (const file of libraries.flatMap((library) => library.files)) {
    file.body = await load(file)
    files.set(file.url, { raw: file.body, packed: brotli(file.body) })
  }

  const server = createServer((request, response) => {
    const { pathname, searchParams: query } = new URL(request.url, 'http://localhost')
    const send = (type, body, headers = { 'Cache-Control': 'no-store' }) =>
      response.writeHead(200, { 'Content-Type': `${type}; charset=utf-8`, ...headers }).end(body)
    const file = files.get(pathname)
    const page = /^\/p\/([\w-]+)\/(\w+)$/.exec(pathname)
    if (file) {
      const packed = String(request.headers['accept-encoding']).includes('br')
      send(TYPES[pathname.split('.').pop()], packed ? file.packed : file.raw, {
        'Cache-Control': 'public, max-age=31536000, immutable',
        ...(packed && { 'Content-Encoding': 'br' }),
      })
    } else if (pathname.startsWith('/tp/')) {
      const script = thirdParty(pathname.slice(4, -3), query.get('c'))
      setTimeout(send, Number(query.get('d')), TYPES.js, script)
    } else if (pathname === '/frame') {
      send('text/html', '<!doctype html><title>embed</title>embedded')
    } else if (page) {
      const { html } = libraries.find(({ name }) => name === page[1])
      const iframe = page[2] === 'standard' ? { src: '/frame', category: 'marketing' } : null
      send('text/html', html({ scripts: SCENARIOS[page[2]](query), iframe }))
    } else {
      response.writeHead(404).end()
    }
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://localhost:${server.address().port}`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
