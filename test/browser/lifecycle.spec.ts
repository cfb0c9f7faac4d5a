import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cookieFor } from '../../src/testing'
import { CHROMIUM_FLAGS, findChromium } from '../chromium.mjs'
import { accept, BANNER, config, expect, ran, type Site, test } from './site'

// Pages that sleep, wait to be shown, or stand beside others of the same site (PLT 25, PLT 26).

const executablePath = findChromium()
test.use({
  launchOptions: [
    async ({ browserName, launchOptions }, use) => {
      const chromium = {
        args: CHROMIUM_FLAGS,
        // What Playwright switches off.
        ignoreDefaultArgs: ['--disable-back-forward-cache'],
        ...(executablePath ? { executablePath } : {}),
      }
      await use(browserName === 'chromium' ? chromium : launchOptions)
    },
    { scope: 'worker' },
  ],
})

const HELD =
  '<script type="text/plain" data-consent="marketing">run("held:" + !!document.prerendering)</script><iframe data-consent="marketing" data-src="/frame/x" title="Film" width="400" height="300"></iframe>'
/** As if it were prerendered, until `isShown` is set. */
const UNSEEN =
  "Object.defineProperty(Document.prototype, 'prerendering', { configurable: true, get: () => !window.isShown })"
const NOTE = '<script>addEventListener("pageshow", ({ persisted }) => { window.persisted = persisted })</script>'

const NEVER_BACK = 'its driver does not say when it has come back'

test.describe('back from the back/forward cache (PLT 25)', () => {
  test.skip(({ browserName }) => browserName === 'firefox', NEVER_BACK)

  test('a page that was left without a choice takes over what was accepted meanwhile', async ({ page, site }) => {
    const one = site.page({ head: NOTE, body: HELD })
    await page.goto(one)
    await expect(page.locator(BANNER)).toBeVisible()
    await page.goto(site.page({}))
    await accept(page)
    await page.goBack({ waitUntil: 'commit' })
    expect(await page.evaluate('persisted')).toBe(true)
    await expect(page.locator(BANNER)).toBeHidden()
    await expect.poll(() => ran(page)).toEqual(['held:false'])
    await expect(page.locator('iframe')).toHaveAttribute('src', '/frame/x')
  })

  test('a page that ran what was withdrawn meanwhile starts afresh', async ({ page, site }) => {
    const one = site.page({ head: NOTE, body: HELD })
    await page.goto(one)
    await accept(page)
    await expect.poll(() => ran(page)).toEqual(['held:false'])
    await page.goto(site.page({}))
    await page.evaluate('crumbgate.withdraw()')
    const reloaded = page.waitForEvent('load')
    await page.goBack({ waitUntil: 'commit' })
    await reloaded
    await expect.poll(() => page.evaluate('window.persisted')).toBe(false)
    expect(await ran(page)).toEqual([])
    await expect(page.locator('iframe')).not.toHaveAttribute('src')
  })

  test('a page that nothing has changed for is as it was left', async ({ page, site }) => {
    const one = site.page({ head: NOTE, body: HELD })
    await page.goto(one)
    await accept(page)
    await expect.poll(() => ran(page)).toEqual(['held:false'])
    await page.goto(site.page({}))
    await page.goBack({ waitUntil: 'commit' })
    expect(await page.evaluate('persisted')).toBe(true)
    expect(await ran(page)).toEqual(['held:false'])
  })
})

/**
 * A page that is prerendered, in a browser that nothing is attached to: what drives browsers stops such pages.
 * @param step what the page before does while this one is ready
 * @returns what the page says of itself: what had run before it was shown, what has run a while later, whether it asks,
 *   and what Google was told
 */
async function prerender(
  site: Site,
  step: string,
): Promise<{ early: string[]; ran: string[]; asks: boolean; told: string[] }> {
  const head = `<script>
    const early = new Promise((done) => document.addEventListener('prerenderingchange', () => done([...ran])))
    early.then((early) => setTimeout(() => {
      const asks = document.querySelector('[data-crumb="banner"]')?.matches(':popover-open') ?? false
      const told = dataLayer.map((words) => words[1])
      fetch('/report/' + encodeURIComponent(JSON.stringify({ early, ran, asks, told })))
    }, 500))</script>`
  site.page(
    {
      tag: `${head}<script src="/dist/crumb-signals.js"></script>${config({ signals: ['google'] })}`,
      body: `${HELD}<script src="/s/own.js"></script><script>fetch('/parsed')</script>`,
    },
    '/two',
  )
  const rules = '{ "prerender": [{ "urls": ["/two"], "eagerness": "immediate" }] }'
  const go = `(async () => {
    while (!(await fetch('/go')).ok) await new Promise((resolve) => setTimeout(resolve, 100))
    ${step}
    location.assign('/two')
  })()`
  const one = site.page({ body: `<script type="speculationrules">${rules}</script><script>${go}</script>` })
  const profile = await mkdtemp(join(tmpdir(), 'crumbgate-'))
  const flags = [...CHROMIUM_FLAGS, '--headless=new', `--user-data-dir=${profile}`]
  const browser = spawn(executablePath ?? '', [...flags, one], { stdio: 'ignore', detached: true })
  try {
    await expect.poll(() => site.requests, { timeout: 20_000 }).toContain('/parsed')
    site.file('/go', '')
    const report = () => site.requests.find((path) => path.startsWith('/report/'))?.slice('/report/'.length)
    await expect.poll(report, { timeout: 20_000 }).toBeTruthy()
    return JSON.parse(decodeURIComponent(`${report()}`))
  } finally {
    if (browser.pid) process.kill(-browser.pid, 'SIGKILL')
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

test('a page that is prerendered runs nothing; when it is shown it reads the cookie again (PLT 26)', async ({
  site,
}) => {
  expect(await prerender(site, 'crumbgate.accept()')).toEqual({
    early: ['own'],
    ran: ['own', 'held:false'],
    asks: false,
    told: ['default', 'update'],
  })
})

test('a page that is prerendered without a choice asks once it is shown (PLT 26)', async ({ site }) => {
  expect(await prerender(site, '')).toEqual({ early: ['own'], ran: ['own'], asks: true, told: ['default'] })
})

test('a choice in one tab holds in the others, also without cookieStore (PLT 8, PLT 10)', async ({
  page,
  site,
  context,
}) => {
  await context.addInitScript(() => {
    Object.defineProperty(window, 'cookieStore', { value: undefined })
  })
  const address = site.page({ body: HELD })
  await page.goto(address)
  await expect(page.locator(BANNER)).toBeVisible()
  const other = await context.newPage()
  await other.goto(address)
  await accept(other)
  await expect.poll(() => ran(page)).toEqual(['held:false'])
  await expect(page.locator('iframe')).toHaveAttribute('src', '/frame/x')
  await expect(page.locator(BANNER)).toBeHidden()
  const reloaded = page.waitForEvent('load')
  await other.evaluate('crumbgate.withdraw()')
  await reloaded
  expect(await ran(page)).toEqual([])
  await expect(page.locator('iframe')).not.toHaveAttribute('src')
})

test('what another page says is not believed: this one reads the cookie (SEC 8)', async ({ page, site, context }) => {
  await page.goto(site.page({ body: HELD }))
  await expect(page.locator(BANNER)).toBeVisible()
  // Hears what Crumbgate hears, and after it: also after the second look that it takes at the cookie.
  await page.evaluate(`window.heard = 0
    window.ear = new BroadcastChannel('crumbgate')
    for (const one of [ear, window]) one.addEventListener('message', () => setTimeout(() => { heard += 1 }, 250))`)
  const other = await context.newPage()
  await other.goto(site.page({ tag: '' }))
  await other.evaluate('window.mouth = new BroadcastChannel("crumbgate")')
  const cookie = cookieFor({ granted: ['functional', 'performance', 'marketing'] })
  const choice = { method: 'accept', granted: ['functional', 'performance', 'marketing'], denied: [], services: {} }
  const forged = JSON.stringify(['accept', cookie.value, choice, { type: 'accept', choice }, { detail: { choice } }])
  await other.evaluate(`for (const word of ${forged}) mouth.postMessage(word)`)
  await page.evaluate(`for (const word of ${forged}) postMessage(word)`)
  await expect.poll(() => page.evaluate('heard')).toBe(10)
  expect(await page.evaluate('[crumbgate.choice, crumbgate.allows("marketing"), ran]')).toEqual([null, false, []])
  await expect(page.locator(BANNER)).toBeVisible()
  expect(await context.cookies()).toEqual([])
  // It does listen: with a cookie there, the same words lead to it.
  await context.addCookies([{ ...cookie, url: site.origin }])
  await other.evaluate('mouth.postMessage("accept")')
  await expect.poll(() => ran(page)).toEqual(['held:false'])
})

test('a page that is not shown yet reads no choice, hears of none and says nothing (PLT 26)', async ({
  page,
  site,
  context,
}) => {
  await page.addInitScript(UNSEEN)
  const ready = '<script>document.addEventListener("crumbgate:ready", () => run("ready"))</script>'
  const google = { regions: { US: ['marketing'] } }
  const tag = `${ready}<script src="/dist/crumb-signals.js"></script>${config({ signals: { google } })}`
  const choice = cookieFor({ granted: ['marketing'] })
  await context.addCookies([{ ...choice, url: site.origin }])
  await page.goto(site.page({ tag, body: HELD }))
  await page.evaluate('document.dispatchEvent(new Event("visibilitychange"))')
  expect(await page.evaluate('[crumbgate.choice, ran, dataLayer.length]')).toEqual([null, [], 1])
  await page.evaluate('window.isShown = true; document.dispatchEvent(new Event("prerenderingchange"))')
  await expect.poll(() => ran(page)).toEqual(expect.arrayContaining(['ready', 'held:false']))
  await expect(page.locator('iframe')).toHaveAttribute('src', '/frame/x')
  await expect(page.locator(BANNER)).toHaveCount(0)
})

test('a page that has come back from the cache hears of other tabs again (PLT 25)', async ({
  page,
  site,
  context,
  browserName,
}) => {
  test.skip(browserName === 'firefox', NEVER_BACK)
  const one = site.page({ head: NOTE, body: HELD })
  await page.goto(one)
  await expect(page.locator(BANNER)).toBeVisible()
  await page.goto(site.page({}))
  await page.goBack({ waitUntil: 'commit' })
  expect(await page.evaluate('persisted')).toBe(true)
  const other = await context.newPage()
  await other.goto(one)
  await accept(other)
  await expect.poll(() => ran(page)).toEqual(['held:false'])
})

test('a browser without a channel between tabs: destroy() throws nothing into the page', async ({
  page,
  site,
  messages,
}) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(window, 'BroadcastChannel')
  })
  await page.goto(site.page({ body: HELD }))
  await expect(page.locator(BANNER)).toBeVisible()
  await page.evaluate('crumbgate.destroy()')
  await expect(page.locator(BANNER)).toHaveCount(0)
  expect(messages).toEqual([])
})

test('once a page is shown, an earlier choice is passed on; without one it is not, nor after destroy() (PLT 26)', async ({
  page,
  site,
  context,
}) => {
  await page.addInitScript(UNSEEN)
  const tag = `<script src="/dist/crumb-signals.js"></script>${config({ signals: ['google'] })}`
  const address = site.page({ tag, body: HELD })
  const told = async (before: string) => {
    await page.goto(address)
    return page.evaluate(`${before}
      window.isShown = true
      document.dispatchEvent(new Event('prerenderingchange'))
      JSON.stringify([dataLayer.map((words) => words[1]), !!own.choice])`)
  }
  const own = 'const { crumbgate: own } = window;'
  expect(await told(own)).toBe('[["default"],false]')
  await expect(page.locator(BANNER)).toBeVisible()
  await context.addCookies([{ ...cookieFor({ granted: ['marketing'] }), url: site.origin }])
  expect(await told(own)).toBe('[["default","update"],true]')
  await expect.poll(() => ran(page)).toEqual(['held:false'])
  expect(await told(`${own} own.destroy();`)).toBe('[["default"],false]')
  expect(await ran(page)).toEqual([])
})

test('after destroy() a page can wait in the cache whatever is decided elsewhere (PLT 25)', async ({
  page,
  site,
  browserName,
}) => {
  test.skip(browserName === 'firefox', NEVER_BACK)
  const one = site.page({ head: NOTE })
  const two = site.page({})
  await page.goto(one)
  await page.evaluate('crumbgate.destroy()')
  for (const call of ['accept', 'reject']) {
    await page.goto(two)
    await page.evaluate(`crumbgate.${call}()`)
    await page.goBack({ waitUntil: 'commit' })
    expect(await page.evaluate('window.persisted'), call).toBe(true)
  }
})
