import type { Page } from '@playwright/test'
import { cookieFor } from '../../src/testing'
import { accept, BANNER, config, expect, marked, PREFERENCES, part, ran, test } from './site'

// Global Privacy Control: https://www.w3.org/TR/gpc/ (REG 24 to 30, E2E 12).

const SIGNALS = '<script src="/dist/crumb-signals.js"></script>'
const tag = (options: object) => SIGNALS + config(options)
const HELD = ['marketing', 'performance', '!marketing'].map((name) => marked('', `run("${name}")`, name)).join('')
const ALL = { granted: ['functional', 'performance', 'marketing'] }
const HONOURED = 'Opt-out request honoured'

const ask = (page: Page) =>
  page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { configurable: true, get: () => true })
  })
const pill = (page: Page) => page.locator(part('reopen'))
const recorded = async (page: Page) => (await page.context().cookies()).map(({ value }) => value.split('.')[6])

test('under opt-out it refuses before the first tag, without a banner or a cookie, and it is said (REG 24, REG 25)', async ({
  page,
  site,
  context,
  messages,
}) => {
  const address = site.page({ tag: tag({ regime: 'opt-out', signals: ['google'] }), body: HELD })
  await page.goto(address)
  await expect.poll(() => ran(page)).toEqual(['marketing', 'performance'])
  await expect(page.locator(BANNER)).toBeVisible()
  await expect(pill(page)).toBeHidden()

  await ask(page)
  await page.goto(address)
  await expect(pill(page)).toHaveText(HONOURED)
  await expect(pill(page)).toBeVisible()
  await expect(page.locator(BANNER)).toBeHidden()
  // Nothing decided, so not even the tag for those who have refused.
  expect(await ran(page)).toEqual([])
  expect(await context.cookies()).toEqual([])
  expect(await page.evaluate('[crumbgate.honoured, crumbgate.choice, crumbgate.needsChoice]')).toEqual([
    'gpc',
    null,
    false,
  ])
  expect(await page.evaluate('dataLayer.length === 1 && dataLayer[0][2].ad_storage')).toBe('denied')

  await pill(page).click()
  const dialog = page.locator(PREFERENCES)
  await expect(dialog.locator(part('honoured'))).toHaveText(HONOURED)
  await expect(dialog.getByRole('switch', { name: 'Marketing' })).not.toBeChecked()
  await expect(dialog.getByRole('switch', { name: 'Performance' })).not.toBeChecked()
  expect(messages).toEqual([])
})

test('a later choice that leaves it as it is changes nothing of what is said; not in frames of the page', async ({
  page,
  site,
}) => {
  await ask(page)
  const inner = site.page({ tag: tag({ regime: 'opt-out' }) }).replace(/^.*(?=\/p\/)/, '')
  const address = site.page({ tag: tag({ regime: 'opt-out' }), body: `<iframe src="${inner}" title="Inner"></iframe>` })
  await page.goto(address)
  await expect(pill(page)).toBeVisible()
  await page.evaluate('crumbgate.reject()')
  expect(await recorded(page)).toEqual(['opt-out_gpc'])
  await expect(pill(page)).toBeVisible()
  await page.goto(address)
  await expect(pill(page)).toHaveText(HONOURED)
  await expect(page.frameLocator('iframe').locator(part('reopen'))).toHaveCount(0)
  // With the button that stays it is what that says, there too.
  const withButton = site.page({ tag: tag({ regime: 'opt-out', button: true }) })
  await page.locator('iframe').evaluate((frame, src) => frame.setAttribute('src', src), withButton)
  await expect(page.frameLocator('iframe').locator(part('reopen'))).toHaveText(HONOURED)
  await expect(page.frameLocator('iframe').locator(part('reopen'))).toBeVisible()
  await page.evaluate('crumbgate.save({ marketing: true })')
  await expect(pill(page)).toBeHidden()
})

test('a later choice of the visitor wins, and is recorded as such (REG 26)', async ({ page, site }) => {
  await ask(page)
  const address = site.page({ tag: tag({ regime: 'opt-out' }), body: HELD })
  await page.goto(address)
  await pill(page).click()
  const dialog = page.locator(PREFERENCES)
  await dialog.getByRole('switch', { name: 'Marketing' }).check()
  await dialog.locator(part('save')).click()
  await expect.poll(() => ran(page)).toEqual(['marketing'])
  await expect(pill(page)).toBeHidden()
  expect(await recorded(page)).toEqual(['opt-out_gpc'])
  await page.goto(address)
  expect(await ran(page)).toEqual(['marketing'])
  expect(await page.evaluate('[crumbgate.honoured, crumbgate.choice.signals.join()]')).toEqual([null, 'gpc'])
  await expect(pill(page)).toHaveCount(0)
})

for (const regime of ['opt-in', 'opt-out'] as const) {
  test(`under ${regime} it wins over an acceptance from before it was there, which stays as it is (REG 26)`, async ({
    page,
    site,
    context,
  }) => {
    const cookie = cookieFor({ ...ALL, regime })
    await context.addCookies([{ ...cookie, url: site.origin }])
    const address = site.page({ tag: tag({ regime, signals: ['gpc'] }), body: HELD })
    await page.goto(address)
    expect(await ran(page)).toEqual(['marketing', 'performance'])
    await ask(page)
    await page.goto(address)
    // They have decided, and marketing is not allowed.
    expect(await ran(page)).toEqual(['!marketing'])
    await expect(page.locator(BANNER)).toBeHidden()
    // Said, since it stands over what was accepted.
    await expect(pill(page)).toHaveText(HONOURED)
    expect(await page.evaluate('crumbgate.choice.method')).toBe('accept')
    expect((await context.cookies()).map(({ value }) => value)).toEqual([cookie.value])
  })
}

test('what refused services left from before it was there is deleted', async ({ page, site, context }) => {
  await ask(page)
  await context.addCookies([
    { name: '_ad', value: '1', url: site.origin },
    { name: 'own', value: '1', url: site.origin },
  ])
  await page.goto(
    site.page({ tag: tag({ regime: 'opt-out', services: { ads: { category: 'marketing', cookies: ['_ad'] } } }) }),
  )
  await expect(pill(page)).toBeVisible()
  expect((await context.cookies()).map(({ name }) => name)).toEqual(['own'])
})

test('for some categories only, if the owner says so', async ({ page, site }) => {
  await ask(page)
  const signals = { gpc: { categories: ['marketing'] } }
  await page.goto(site.page({ tag: tag({ regime: 'opt-out', signals }), body: HELD }))
  await expect(pill(page)).toBeVisible()
  expect(await ran(page)).toEqual(['performance'])
})

test('allowing a frame all the same allows no more than it', async ({ page, site, context }) => {
  await ask(page)
  const services = {
    maps: { category: 'functional' },
    chat: { category: 'functional' },
    ads: { category: 'marketing' },
  }
  const before = cookieFor({ ...ALL, services: { maps: true, chat: false, ads: true } })
  await context.addCookies([{ ...before, url: site.origin }])
  const body =
    '<iframe data-consent="performance" data-src="/frame/x" title="Figures" width="480" height="300"></iframe>'
  const gpc = { categories: ['performance', 'marketing'] }
  await page.goto(site.page({ tag: tag({ services, signals: { gpc } }), body }))
  await page.frameLocator('iframe').locator(part('always')).click()
  await expect(page.locator('iframe')).toHaveAttribute('src', '/frame/x')
  expect(await page.evaluate('({ ...crumbgate.choice })')).toMatchObject({
    granted: ['functional', 'performance'],
    denied: ['marketing'],
    services: { maps: true, chat: false, ads: false },
    signals: ['gpc'],
  })
})

test('the server passes the header on', async ({ page, site }) => {
  for (const [content, isAsked] of [
    ['1', true],
    ['0', false],
    ['', false],
  ] as const) {
    const head = `<meta name="sec-gpc" content="${content}">`
    await page.goto(site.page({ tag: head + tag({ regime: 'notice' }), body: HELD }))
    await expect(isAsked ? pill(page) : page.locator(BANNER)).toBeVisible()
    expect(await ran(page), content).toEqual(isAsked ? [] : ['marketing', 'performance'])
  }
})

test('under opt-in the banner asks all the same, and says so', async ({ page, site }) => {
  await ask(page)
  await page.goto(site.page({ tag: tag({ signals: ['gpc'] }), body: HELD }))
  const banner = page.locator(BANNER)
  await expect(banner.locator(part('honoured'))).toHaveText(HONOURED)
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['marketing', 'performance'])
  expect(await recorded(page)).toEqual(['opt-in_gpc'])
})

test('without the signal in the configuration nothing is read', async ({ page, site }) => {
  await ask(page)
  await page.goto(site.page({ tag: config({}), body: HELD }))
  await expect(page.locator(BANNER)).toBeVisible()
  expect(await page.evaluate('crumbgate.honoured')).toBe(null)
})

test('the declaration says it too', async ({ page, site }) => {
  await ask(page)
  await page.goto(site.page({ tag: tag({ regime: 'opt-out' }), body: '<crumb-table></crumb-table>' }))
  await expect(page.locator(`crumb-table ${part('honoured')}`)).toHaveText(HONOURED)
  await expect(page.locator('crumb-table h3').last()).toHaveText('Marketing Not allowed')
})

test('when another tab decides, what this one says goes', async ({ page, site, context }) => {
  await context.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { configurable: true, get: () => true })
  })
  const address = site.page({ tag: tag({ regime: 'opt-out' }), body: HELD })
  await page.goto(address)
  await expect(pill(page)).toBeVisible()
  const other = await context.newPage()
  await other.goto(address)
  await other.evaluate('crumbgate.accept()')
  await expect(pill(page)).toBeHidden()
  await expect.poll(() => ran(page)).toEqual(['marketing', 'performance'])
})

test("any other signal of the browser's has a place (REG 35)", async ({ page, site, messages }) => {
  const own = `<script>
    window.crumbgateConfig = {
      signals: [
        { name: 'quiet', categories: ['marketing'], read: () => true },
        { name: 'broken', read() { throw new Error('no answer') } },
        { name: 'absent', read: () => undefined },
        { name: 'late', async apply() { throw new Error('too late') } },
      ],
    }
  </script>`
  const address = site.page({ tag: `${SIGNALS}${own}<script src="/dist/crumbgate.js"></script>`, body: HELD })
  await page.goto(address)
  expect(await page.evaluate('crumbgate.honoured')).toBe('quiet')
  // What cannot be read may be a refusal.
  await accept(page)
  expect(await recorded(page)).toEqual(['opt-in_quiet_broken'])
  expect(messages).toEqual([
    'crumbgate: the signal "broken" does not work. Error: no answer',
    'crumbgate: the signal "late" does not work. Error: too late',
  ])
})
