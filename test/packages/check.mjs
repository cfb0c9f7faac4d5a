import { expect as withFiveSeconds } from '@playwright/test'

// A bound for slow machines; nothing waits for it.
const expect = withFiveSeconds.configure({ timeout: 30_000 })
const part = (name) => `[data-crumb="${name}"]`
const OUR_HOSTS = ['localhost', '127.0.0.1']

/**
 * What every page with Crumbgate does, whatever it is built with: asks, holds, releases once, remembers, and says nothing on
 * the console.
 * @param {import('@playwright/test').Browser} browser
 * @param {string} address a page with held scripts that push their names to `window.ran`: `head`, and `first` beside the
 *   `#view`; a held frame; whether marketing is allowed in `#state`; where `#second` is, it leads to the view `second`
 * @param {{ accept?: string, expected?: RegExp }} wanted text of the button; messages on the console that have to come
 */
export async function check(browser, address, { accept = 'Accept all', expected } = {}) {
  const context = await browser.newContext()
  const complaints = []
  const page = await context.newPage()
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`))
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url())
    if (/^(http|ws)/.test(protocol) && !OUR_HOSTS.includes(hostname)) complaints.push(`asked for ${request.url()}`)
  })
  const state = page.locator('#state')
  const banner = page.locator(part('banner'))
  const film = page.locator('iframe[title="Film"]')
  // Whatever the order: what a framework inserts is bound to none.
  const ran = () => page.evaluate(() => [...(window.ran ?? [])].sort())
  try {
    await page.goto(address)
    await expect(banner).toHaveCount(1)
    await expect(banner).toBeVisible()
    await expect(state).toHaveText('held')
    expect(await ran()).toEqual([])
    await expect(film).not.toHaveAttribute('src', '/film.html')

    await banner.getByRole('button', { name: accept }).click()
    await expect(state).toHaveText('allowed')
    await expect(film).toHaveAttribute('src', '/film.html')
    await expect.poll(ran).toEqual(['first', 'head'])
    await expect(banner).toBeHidden()
    expect((await context.cookies()).map(({ name }) => name)).toContain('crumbgate')

    if (await page.locator('#second').count()) {
      await page.locator('#second').click()
      await expect(page.locator('#view')).toHaveText('second')
      await expect(film).toHaveAttribute('src', '/film.html')
      await expect.poll(ran).toEqual(['first', 'head', 'second'])
      await expect(state).toHaveText('allowed')
      await page.goto(address)
    } else {
      await page.reload()
    }
    await expect(film).toHaveAttribute('src', '/film.html')
    await expect(state).toHaveText('allowed')
    await expect.poll(ran).toEqual(['first', 'head'])
    await expect(banner).toBeHidden()

    await page.locator('[data-consent-open]').first().click()
    const preferences = page.locator(part('preferences'))
    await expect(preferences).toHaveCount(1)
    await expect(preferences).toBeVisible()
    if (await page.locator('crumb-table').count()) await expect(page.locator('crumb-table table').first()).toBeVisible()
    // Without a reload: nothing has been started twice, late.
    expect(await ran()).toEqual(['first', 'head'])
    const unexpected = complaints.filter((text) => !expected?.test(text))
    expect(unexpected).toEqual([])
    if (expected) expect(complaints.join('\n')).toMatch(expected)
  } catch (error) {
    throw new Error([error.message, ...complaints].join('\n'))
  } finally {
    await context.close()
  }
}
