import { fileURLToPath } from 'node:url'
import { buildDocs } from '../../docs/site/build.mjs'
import { serveExamples } from '../../examples/site.mjs'
import { cookieFor } from '../../src/testing'
import { BANNER, test as base, expect, PREFERENCES, part } from './site'

// The shop with its four real third-party scripts, as `npm start` serves it.
const test = base.extend<{ shop: { origin: string; thirdParty: string; sent: string[] } }>({
  shop: async ({ page }, use) => {
    const { origin, thirdParty, close } = await serveExamples()
    const sent: string[] = []
    page.on('request', (request) => {
      if (!request.url().startsWith(origin)) sent.push(request.url().replace(thirdParty, ''))
    })
    await use({ origin: `${origin}/shop/`, thirdParty, sent })
    await close()
  },
})

test('the documentation is beside it, with a way to the examples', async ({ page, shop }) => {
  // Here nobody has run `npm start`, which does it first.
  buildDocs(fileURLToPath(new URL('../../docs-dist', import.meta.url)))
  const { origin } = new URL(shop.origin)
  await page.goto(origin)
  await expect(page).toHaveURL(`${origin}/docs/`)
  await page.getByRole('link', { name: 'shop', exact: false }).first().click()
  await expect(page.locator(BANNER)).toBeVisible()
})

type Traces = Record<'cookies' | 'localStorage' | 'sessionStorage' | 'indexedDB', string[]>

/** Everything that the page's origin has stored. */
const tracesOf = (page: import('@playwright/test').Page): Promise<Traces> =>
  page.evaluate(async () => ({
    cookies: document.cookie
      .split('; ')
      .filter(Boolean)
      .map((pair) => `${pair.split('=')[0]}`),
    localStorage: Object.keys(localStorage),
    sessionStorage: Object.keys(sessionStorage),
    indexedDB: (await indexedDB.databases()).map(({ name }) => `${name}`),
  }))

const NOTHING: Traces = { cookies: [], localStorage: [], sessionStorage: [], indexedDB: [] }
const ONLY_OURS: Traces = { ...NOTHING, cookies: ['crumbgate'] }

/** What shows that a vendor's script has run and stored something. */
const SIGNS = {
  countly: ({ localStorage }: Traces) => localStorage.some((key) => key.includes('/cly_')),
  posthog: ({ cookies, localStorage }: Traces) => [...cookies, ...localStorage].some((key) => key.startsWith('ph_')),
  amplitude: ({ cookies }: Traces) => cookies.some((key) => key.startsWith('AMP_')),
  mixpanel: ({ cookies }: Traces) => cookies.some((key) => key.startsWith('mp_')),
}
const VENDORS = ['countly', 'posthog', 'amplitude', 'mixpanel'] as const

async function vendorsIn(page: import('@playwright/test').Page): Promise<string[]> {
  const traces = await tracesOf(page)
  return VENDORS.filter((vendor) => SIGNS[vendor](traces))
}

const loaded = (sent: readonly string[]) => sent.filter((url) => url.startsWith('/vendor/')).sort()

test('before any choice nothing is stored and nothing leaves (REG 1, ACA 7, E2E 17)', async ({
  page,
  shop,
  messages,
}) => {
  for (const path of ['', 'product.html', 'privacy.html']) {
    await page.goto(shop.origin + path, { waitUntil: 'networkidle' })
    expect(await tracesOf(page)).toEqual(NOTHING)
  }
  expect(await page.context().cookies()).toEqual([])
  expect(shop.sent).toEqual([])
  expect(messages).toEqual([])
})

test('the panel reads zero before a choice, and counts after it', async ({ page, shop }) => {
  await page.goto(shop.origin)
  const numbers = () => page.locator('#panel td:nth-child(2), #panel td:nth-child(3)').allTextContents()
  await expect.poll(numbers).toEqual(['0', '0', '0', '0', '0', '0', '0', '0'])
  await page.locator(BANNER).locator(part('accept')).click()
  for (const category of ['functional', 'performance', 'marketing']) {
    for (const column of [2, 3]) {
      await expect(page.locator(`[data-category=${category}] td:nth-child(${column})`)).not.toHaveText('0')
    }
  }
  await expect(page.locator('[data-category=undeclared]')).toHaveCount(0)
})

test('Reject all leaves one cookie, ours (REG 2, ACA 8, ACA 12)', async ({ page, shop }) => {
  await page.goto(shop.origin)
  await page.locator(BANNER).locator(part('reject')).click()
  await expect(page.locator(BANNER)).toBeHidden()
  await page.goto(`${shop.origin}product.html`, { waitUntil: 'networkidle' })
  await expect(page.locator(BANNER)).toBeHidden()
  expect(await tracesOf(page)).toEqual(ONLY_OURS)
  expect(shop.sent).toEqual([])
})

test('Accept all runs each script once, and traces appear', async ({ page, shop, messages }) => {
  await page.goto(shop.origin)
  await page.locator(BANNER).locator(part('accept')).click()
  await expect.poll(() => vendorsIn(page)).toEqual([...VENDORS])
  expect(loaded(shop.sent)).toEqual(VENDORS.map((vendor) => `/vendor/${vendor}.js`).sort())
  await expect(page.frameLocator('.film iframe').getByText('One loaf')).toBeVisible()
  expect(messages).toEqual([])
})

test('saving performance only leaves only its traces (REG 5, ACA 39)', async ({ page, shop }) => {
  await page.goto(shop.origin)
  await page.locator(part('settings')).click()
  await page.getByRole('switch', { name: 'Performance' }).check()
  await page.locator(part('save')).click()
  await expect.poll(() => vendorsIn(page)).toEqual(['posthog', 'amplitude'])
  await page.goto(`${shop.origin}product.html`, { waitUntil: 'networkidle' })
  expect(await vendorsIn(page)).toEqual(['posthog', 'amplitude'])
  expect(new Set(loaded(shop.sent))).toEqual(new Set(['/vendor/posthog.js', '/vendor/amplitude.js']))
  expect(shop.sent.some((url) => /film|mixpanel|countly/.test(url))).toBe(false)
})

test('withdrawal leaves only our cookie, and nothing of the site is touched (REG 7, ACA 46)', async ({
  page,
  shop,
}) => {
  await page.goto(shop.origin)
  await page.evaluate(() => {
    localStorage.setItem('basket', '[1]')
    sessionStorage.setItem('step', '2')
    // biome-ignore lint/suspicious/noDocumentCookie: the site's own
    document.cookie = 'session=abc; path=/'
  })
  await page.locator(BANNER).locator(part('accept')).click()
  await expect.poll(() => vendorsIn(page)).toEqual([...VENDORS])
  await expect.poll(async () => (await tracesOf(page)).indexedDB.length).toBeGreaterThan(1)

  await page.getByRole('link', { name: 'Cookie settings' }).click()
  const reloaded = page.waitForEvent('load')
  await page.locator(PREFERENCES).locator(part('reject')).click()
  await reloaded
  const rest = { cookies: ['crumbgate', 'session'], localStorage: ['basket'], sessionStorage: ['step'], indexedDB: [] }
  await expect
    .poll(async () => {
      const traces = await tracesOf(page)
      return { ...traces, cookies: traces.cookies.sort() }
    })
    .toEqual(rest)
  shop.sent.length = 0
  await page.goto(`${shop.origin}product.html`, { waitUntil: 'networkidle' })
  expect(shop.sent).toEqual([])
  expect((await tracesOf(page)).localStorage).toEqual(['basket'])
})

test('a returning visitor sees no banner, and allowed scripts start while the page is parsed', async ({
  page,
  shop,
  context,
}) => {
  const names = ['countly', 'posthog', 'amplitude', 'mixpanel', 'films']
  const choice = {
    granted: ['functional', 'performance', 'marketing'],
    services: Object.fromEntries(names.map((name) => [name, true])),
  }
  await context.addCookies([{ ...cookieFor(choice), url: shop.origin }])
  await page.addInitScript(() => {
    addEventListener('DOMContentLoaded', () => {
      Object.assign(window, { readyWith: ['Countly', 'amplitude', 'mixpanel'].filter((name) => name in window) })
    })
  })
  await page.goto(shop.origin)
  expect(await page.evaluate('readyWith')).toEqual(['Countly', 'amplitude', 'mixpanel'])
  await expect(page.locator(BANNER)).toBeHidden()
  await expect.poll(() => vendorsIn(page)).toEqual([...VENDORS])
  expect(loaded(shop.sent)).toEqual(VENDORS.map((vendor) => `/vendor/${vendor}.js`).sort())
})
