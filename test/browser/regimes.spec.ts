import { cookieFor } from '../../src/testing'
import { accept, BANNER, config, expect, marked, PREFERENCES, part, ran, test } from './site'

// Different law in different places (REG 22, 23, 27, 28, 31, 32).

const SIGNALS = '<script src="/dist/crumb-signals.js"></script>'
const tag = (options: object) => SIGNALS + config(options)
const HELD = ['marketing', '!marketing'].map((name) => marked('', `run("${name}")`, name)).join('')
const DAY = 86_400_000
const REGIONS = { 'US-CA': 'opt-out', US: 'notice', BR: 'none', '*': 'opt-in' }
const regimeOf = (page: import('@playwright/test').Page) => page.evaluate('crumbgate.config.regime')

test.describe('the region', () => {
  test('has its own rule before that of its country', async ({ page, site, messages }) => {
    for (const [region, regime] of [
      ['US-CA', 'opt-out'],
      ['us-ca', 'opt-out'],
      ['US-TX', 'notice'],
      ['US', 'notice'],
      ['US-', 'notice'],
      ['BR-SP', 'none'],
      ['FR', 'opt-in'],
    ] as const) {
      await page.goto(site.page({ tag: tag({ region, regions: REGIONS }) }))
      expect(await regimeOf(page), region).toBe(regime)
    }
    expect(messages).toEqual([])
  })

  test('comes from an attribute, a meta tag, a cookie or a function', async ({ page, site, context, messages }) => {
    const rules = `<script>window.crumbgateConfig = { regions: ${JSON.stringify(REGIONS)} }</script>`
    const ours = (attributes: string) => `${SIGNALS}${rules}<script src="/dist/crumbgate.js" ${attributes}></script>`
    await page.goto(site.page({ tag: ours('data-region="US-CA"') }))
    expect(await regimeOf(page)).toBe('opt-out')
    const meta = '<meta name="visitor-region" content="US-CA">'
    await page.goto(site.page({ tag: meta + ours('data-region="meta:visitor-region"') }))
    expect(await regimeOf(page)).toBe('opt-out')
    await context.addCookies([{ name: 'geo', value: 'US-CA', url: site.origin }])
    await page.goto(site.page({ tag: ours('data-region="cookie:geo"') }))
    expect(await regimeOf(page)).toBe('opt-out')
    await page.goto(
      site.page({
        tag: ours('').replace('regions:', "region: () => document.documentElement.lang && 'US-CA', regions:"),
      }),
    )
    expect(await regimeOf(page)).toBe('opt-out')
    expect(messages).toEqual([])
  })

  test('that is unclear is opt-in, with a message (REG 32)', async ({ page, site, messages }) => {
    for (const [what, options, message] of [
      ['is no region', { region: 'California', regions: REGIONS }, 'region: "California" is not a region'],
      ['is not known to the CDN', { region: 'cookie:geo', regions: REGIONS }, 'region: there is no cookie "geo"'],
      ['has no rule', { region: 'FR', regions: { US: 'notice' } }, 'regions has no rule for "FR"'],
      ['has no table', { region: 'FR' }, 'regions has no rule for "FR"'],
      ['stands for none', { region: 'XX', regions: { '*': 'none' } }, 'region: "XX" is not a region'],
      [
        'has a table with a key that is none',
        { region: 'FR', regions: { EU: 'opt-in', '*': 'none' } },
        'regions: "EU" is not a region',
      ],
      [
        'has a table in small letters',
        { region: 'FR', regions: { fr: 'opt-in', '*': 'none' } },
        'regions: "fr" is not a region',
      ],
      ['has a number for a rule', { region: 'US', regime: 'none', regions: { US: 5 } }, 'the rule for "US" is none'],
      [
        'has a rule without a regime',
        { region: 'US', regime: 'none', regions: { US: { acceptDays: 90 } } },
        'the rule for "US" is none',
      ],
      ['is missing', { regions: REGIONS }, 'region is missing: where the visitor is. Write one such as "US"'],
      ['has a rule that is none', { region: 'US', regions: { US: 'optout' } }, 'regime: "optout" is not right'],
      [
        'has a rule with a mistake',
        { region: 'US', regions: { US: { regim: 'notice' } } },
        'the rule for "US" is none',
      ],
    ] as const) {
      messages.length = 0
      await page.goto(site.page({ tag: tag(options), body: HELD }))
      expect(await regimeOf(page), what).toBe('opt-in')
      await expect(page.locator(BANNER)).toBeVisible()
      expect(await ran(page), what).toEqual([])
      expect(messages, what).toEqual([expect.stringContaining(message)])
    }
  })

  test('that a function cannot tell is opt-in, with a message', async ({ page, site, messages }) => {
    const broken = `<script>window.crumbgateConfig = { region() { throw new Error('no') }, regions: { '*': 'none' } }</script>`
    await page.goto(site.page({ tag: `${SIGNALS}${broken}<script src="/dist/crumbgate.js"></script>`, body: HELD }))
    expect(await regimeOf(page)).toBe('opt-in')
    expect(messages).toEqual([
      'crumbgate: "opt-in" holds, since the region is unclear. region cannot be read. Error: no.',
    ])
  })

  test('has lifetimes of its own (REG 23)', async ({ page, site }) => {
    const regions = { CA: { regime: 'opt-in', acceptDays: 90, refuseDays: 390 }, '*': 'opt-in' }
    await page.goto(site.page({ tag: tag({ region: 'CA', regions, acceptDays: 200 }) }))
    expect(await page.evaluate('[crumbgate.config.acceptDays, crumbgate.config.refuseDays]')).toEqual([90, 390])
    await page.goto(site.page({ tag: tag({ region: 'DE', regions, acceptDays: 200 }) }))
    expect(await page.evaluate('[crumbgate.config.acceptDays, crumbgate.config.refuseDays]')).toEqual([200, 183])
  })

  test('works as a module: regimeFor() beside the other options', async ({ page, site }) => {
    const head = `<script type="module">
      import { createConsent } from '/dist/core.js'
      import { regimeFor } from '/dist/regions.js'
      import { connect, gpc } from '/dist/signals/index.js'
      window.consent = createConsent({ ...regimeFor({ region: () => 'US-CA', regions: { US: 'opt-out' } }), signals: connect(gpc()) })
    </script>`
    await page.goto(site.page({ tag: '', head, body: HELD }))
    await expect.poll(() => ran(page)).toEqual(['marketing'])
    expect(await page.evaluate('consent.config.regime')).toBe('opt-out')
  })
})

test.describe('opt-out', () => {
  const options = { regime: 'opt-out', services: { ads: { category: 'marketing', cookies: ['_ad'] } } }

  test('is on until it is refused, in the words of the law, and the refusal holds for a year (REG 27, REG 28)', async ({
    page,
    site,
    context,
    messages,
  }) => {
    const address = site.page({ tag: tag(options), body: HELD })
    await page.goto(address)
    await expect.poll(() => ran(page)).toEqual(['marketing'])
    await context.addCookies([{ name: '_ad', value: '1', url: site.origin }])
    const banner = page.locator(BANNER)
    await expect(banner).toContainText('The optional ones are on unless you refuse them.')
    await expect(banner.locator(part('accept'))).toHaveText('OK')
    const reloaded = page.waitForEvent('load')
    await banner.getByRole('button', { name: 'Do not sell or share my personal information' }).click()
    await reloaded
    expect(await ran(page)).toEqual(['!marketing'])
    await expect(banner).toBeHidden()
    expect((await context.cookies()).map(({ name }) => name)).toEqual(['crumbgate'])
    for (const [age, isAsked] of [
      [364, false],
      [366, true],
    ] as const) {
      const old = cookieFor({ at: Date.now() - age * DAY, regime: 'opt-out', services: { ads: false } })
      await context.addCookies([{ ...old, url: site.origin }])
      await page.goto(address)
      await expect(banner).toBeVisible({ visible: isAsked })
      // What was refused stays refused while it is asked about again.
      expect(await ran(page)).toEqual(isAsked ? [] : ['!marketing'])
    }
    expect(messages).toEqual([])
  })

  test('the link that the law asks for shows where it holds, and opens what refuses (REG 27)', async ({
    page,
    site,
  }) => {
    const body = `<footer><a href="/privacy" data-consent-open="opt-out" hidden>Do not sell or share my personal information</a></footer>`
    const link = page.getByRole('link', { name: 'Do not sell' })
    await page.goto(site.page({ tag: tag({}), body }))
    await expect(page.locator(BANNER)).toBeVisible()
    await expect(link).toBeHidden()
    await page.goto(site.page({ tag: tag({ ...options, auto: false }), body }))
    await link.click()
    const dialog = page.locator(PREFERENCES)
    await expect(dialog.getByRole('switch', { name: 'Marketing' })).toBeChecked()
    await dialog.getByRole('button', { name: 'Do not sell' }).click()
    await expect(dialog).toBeHidden()
    expect(await page.evaluate('crumbgate.choice.method')).toBe('reject')
  })

  test('shows the link also where it comes later, or Crumbgate is a module, and leaves it as it was', async ({
    page,
    site,
  }) => {
    const link = page.getByRole('link', { name: 'Opt out' })
    const add = () =>
      page.evaluate(() => {
        document.body.insertAdjacentHTML('beforeend', '<a href="#" data-consent-open="opt-out" hidden>Opt out</a>')
      })
    await page.goto(site.page({ tag: tag(options) }))
    await add()
    await expect(link).toBeVisible()
    const head = `<script type="module">
      import { createConsent } from '/dist/core.js'
      import { connect, gpc } from '/dist/signals/index.js'
      window.consent = createConsent({ regime: 'opt-out', signals: connect(gpc()) })
    </script>`
    await page.goto(site.page({ tag: '', head }))
    await add()
    await expect(link).toBeVisible()
    await page.evaluate('consent.destroy()')
    await expect(link).toBeHidden()
  })

  test('what the browser does not show may be a refusal, and what it does not keep is not reloaded away', async ({
    page,
    site,
  }) => {
    const spoil = (get: string) =>
      `<script>Object.defineProperty(Document.prototype, 'cookie', { configurable: true, get() { ${get} }, set() {} })</script>`
    await page.goto(site.page({ tag: spoil('throw new Error("refused")') + tag(options), body: HELD }))
    await expect(page.locator(BANNER)).toBeVisible()
    expect(await ran(page)).toEqual([])
    await page.goto(site.page({ tag: spoil('return ""') + tag(options), body: HELD }))
    await expect(page.locator(BANNER)).toBeVisible()
    expect(await ran(page)).toEqual(['marketing'])
    await page.evaluate('window.same = true')
    await page.locator(BANNER).locator(part('reject')).click()
    await expect.poll(() => ran(page)).toEqual(['marketing', '!marketing'])
    expect(await page.evaluate('same')).toBe(true)
  })

  test('never beats a stored refusal (FIELD c15t#546)', async ({ page, site, context }) => {
    await context.addCookies([{ ...cookieFor({ services: { ads: false } }), url: site.origin }])
    await page.goto(site.page({ tag: tag(options), body: HELD }))
    expect(await ran(page)).toEqual(['!marketing'])
    await expect(page.locator(BANNER)).toBeHidden()
  })

  test('an unreadable choice may be a refusal: nothing is on', async ({ page, site, context }) => {
    await context.addCookies([{ name: 'crumbgate', value: 'garbage', url: site.origin }])
    await page.goto(site.page({ tag: tag(options), body: HELD }))
    await expect(page.locator(BANNER)).toBeVisible()
    expect(await ran(page)).toEqual([])
  })

  test('a clock that was set back by days leaves a refusal unreadable, not forgotten', async ({
    page,
    site,
    context,
  }) => {
    await context.addCookies([{ ...cookieFor({ at: Date.now() + 5 * DAY, regime: 'opt-out' }), url: site.origin }])
    await page.goto(site.page({ tag: tag({ regime: 'opt-out' }), body: HELD }))
    await expect(page.locator(BANNER)).toBeVisible()
    expect(await ran(page)).toEqual([])
  })
})

test('what was accepted where it was on already is no consent elsewhere; a refusal holds everywhere (REG 4)', async ({
  page,
  site,
}) => {
  const us = site.page({ tag: tag({ region: 'US-CA', regions: REGIONS }), body: HELD })
  const fr = site.page({ tag: tag({ region: 'FR', regions: REGIONS }), body: HELD })
  await page.goto(us)
  await page.evaluate('crumbgate.accept()')
  await page.goto(fr)
  await expect(page.locator(BANNER)).toBeVisible()
  expect(await ran(page)).toEqual([])
  await page.goto(us)
  expect(await ran(page)).toEqual(['marketing'])
  await page.goto(fr)
  await accept(page)
  await page.goto(us)
  expect(await ran(page)).toEqual(['marketing'])
  await page.goto(fr)
  expect(await ran(page)).toEqual(['marketing'])
  const reloaded = page.waitForEvent('load')
  await page.evaluate('crumbgate.withdraw()')
  await reloaded
  await page.goto(us)
  expect(await ran(page)).toEqual(['!marketing'])
})

test('notice: everything is on, and the banner only informs', async ({ page, site, messages }) => {
  const address = site.page({ tag: tag({ regime: 'notice' }), body: HELD })
  await page.goto(address)
  await expect.poll(() => ran(page)).toEqual(['marketing'])
  await expect(page.locator(BANNER).getByRole('button')).toHaveText(['OK', 'Settings'])
  await page.getByRole('button', { name: 'OK' }).click()
  await page.goto(address)
  await expect(page.locator(BANNER)).toBeHidden()
  // The settings refuse, as anywhere.
  await page.evaluate('crumbgate.open()')
  const reloaded = page.waitForEvent('load')
  await page.locator(PREFERENCES).getByRole('button', { name: 'Reject all' }).click()
  await reloaded
  expect(await ran(page)).toEqual(['!marketing'])
  expect(messages).toEqual([])
})

test('none: everything is on, nobody is asked, and the link still works', async ({ page, site }) => {
  const body = `${HELD}<a href="#" data-consent-open>Cookie settings</a>`
  await page.goto(site.page({ tag: tag({ regime: 'none' }), body }))
  await expect.poll(() => ran(page)).toEqual(['marketing'])
  expect(await page.evaluate('crumbgate.needsChoice')).toBe(false)
  await page.getByRole('link', { name: 'Cookie settings' }).click()
  const reloaded = page.waitForEvent('load')
  await page.locator(PREFERENCES).locator(part('reject')).click()
  await reloaded
  expect(await ran(page)).toEqual(['!marketing'])
})

test('opt-out: destroy() hides the links again, and leaves the page its own style sheets', async ({ page, site }) => {
  const body = '<a href="#" data-consent-open="opt-out" hidden>Opt out</a>'
  await page.goto(site.page({ tag: tag({ regime: 'opt-out', signals: ['gpc'] }), body }))
  const link = page.getByText('Opt out', { exact: true })
  await expect(link).toBeVisible()
  await page.evaluate(
    'window.own = new CSSStyleSheet(); document.adoptedStyleSheets = [...document.adoptedStyleSheets, own]',
  )
  await page.evaluate('crumbgate.destroy()')
  await expect(link).toBeHidden()
  expect(await page.evaluate('document.adoptedStyleSheets.includes(own)')).toBe(true)
})
