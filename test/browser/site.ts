import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { type BrowserContext, test as base, expect, type Page } from '@playwright/test'
import { cookieFor } from '../../src/testing'
import { keepReached, keepResult, mutantsOf, mutatedBuild } from '../mutation/build'

export { expect }

export interface PageSource {
  head?: string
  body?: string
  /** Of `<html>`. Default: en. */
  lang?: string
  /** Our script tag; `''` for none. Default: first in the head, no options. */
  tag?: string
  headers?: Record<string, string>
  /** Send it in pieces of this many characters. */
  pieces?: number
  /** Milliseconds between the pieces. */
  pause?: number
}

/** A site of the test's own, on a host of its own. */
export interface Site {
  readonly origin: string
  /** Every path that was asked for, in order. */
  readonly requests: string[]
  /** Publish a page; returns its address. */
  page(source: PageSource, path?: string): string
  /** Publish a script of the test's own. */
  file(path: string, text: string): void
}

/** Notes what runs: `run('a')` in any script adds `a` to `window.ran`, with what `document.currentScript` was. */
export const RECORDER =
  '<script>window.ran = []; window.run = (name) => { ran.push(name); const s = document.currentScript; (window.seen ||= {})[name] = s && (s.id || s.getAttribute("src") || "inline") }</script>'

export const TAG = '<script src="/dist/crumbgate.js"></script>'

/** Options, and the script tag that reads them. */
export const config = (options: object) => `<script>window.crumbgateConfig = ${JSON.stringify(options)}</script>${TAG}`

/** A held script. */
export const marked = (attributes: string, text = '', consent = 'marketing') =>
  `<script type="text/plain" data-consent="${consent}" ${attributes}>${text}</script>`

/** A script that notes its own run: `<script src="/s/name.js?ms=50">`. */
function script(path: URL): { body: string; ms: number } {
  const name = path.pathname.slice('/s/'.length).replace(/\.m?js$/, '')
  return { body: `run('${name}')`, ms: Number(path.searchParams.get('ms') ?? 0) }
}

function start(reached: Set<string>, mutants: readonly string[]): Promise<{ server: Server; site: Site }> {
  const pages = new Map<string, PageSource>()
  const files = new Map<string, string>()
  const requests: string[] = []

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost')
    if (url.pathname === '/mutants') {
      for (const id of JSON.parse(String(Buffer.concat(await request.toArray())))) reached.add(id)
      response.writeHead(204).end()
      return
    }
    requests.push(`${url.pathname}${url.search}`)
    const page = pages.get(url.pathname)
    if (page) {
      const {
        head = '',
        body = '',
        lang = 'en',
        tag = TAG,
        headers = {},
        pieces = Number.POSITIVE_INFINITY,
        pause = 5,
      } = page
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', ...headers })
      const nonce = /nonce-([\w-]+)/.exec(headers['Content-Security-Policy'] ?? '')?.[1]
      const recorder = nonce ? RECORDER.replace('<script', `<script nonce="${nonce}"`) : RECORDER
      const html = `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><link rel="icon" href="data:,"><title>Page</title>${recorder}${tag}${head}</head><body>${body}</body></html>`
      for (let at = 0; at < html.length; at += pieces) {
        response.write(html.slice(at, at + pieces))
        if (Number.isFinite(pieces)) await wait(pause)
      }
      response.end()
    } else if (files.has(url.pathname)) {
      response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(files.get(url.pathname))
    } else if (/^\/(dist|npm)\//.test(url.pathname)) {
      const path = url.pathname.replace(/^\/npm/, '/node_modules')
      response.writeHead(200, { 'Content-Type': path.endsWith('.json') ? 'application/json' : 'text/javascript' })
      response.end(mutatedBuild(path, mutants) ?? (await readFile(new URL(`../..${path}`, import.meta.url))))
    } else if (url.pathname.startsWith('/s/')) {
      const { body, ms } = script(url)
      await wait(ms)
      response.writeHead(200, { 'Content-Type': 'text/javascript', 'Access-Control-Allow-Origin': '*' }).end(body)
    } else if (url.pathname.startsWith('/frame/')) {
      response
        .writeHead(200, { 'Content-Type': 'text/html' })
        .end(`<!doctype html><title>Frame</title><p>${url.pathname}`)
    } else {
      response.writeHead(404).end()
    }
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port }: AddressInfo = Object(server.address())
      const origin = `http://localhost:${port}`
      const page = (source: PageSource, path = `/p/${pages.size}`) => {
        pages.set(path, source)
        return origin + path
      }
      const file = (path: string, text: string) => files.set(path, text)
      resolve({ server, site: { origin, requests, page, file } })
    })
  })
}

/** Stretch the second that the dialog waits for its language; for pages that a test opens itself. */
export const stretchSecond = (page: Page) =>
  page.addInitScript(() => {
    const { setTimeout } = window
    const stretched = (act: TimerHandler, delay?: number) => setTimeout(act, delay === 1000 ? 20_000 : delay)
    Object.assign(window, { setTimeout: stretched })
  })

/** A tab that has run tests before has its pointer somewhere, and its history is full at 50 steps. */
async function beLikeNew(page: Page): Promise<void> {
  const cdp = await page.context().newCDPSession(page)
  await Promise.all([page.mouse.move(0, 0), cdp.send('Page.resetNavigationHistory')])
  await cdp.detach()
}

export const test = base.extend<{
  site: Site
  messages: string[]
  patient: boolean
  reached: Set<string>
  mutants: readonly string[]
}>({
  /** Wait longer than a second for a language: a loaded machine may need it. */
  patient: [false, { option: true }],
  /** The mutants that pages of the test have reached, in mutation testing. */
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names out of the pattern
  reached: async ({}, use) => use(new Set()),
  page: async ({ page, patient, reached, reuseContext }, use, info) => {
    if (reuseContext) await beLikeNew(page)
    if (patient) await stretchSecond(page)
    await use(page)
    await keepReached(reached, page, info)
  },
  /** In mutation testing, those that this run of the test meets. Stands before the page: what is skipped needs none. */
  mutants: [
    // biome-ignore lint/correctness/noEmptyPattern: as above
    async ({}, use, info) => {
      const mutants = mutantsOf(info)
      await use(mutants)
      keepResult(mutants, info)
    },
    { auto: true },
  ],
  site: async ({ reached, mutants }, use) => {
    const { server, site } = await start(reached, mutants)
    await use(site)
    server.close()
    server.closeAllConnections()
  },
  /** What Crumbgate told the owner; any uncaught error of a page counts too. */
  messages: async ({ page }, use) => {
    const messages: string[] = []
    page.on('console', (message) => {
      if (message.text().startsWith('crumbgate:')) messages.push(message.text())
    })
    page.on('pageerror', ({ message }) => {
      // Firefox tells of what it refuses (cookies, texts without a policy, styles of another type), and its driver takes
      // that for an error.
      if (!/^(Cookie “|The page’s settings blocked|The stylesheet )/.test(message))
        messages.push(`uncaught: ${message}`)
    })
    await use(messages)
  },
})

/** Parts of the dialog. */
export const part = (name: string) => `[data-crumb="${name}"]`
export const BANNER = part('banner')
export const PREFERENCES = part('preferences')

/** Wait for what is in motion, and will come to an end. */
export const ended = (page: Page) =>
  page.evaluate(async () => {
    const moving = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().iterations === 1)
    await Promise.all(moving.map((animation) => animation.finished.catch(() => {})))
  })

/** What has run, in order. */
export const ran = (page: Page) => page.evaluate<string[]>('ran')

/** Accept all in the banner. */
export const accept = (page: Page) => page.locator(BANNER).locator(part('accept')).click()

/** Markup as a text in a script, which it does not end. */
export const quoted = (markup: string) => JSON.stringify(markup).replaceAll('</', '<\\/')

/** The visitor comes back who has allowed everything. */
export const comeBack = (context: BrowserContext, { origin }: Site) =>
  context.addCookies([{ ...cookieFor({ granted: ['functional', 'performance', 'marketing'] }), url: origin }])

/** Keeps a file of the site back until it is let go; it fails then, if it is to. */
export async function keepBack(page: Page, path: string, fails = false): Promise<() => void> {
  let letGo = () => {}
  const free = new Promise<void>((resolve) => {
    letGo = resolve
  })
  await page.route(`**${path}`, async (route) => {
    await free
    await (fails ? route.abort() : route.continue())
  })
  return letGo
}

/** To be evaluated in the page: everything that is due has had its turn. */
export const everybodysTurn = 'new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))'
