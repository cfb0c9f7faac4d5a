import { createHash, timingSafeEqual } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { readChoice, receipts, renewCookie } from '../../dist/server.js'
import { ownerPage } from './owner.mjs'

const TAG = '<script src="/dist/crumbgate.js"></script>'
const digest = (text) => createHash('sha256').update(text).digest()
const html = (body, headers = {}) =>
  new Response(body, { headers: { 'Content-Type': 'text/html; charset=utf-8', ...headers } })

/** What the server knows of the visitor before the page is there. */
function greeting(choice) {
  if (!choice) return 'The server has rendered this page for a visitor who has not decided: without anything optional.'
  const allowed = choice.granted.join(', ') || 'nothing optional'
  return `The server has rendered this page for a visitor who has allowed: ${allowed}. Choice ${choice.id}.`
}

/**
 * The shop behind a server that knows the choice, keeps it alive and keeps the receipts.
 * @param {{ store: import('../../dist/server.js').ReceiptStore, password: string, thirdParty: string }} options
 * @returns {(request: Request, client?: string) => Promise<Response>} for everything under `/server/`
 */
export function shopBehindServer({ store, password, thirdParty }) {
  const wanted = digest(`Basic ${btoa(`owner:${password}`)}`)
  const isOwner = ({ headers }) => timingSafeEqual(digest(headers.get('authorization') ?? ''), wanted)
  const receive = receipts(store, { isOwner })

  async function page(request, name) {
    const choice = readChoice(request.headers.get('cookie'))
    const text = await readFile(new URL(`../shop/${name}`, import.meta.url), 'utf8')
    // A hint that would tell the other site of the visit, so only for those who have allowed it.
    const hint = choice?.granted.includes('marketing') ? `<link rel="preconnect" href="${thirdParty}">` : ''
    const body = text
      .replaceAll('https://third-party.example', thirdParty)
      .replace(
        TAG,
        `${TAG.replace('></', ' data-receipts="/server/consent" data-policy="/server/privacy.html"></')}${hint}`,
      )
      .replace('</head>', '<link rel="stylesheet" href="server.css"></head>')
      .replace('</header>', `</header><p class="known">${greeting(choice)}</p>`)
    const renewed = renewCookie(request)
    return html(body, { 'Cache-Control': 'private, no-cache', ...(renewed ? { 'Set-Cookie': renewed } : {}) })
  }

  return async (request, client) => {
    const { pathname } = new URL(request.url)
    const name = pathname.replace(/^\/server\//, '')
    if (/^consent(\/|$)/.test(name)) return receive(request, client)
    if (name === 'owner') {
      if (isOwner(request)) return ownerPage(request, store)
      return new Response('For the owner.', { status: 401, headers: { 'WWW-Authenticate': 'Basic realm="owner"' } })
    }
    if (/^(index\.html|product\.html|privacy\.html|film\.html)?$/.test(name)) return page(request, name || 'index.html')
    if (name === 'server.css') {
      return new Response(await readFile(new URL(name, import.meta.url)), { headers: { 'Content-Type': 'text/css' } })
    }
    if (!/^\w+\.(css|js|svg)$/.test(name)) return new Response('Not found', { status: 404 })
    return Response.redirect(new URL(`/shop/${name}`, request.url), 307)
  }
}
