import type { Page } from '@playwright/test'
import { cookieFor } from '../../src/testing'
import { violationsOn } from './axe'
import { BANNER, config, expect, PREFERENCES, part, test } from './site'

test.use({ patient: true })

const SERVICES = {
  basket: { category: 'necessary', title: 'Basket', cookies: ['basket'], lifetimes: { basket: 0 } },
  films: {
    category: 'marketing',
    title: 'Films',
    provider: 'Films Ltd',
    purpose: 'Shows films, see [their policy](https://films.example/privacy).',
    cookies: ['_film*', '_seen', '_bare'],
    localStorage: ['player', '_seen'],
    sessionStorage: ['position'],
    lifetimes: { '_film*': 730, _seen: 90 },
  },
  ads: { category: 'marketing', title: 'Ads', cookies: ['_ad'], lifetimes: { _ad: 1 } },
}
const POLICY = '<h1>Privacy</h1><h2>Cookies</h2><crumb-table></crumb-table>'
const table = (page: Page) => page.locator('crumb-table')

test('<crumb-table> lists every service and what it stores, by category (REG 8, ACA 31)', async ({
  page,
  site,
  messages,
}) => {
  await page.goto(site.page({ tag: config({ services: SERVICES, auto: false, receipts: true }), body: POLICY }))
  await expect(table(page).locator('h3')).toHaveText([
    'Your choice',
    'Necessary Always on',
    'Functional Not allowed',
    'Performance Not allowed',
    'Marketing Not allowed',
  ])
  const rows = (name: string) =>
    page
      .getByRole('table', { name })
      .getByRole('row')
      .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent)))
  expect(await rows('Marketing')).toEqual([
    ['Service', 'Provider', 'Purpose', 'What is stored', 'How long'],
    ['Films', 'Films Ltd', 'Shows films, see their policy.', '_film*', '2 years'],
    ['_seen', '3 months'],
    ['_bare', ''],
    ['player localStorage', 'Until it is deleted'],
    ['_seen localStorage', 'Until it is deleted'],
    ['position sessionStorage', 'Until you close the browser or tab'],
    ['Ads', '', '', '_ad', '1 day'],
  ])
  expect(await rows('Necessary')).toEqual([
    ['Service', 'Provider', 'Purpose', 'What is stored', 'How long'],
    ['Basket', '', '', 'basket', 'Until you close the browser or tab'],
    ['localhost', 'localhost', 'Remembers this choice.', 'crumbgate', '1 year'],
    ['crumbgate.receipt.* localStorage', 'Until it is deleted'],
  ])
  await expect(page.getByRole('link', { name: 'their policy' })).toHaveAttribute(
    'href',
    'https://films.example/privacy',
  )
  await expect(page.locator('#crumbgate-host')).toHaveCount(0)
  expect(messages).toEqual([])
})

test('it shows the choice, changes it and withdraws it (REG 7, REG 19)', async ({ page, site }) => {
  await page.goto(site.page({ tag: config({ services: SERVICES, auto: false, receipts: true }), body: POLICY }))
  await expect(table(page)).toContainText('You have not decided yet.')
  await table(page).getByRole('button', { name: 'Settings' }).click()
  await page.locator(PREFERENCES).locator('summary').last().click()
  await page.getByRole('switch', { name: 'Films' }).check()
  await page.locator(PREFERENCES).locator(part('save')).click()
  const day = new Intl.DateTimeFormat('en', { dateStyle: 'long' }).format(Date.now())
  await expect(table(page)).toContainText(`Made on ${day}.`)
  await expect(table(page)).toContainText(`Reference: ${await page.evaluate('crumbgate.choice.id')}`)
  await expect(table(page).getByRole('rowheader', { name: 'Films' })).toContainText('Allowed')
  await expect(table(page).getByRole('rowheader', { name: 'Ads' })).not.toContainText('llowed')
  await table(page).getByRole('button', { name: 'Withdraw consent' }).click()
  expect(await page.evaluate('crumbgate.choice.method')).toBe('reject')
  await expect(table(page).getByRole('button', { name: 'Withdraw consent' })).toHaveCount(0)
  await expect(table(page).getByRole('button', { name: 'Change' })).toBeFocused()
})

test('the focus stays in it through a change, and there is nothing to withdraw where nothing is allowed', async ({
  page,
  site,
}) => {
  await page.goto(site.page({ tag: config({ services: SERVICES, auto: false, receipts: true }), body: POLICY }))
  await table(page).getByRole('button', { name: 'Settings' }).click()
  await page.locator(PREFERENCES).locator(part('save')).click()
  await expect(table(page).getByRole('button', { name: 'Change' })).toBeFocused()
  await expect(table(page).getByRole('button', { name: 'Withdraw consent' })).toHaveCount(0)
})

test('destroy() empties it, and another start fills it again', async ({ page, site, messages }) => {
  await page.goto(site.page({ tag: config({ services: SERVICES, auto: false, receipts: true }), body: POLICY }))
  await expect(table(page).locator('h3')).toHaveCount(5)
  await page.evaluate('crumbgate.destroy()')
  await expect(table(page)).toBeEmpty()
  await page.addScriptTag({ url: '/dist/crumbgate.js' })
  await expect(table(page).locator('h3')).toHaveCount(5)
  await table(page).getByRole('button', { name: 'Settings' }).click()
  await expect(page.locator(PREFERENCES)).toBeVisible()
  expect(messages).toEqual([])
})

test('written <crumb-table/>, it leaves what it has swallowed, and says so', async ({ page, site, messages }) => {
  await page.goto(site.page({ body: '<crumb-table/><p id="text">My policy.</p>' }))
  await expect(page.locator(part('declaration'))).toBeVisible()
  await page.evaluate('crumbgate.accept()')
  await expect(page.locator(part('withdraw'))).toBeVisible()
  await expect(page.locator('#text')).toBeVisible()
  expect(messages).toEqual([expect.stringContaining('closed: <crumb-table></crumb-table>')])
  await page.evaluate('crumbgate.destroy()')
  await expect(page.locator(part('declaration'))).toHaveCount(0)
  await expect(page.locator('#text')).toBeVisible()
})

test('its file is loaded where there is one, also one that comes later, and by nobody else', async ({ page, site }) => {
  await page.goto(site.page({}))
  await expect(page.locator(BANNER)).toBeVisible()
  expect(site.requests).not.toContain('/dist/crumb-table.js')
  for (const count of [1, 2]) {
    await page.evaluate('document.body.append(document.createElement("crumb-table"))')
    await expect(page.getByRole('heading', { name: 'Your choice' })).toHaveCount(count)
  }
  expect(site.requests.filter((path) => path === '/dist/crumb-table.js')).toHaveLength(1)
})

test('it needs no exception in a strict policy, and one in Trusted Types', async ({ page, site, messages }) => {
  const policy = "script-src 'nonce-abc'; style-src 'self'; require-trusted-types-for 'script'; trusted-types crumbgate"
  await page.goto(
    site.page({
      tag: '<script nonce="abc">window.violations = []; document.addEventListener("securitypolicyviolation", (event) => violations.push(event.effectiveDirective))</script><script nonce="abc" src="/dist/crumbgate.js"></script>',
      body: POLICY,
      headers: { 'Content-Security-Policy': policy },
    }),
  )
  await expect(page.getByRole('heading', { name: 'Your choice' })).toBeVisible()
  expect(await page.evaluate('violations')).toEqual([])
  expect(messages).toEqual([])
})

test('where its file is missing, one message says so', async ({ page, site, messages }) => {
  await page.route('**/crumb-table.js', (route) => route.fulfill({ status: 404 }))
  await page.goto(site.page({ body: POLICY }))
  await expect.poll(() => messages).toEqual(['crumbgate: crumb-table.js cannot be loaded. Put it beside crumbgate.js.'])
})

test("it is in the page's language, and can be had without the dialog", async ({ page, site, messages }) => {
  const start = `<script type="module">
    import { createConsent } from '/dist/core.js'
    import { defineTable } from '/dist/table.js'
    window.consent = createConsent({ services: ${JSON.stringify(SERVICES)} })
    defineTable(consent)
  </script>`
  await page.context().addCookies([{ ...cookieFor({ granted: ['marketing'] }), url: site.origin }])
  await page.goto(site.page({ lang: 'fr', tag: '', head: start, body: POLICY }))
  await expect(page.getByRole('heading', { name: 'Votre choix' })).toBeVisible()
  await expect(page.getByRole('table', { name: 'Marketing' })).toContainText('2 ans')
  expect(site.requests).not.toContain('/dist/dialog.js')
  await page.evaluate('consent.reject()')
  await expect(table(page).getByRole('button')).toHaveCount(1)
  expect(messages).toEqual([])
})

for (const [width, lang] of [
  [320, 'en'],
  [1280, 'en'],
  [320, 'ar'],
] as const) {
  test(`it fits a page ${width} px wide in ${lang}, and axe finds nothing`, async ({ page, site }) => {
    await page.setViewportSize({ width, height: 800 })
    await page.context().addCookies([{ ...cookieFor({ granted: ['marketing'] }), url: site.origin }])
    await page.goto(site.page({ lang, tag: config({ services: SERVICES }), body: POLICY }))
    await expect(table(page).getByRole('button')).toHaveCount(2)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    expect(await violationsOn(page, { include: ['crumb-table'] })).toEqual([])
  })
}

test("the page's own styles win in it", async ({ page, site }) => {
  const head = '<style>button { border: 3px dotted red } td { padding: 1px }</style>'
  await page.goto(site.page({ tag: config({ services: SERVICES }), head, body: POLICY }))
  await expect(table(page).getByRole('button')).toHaveCSS('border', '3px dotted rgb(255, 0, 0)')
  await expect(table(page).locator('td').first()).toHaveCSS('padding', '1px')
})
