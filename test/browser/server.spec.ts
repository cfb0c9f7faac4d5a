import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serveExamples } from '../../examples/site.mjs'
import { cookieFor } from '../../src/testing'
import { BANNER, test as base, expect, part } from './site'

// The shop behind its server, as `npm start` serves it.
const test = base.extend<{ shop: { origin: string; password: string } }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names out of the pattern
  shop: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'crumbgate-shop-'))
    const { origin, password, close } = await serveExamples(0, join(folder, 'receipts.db'))
    await use({ origin: `${origin}/server/`, password })
    await close()
    rmSync(folder, { recursive: true, force: true })
  },
})

test('the server knows the choice before the page is there, and keeps its cookie alive (PLT 3)', async ({
  page,
  shop,
  messages,
}) => {
  const first = await page.goto(shop.origin)
  expect(await first?.headerValue('set-cookie')).toBe(null)
  await expect(page.locator('.known')).toContainText('a visitor who has not decided')
  await expect(page.locator('link[rel=preconnect]')).toHaveCount(0)
  // A choice of 300 days ago, by a cookie that goes with the browser.
  const { name, value } = cookieFor({ granted: ['marketing'], at: Date.now() - 300 * 86_400_000 })
  await page.context().addCookies([{ name, value, url: shop.origin }])
  const second = await page.goto(shop.origin)
  await expect(page.locator('.known')).toContainText('a visitor who has allowed: marketing')
  await expect(page.locator('link[rel=preconnect]')).toHaveCount(1)
  expect(await second?.headerValue('set-cookie')).toMatch(
    /^crumbgate=1\.[\w.-]+; Path=\/; Max-Age=5\d{6}; SameSite=Lax$/,
  )
  // One cookie, which the script reads as before.
  const cookies = (await page.context().cookies(shop.origin)).filter((cookie) => cookie.name === name)
  expect(cookies.map((cookie) => [cookie.value, cookie.httpOnly, cookie.path])).toEqual([[value, false, '/']])
  expect(cookies[0]?.expires).toBeGreaterThan(Date.now() / 1000 + 64 * 86_400)
  expect(await page.evaluate('crumbgate.allows("marketing")')).toBe(true)
  expect(messages).toEqual([])
})

test('each decision is proved to the owner, who finds it by its number', async ({ page, shop, browser, messages }) => {
  await page.goto(shop.origin)
  // Allowing more does not reload the page.
  await page.locator(BANNER).locator(part('reject')).click()
  await page.evaluate('crumbgate.save({ performance: true })')
  const id = await page.evaluate<string>('crumbgate.choice.id')
  // Both have been acknowledged.
  const due = `Object.entries(localStorage).filter(([name, text]) => name.startsWith('crumbgate.receipt.') && text.includes('"due":true')).length`
  await expect.poll(() => page.evaluate(due)).toBe(0)
  const { receipt } = await (await page.request.get(`${shop.origin}consent/${id}`)).json()
  expect(receipt).toMatchObject({ id, method: 'custom', granted: ['performance'] })
  // For nobody else.
  expect((await page.request.get(`${shop.origin}owner`)).status()).toBe(401)
  expect((await page.request.get(`${shop.origin}consent?export`)).status()).toBe(403)

  const httpCredentials = { username: 'owner', password: shop.password }
  const owner = await (await browser.newContext({ httpCredentials })).newPage()
  await owner.goto(`${shop.origin}owner`)
  const cells = owner.locator('tbody tr').first().locator('th, td')
  const today = new Date().toISOString().slice(0, 10)
  await expect(cells).toHaveText([today, '2', '0', '1', '1', /^0 0 %/, /^1 50 %/, /^0 0 %/])
  await owner.getByLabel('Look one up by its number').fill(id)
  await owner.getByRole('button', { name: 'Search' }).click()
  await expect(owner.locator('pre')).toContainText(`"hash": "${receipt.hash}"`)
  await owner.getByLabel('Look one up by its number').fill('"><script>alert(1)</script>')
  await owner.getByRole('button', { name: 'Search' }).click()
  await expect(owner.getByRole('status')).toHaveText('There is no receipt "><script>alert(1)</script>.')
  const [download] = await Promise.all([owner.waitForEvent('download'), owner.getByText('Export all').click()])
  expect(download.suggestedFilename()).toBe('receipts.ndjson')
  await owner.context().close()
  expect(messages).toEqual([])
})
