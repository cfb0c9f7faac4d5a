import type { Page } from '@playwright/test'
import { LANGUAGES, type Language } from '../../src/locales/index'
import { importLocale } from '../../src/locales/load'
import { BANNER, config, ended, expect, PREFERENCES, part, stretchSecond, TAG, test } from './site'

test.use({ patient: true })

const SERVICES = { films: { category: 'marketing', title: 'Films', provider: 'Films Ltd', cookies: ['_f*'] } }
const title = (page: Page) => page.locator(BANNER).locator('h2')
const fetched = (requests: readonly string[]) =>
  requests.filter((path) => path.startsWith('/dist/locales/')).map((path) => path.replace(/\?.*/, ''))

test("the dialog is in the page's language, whose file is fetched once", async ({ page, site, messages }) => {
  await page.goto(site.page({ lang: 'de-AT', body: '<p><a href="#" data-consent-open>Cookies</a></p>' }))
  await expect(title(page)).toHaveText('Wir verwenden Cookies')
  await expect(page.locator('#crumbgate-host')).toHaveAttribute('lang', 'de')
  await page.locator(part('settings')).click()
  await page.locator(PREFERENCES).locator(part('save')).click()
  expect(await page.evaluate('crumbgate.choice.locale')).toBe('de')
  expect(fetched(site.requests)).toEqual(['/dist/locales/de.json'])
  // Who has chosen needs no texts before asking for them.
  await page.reload()
  await page.waitForLoadState('load')
  expect(fetched(site.requests)).toHaveLength(1)
  await page.getByText('Cookies').click()
  await expect(page.locator(PREFERENCES).locator(part('accept'))).toHaveText('Alle akzeptieren')
  expect(messages).toEqual([])
})

test('data-lang beats the page, which beats the browser; English needs no file', async ({ browser, site }) => {
  const context = await browser.newContext({ locale: 'fr-CA' })
  const page = await context.newPage()
  await stretchSecond(page)
  for (const [lang, tag, expected] of [
    ['en', TAG, 'We use cookies'],
    ['en', '<script src="/dist/crumbgate.js" data-lang="pl"></script>', 'Używamy plików cookie'],
    ['th', TAG, 'Nous utilisons des cookies'],
    ['', TAG, 'Nous utilisons des cookies'],
  ] as const) {
    await page.goto(site.page({ lang, tag }))
    await expect(title(page)).toHaveText(expected)
  }
  expect(fetched(site.requests)).toEqual(['pl', 'fr', 'fr'].map((lang) => `/dist/locales/${lang}.json`))
  await context.close()
})

test.describe('without patience', () => {
  test.use({ patient: false })

  test('a language that takes more than a second comes too late, and changes nothing under the visitor', async ({
    page,
    site,
  }) => {
    let answer = () => {}
    const asked = new Promise<void>((resolve) => {
      page.route('**/locales/de.json?*', (route) => {
        answer = () => route.continue()
        resolve()
      })
    })
    await page.goto(site.page({ lang: 'de' }))
    await asked
    await expect(title(page)).toHaveText('We use cookies')
    const late = page.waitForResponse('**/locales/de.json?*')
    answer()
    await (await late).finished()
    await page.locator(part('settings')).click()
    await expect(page.locator(PREFERENCES).locator('h2')).toHaveText('Your cookie settings')
    await page.locator(PREFERENCES).locator(part('accept')).click()
    expect(await page.evaluate('crumbgate.choice.locale')).toBe('en')
  })
})

test.describe('texts that cannot be had are English, and one message says why', () => {
  test('refused by connect-src', async ({ page, site, messages }) => {
    await page.goto(site.page({ lang: 'de', headers: { 'Content-Security-Policy': "connect-src 'none'" } }))
    await expect(title(page)).toHaveText('We use cookies')
    expect(messages).toEqual([expect.stringMatching(/the texts in "de" cannot be loaded, so they are English/)])
  })

  for (const [name, body] of [
    ['no JSON', '<!doctype html>'],
    ['another version', '["Cookies?"]'],
    ['an object', '{"title":"Cookies?"}'],
  ] as const) {
    test(name, async ({ page, site, messages }) => {
      await page.route('**/locales/de.json?*', (route) => route.fulfill({ body, contentType: 'application/json' }))
      await page.goto(site.page({ lang: 'de' }))
      await expect(title(page)).toHaveText('We use cookies')
      expect(messages).toEqual([expect.stringMatching(/the texts in "de" cannot be loaded, so they are English/)])
    })
  }
})

test('from right to left everything is mirrored', async ({ page, site }) => {
  await page.goto(site.page({ lang: 'he', tag: config({ close: 'reject', services: SERVICES }) }))
  await expect(page.locator('#crumbgate-host')).toHaveAttribute('dir', 'rtl')
  const x = async (selector: string) => (await page.locator(selector).first().boundingBox())?.x ?? 0
  await expect(page.locator(BANNER)).toBeVisible()
  await ended(page)
  expect(await x(BANNER)).toBeGreaterThan(640)
  expect(await x(`${BANNER} ${part('close')}`)).toBeLessThan(await x(`${BANNER} h2`))
  expect(await x(`${BANNER} ${part('reject')}`)).toBeGreaterThan(await x(`${BANNER} ${part('accept')}`))
  await page.locator(part('settings')).click()
  await page.locator('summary').click()
  expect(await x(`${PREFERENCES} input[name=marketing]`)).toBeLessThan(await x(`${PREFERENCES} ${part('name')}`))
  // A name in Latin letters keeps its own direction.
  const name = page.locator(part('service')).locator('bdi')
  await expect(name).toHaveText('_f*')
  await expect(name).toHaveCSS('direction', 'ltr')
})

test("an owner's texts win, with links and emphasis in sentences, and none in labels", async ({
  page,
  site,
  messages,
}) => {
  const texts = {
    title: 'Kekse *gefällig*?',
    intro: 'Mehr dazu [in der Erklärung](/privacy#cookies), **ehrlich**. [Nicht](javascript:run("evil")).',
    accept: '[Ja](/yes)',
  }
  await page.goto(site.page({ lang: 'de', tag: config({ texts }) }))
  await expect(title(page)).toHaveText('Kekse *gefällig*?')
  const intro = page.locator('#crumbgate-intro')
  await expect(intro.getByRole('link', { name: 'in der Erklärung' })).toHaveAttribute('href', '/privacy#cookies')
  await expect(intro.locator('strong')).toHaveText('ehrlich')
  await expect(intro.getByRole('link')).toHaveCount(1)
  await expect(page.locator(BANNER).locator(part('accept'))).toHaveText('[Ja](/yes)')
  await expect(page.locator(BANNER).locator(part('reject'))).toHaveText('Alle ablehnen')
  expect(messages).toEqual([])
})

test('the ES build loads a language as a module of its own', async ({ page, site }) => {
  const start =
    '<script type="module">import { createConsent } from "/dist/index.js"; window.consent = createConsent()</script>'
  await page.goto(site.page({ lang: 'sv', tag: '', head: start }))
  await expect(title(page)).toHaveText((await importLocale('sv')).texts.title)
  expect(fetched(site.requests)).toEqual(['/dist/locales/sv.js'])
  await page.locator(BANNER).locator(part('reject')).click()
  expect(await page.evaluate('consent.choice.locale')).toBe('sv')
})

const LONGEST: readonly Language[] = ['bg', 'de', 'el', 'fi', 'ga', 'hu']

// On a phone all of them; in a bar, and in the preferences, the longest.
for (const [width, layout, languages] of [
  [320, 'card', LANGUAGES],
  [1280, 'bar', LONGEST],
] as const) {
  test(`every language fits, ${layout}, ${width} px wide`, async ({ page, site }) => {
    test.setTimeout(240_000)
    await page.setViewportSize({ width, height: 720 })
    // One page for all, since to load one takes most of the time.
    const head = `<script type="module">
      import { createConsent } from "/dist/index.js"
      let consent
      window.speak = (options) => {
        consent?.destroy()
        consent = createConsent(options)
      }</script>`
    await page.goto(site.page({ tag: '', head }))
    for (const lang of languages) {
      const { texts } = await importLocale(lang)
      await page.evaluate((options) => Reflect.get(window, 'speak')(options), {
        lang,
        layout,
        policy: '/privacy',
        services: SERVICES,
      })
      await expect(page.locator(BANNER).locator(part('reject')), lang).toHaveText(texts.reject)
      await ended(page)
      const spill = (selector: string) =>
        page
          .locator(selector)
          .evaluate((layer) =>
            [layer, ...layer.querySelectorAll('button, p, h2, label')].some(
              (element) => element.scrollWidth > element.clientWidth + 1,
            ),
          )
      expect(await spill(BANNER), lang).toBe(false)
      const [banner, accept, reject] = await page
        .locator(BANNER)
        .evaluate((layer) =>
          [layer, ...layer.querySelectorAll('[data-crumb=accept], [data-crumb=reject]')].map(
            (element) => element.getBoundingClientRect().height,
          ),
        )
      expect((banner ?? 0) / 720, lang).toBeLessThanOrEqual(0.5)
      expect(accept, lang).toBe(reject)
      if (!LONGEST.includes(lang)) continue
      await page.locator(part('settings')).click()
      await page.locator('summary').click()
      expect(await spill(PREFERENCES), lang).toBe(false)
    }
  })
}
