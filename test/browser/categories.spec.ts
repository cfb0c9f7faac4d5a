import type { Page } from '@playwright/test'
import { cookieFor } from '../../src/testing'
import { BANNER, config, expect, PREFERENCES, part, ran, TAG, test } from './site'

const TWO = {
  films: { category: 'marketing', title: 'Films' },
  ads: { category: 'marketing', title: 'Ads' },
  login: { category: 'necessary', title: 'Login' },
}

test.describe('services', () => {
  const box = (page: Page, name: string) => page.locator(PREFERENCES).locator(`input[name="${name}"]`)

  test('have switches of their own; a category whose services differ is a plain mixed checkbox', async ({
    page,
    site,
  }) => {
    await page.goto(site.page({ tag: config({ services: TWO }) }))
    await page.locator(part('settings')).click()
    for (const summary of await page.locator('summary').all()) await summary.click()
    // What is no choice has none.
    await expect(page.locator(part('service')).filter({ hasText: 'Login' }).locator('input')).toHaveCount(0)

    const category = box(page, 'marketing')
    await expect(category).toHaveRole('switch')
    await page.getByRole('switch', { name: 'Films' }).check()
    await expect(category).toHaveRole('checkbox')
    expect(await category.evaluate((input: HTMLInputElement) => [input.checked, input.indeterminate])).toEqual([
      false,
      true,
    ])
    await page.getByRole('switch', { name: 'Ads' }).check()
    await expect(category).toHaveRole('switch')
    await expect(category).toBeChecked()
    await page.getByRole('switch', { name: 'Films' }).uncheck()
    await expect(category).toHaveRole('checkbox')

    await page.locator(PREFERENCES).locator(part('save')).click()
    expect(await page.evaluate('[crumbgate.choice.granted, crumbgate.choice.services]')).toEqual([
      [],
      { films: false, ads: true },
    ])
    // Shown again as it was left.
    await page.evaluate('crumbgate.open()')
    await expect(category).toHaveRole('checkbox')
    await expect(box(page, 'marketing.ads')).toBeChecked()
    await category.click()
    await expect(category).toHaveRole('switch')
    await expect(box(page, 'marketing.films')).toBeChecked()
    await page.locator(PREFERENCES).locator(part('save')).click()
    expect(await page.evaluate('[crumbgate.choice.granted, crumbgate.choice.services]')).toEqual([
      ['marketing'],
      { films: true, ads: true },
    ])
  })

  test('can be turned by the keyboard', async ({ page, site }) => {
    await page.goto(site.page({ tag: config({ services: TWO }) }))
    await page.locator(part('settings')).click()
    await page.locator(PREFERENCES).locator('summary').last().focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await expect(box(page, 'marketing.films')).toBeFocused()
    await page.keyboard.press('Space')
    await expect(box(page, 'marketing.films')).toBeChecked()
    await expect(box(page, 'marketing')).toHaveRole('checkbox')
  })
})

test('own categories, in their own order', async ({ page, site }) => {
  const categories = {
    marketing: {},
    maps: { title: 'Maps', description: 'Show you where our *shops* are.' },
    necessary: { title: 'Needed' },
  }
  await page.goto(site.page({ tag: config({ categories }) }))
  await page.locator(part('settings')).click()
  await expect(page.locator(part('name'))).toHaveText(['Needed', 'Marketing', 'Maps'])
  await expect(page.locator(part('category')).last().locator('em')).toHaveText('shops')
})

test.describe('the basis of a category', () => {
  const categories = {
    performance: { basis: 'objection' },
    security: { title: 'Security', description: 'Keeps robots out.', basis: 'necessary' },
    marketing: {},
  }
  const script = (consent: string) =>
    `<script type="text/plain" data-consent="${consent}">run(${JSON.stringify(consent)})</script>`
  const body = ['performance', 'security', 'marketing', '!performance'].map(script).join('')

  test('objection: on until it is refused, and then off for good (REG 22)', async ({ page, site, messages }) => {
    await page.goto(site.page({ tag: config({ categories }), body }))
    expect(await ran(page)).toEqual(['performance', 'security'])
    await expect(page.locator(BANNER)).toBeVisible()
    await page.locator(part('settings')).click()
    // Nothing that needs consent is ticked in advance.
    const states = await page
      .locator(PREFERENCES)
      .locator('input')
      .evaluateAll((inputs: HTMLInputElement[]) =>
        inputs.map(({ name, checked, disabled }) => [name, checked, disabled]),
      )
    expect(states).toEqual([
      ['necessary', true, true],
      ['performance', true, false],
      ['security', true, true],
      ['marketing', false, false],
    ])
    await expect(page.locator(part('basis'))).toHaveText(['Always on', 'On unless you refuse', 'Always on'])
    const reloaded = page.waitForEvent('load')
    await page.locator(PREFERENCES).locator(part('reject')).click()
    await reloaded
    expect(await ran(page)).toEqual(['security', '!performance'])
    await page.reload()
    expect(await ran(page)).toEqual(['security', '!performance'])
    expect(messages).toEqual([])
  })

  test('a refusal holds when the choice itself counts no more', async ({ page, site }) => {
    const cookie = cookieFor({ granted: ['marketing'], denied: ['performance'], revision: 0 })
    await page.context().addCookies([{ ...cookie, url: site.origin }])
    await page.goto(site.page({ tag: config({ categories, revision: 1 }), body }))
    await expect(page.locator(BANNER)).toBeVisible()
    expect(await ran(page)).toEqual(['security'])
  })

  test('allowing a held film refuses nothing else', async ({ page, site }) => {
    const film = '<iframe data-consent="marketing" data-src="/frame/a" title="A" width="400" height="300"></iframe>'
    await page.goto(site.page({ tag: config({ categories, auto: false }), body: body + film }))
    await page.frameLocator('iframe').locator(part('always')).click()
    await expect.poll(() => ran(page)).toEqual(['performance', 'security', 'marketing'])
    expect(await page.evaluate('crumbgate.choice.denied')).toEqual([])
    // Said also where no dialog was showing.
    await expect(page.getByRole('status')).toHaveText('Your choice has been saved.')
  })

  test('that a refusal reloads the page is said before the first choice too', async ({ page, site }) => {
    for (const [tag, count] of [
      [config({ categories }), 1],
      [config({ categories, reload: false }), 0],
      [TAG, 0],
    ] as const) {
      await page.goto(site.page({ tag, body }))
      await page.locator(part('settings')).click()
      await expect(page.locator('#crumbgate-about')).toContainText('Allow what you like')
      expect(await page.getByText('this page reloads').count()).toBe(count)
    }
  })

  test('a cookie that cannot be read, or a mistake in the options, allows nothing', async ({ page, site }) => {
    await page.context().addCookies([{ name: 'crumbgate', value: '1.garbled', url: site.origin }])
    await page.goto(site.page({ tag: config({ categories }), body }))
    await expect(page.locator(BANNER)).toBeVisible()
    expect(await ran(page)).toEqual(['security'])
    await page.context().clearCookies()
    await page.goto(site.page({ tag: config({ categories, colour: 'red' }), body }))
    await expect(page.locator(BANNER)).toBeVisible()
    expect(await ran(page)).toEqual(['security'])
  })
})

test('what is new since the choice is off, asks once, and the rest is kept (REG 4)', async ({ page, site }) => {
  await page
    .context()
    .addCookies([
      { ...cookieFor({ granted: ['functional', 'marketing'], services: { films: true } }), url: site.origin },
    ])
  const tag = config({
    categories: { functional: {}, performance: {}, marketing: {}, maps: { title: 'Maps', description: 'Show shops.' } },
    services: TWO,
  })
  const address = site.page({ tag })
  await page.goto(address)
  await expect(page.locator(BANNER)).toBeVisible()
  await page.locator(part('settings')).click()
  const checked = await page
    .locator(PREFERENCES)
    .locator('input')
    .evaluateAll((inputs: HTMLInputElement[]) => inputs.filter((input) => input.checked).map(({ name }) => name))
  // Marketing itself is mixed, since one of its services is new.
  expect(checked.filter((name) => name !== 'marketing')).toEqual(['necessary', 'functional', 'marketing.films'])
  await page.locator(PREFERENCES).locator(part('save')).click()
  expect(await page.evaluate('[crumbgate.choice.granted, crumbgate.choice.services]')).toEqual([
    ['functional', 'marketing'],
    { films: true, ads: false },
  ])
  await page.goto(address)
  await expect.poll(() => page.evaluate('crumbgate.needsChoice')).toBe(false)
  await expect(page.locator(BANNER)).toHaveCount(0)
})
