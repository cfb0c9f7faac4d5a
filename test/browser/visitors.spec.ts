import { readdirSync, readFileSync } from 'node:fs'
import { PNG } from 'pngjs'
import { BANNER, config, ended, expect, PREFERENCES, part, test } from './site'

test.use({ patient: true })

// What visitors bring along: extensions that refuse for them, filter lists, page translation, find-in-page.

const MARKED = '<script type="text/plain" data-consent="marketing">run("marketing")</script>'
const autoconsent = readFileSync(
  new URL('../../node_modules/@duckduckgo/autoconsent/dist/autoconsent.playwright.js', import.meta.url),
  'utf8',
)

// The languages whose words it knows.
for (const lang of ['en', 'de', 'fr', 'es', 'nl', 'pl', 'pt', 'pt-BR']) {
  for (const layout of lang === 'en' ? ['card', 'bar', 'center'] : ['card']) {
    test(`DuckDuckGo's autoconsent finds the ${layout} in ${lang} and refuses (E2E 1 to 4)`, async ({ page, site }) => {
      await page.exposeBinding('autoconsentSendMessage', async ({ frame }, message: { type: string; id?: string }) => {
        const answer = (text: object) => frame.evaluate(`autoconsentReceiveMessage(${JSON.stringify(text)})`)
        if (message.type === 'init') {
          await answer({
            type: 'initResp',
            rules: { autoconsent: [] },
            config: {
              enabled: true,
              autoAction: 'optOut',
              disabledCmps: [],
              enablePrehide: false,
              detectRetries: 20,
              isMainWorld: true,
              prehideTimeout: 0,
              enableFilterList: false,
              heuristicMode: 'reject',
              heuristicPopupSearchTimeout: 100,
              visualTest: false,
              logs: {},
            },
          })
        }
      })
      await page.addInitScript(autoconsent)
      await page.goto(site.page({ lang, tag: config({ layout }), body: `<h1>Page</h1>${MARKED}` }))
      await expect.poll(() => page.evaluate('crumbgate.choice?.method'), { timeout: 15_000 }).toBe('reject')
      await expect(page.locator(BANNER)).toBeHidden()
      await page.reload()
      await expect.poll(() => page.evaluate('crumbgate.needsChoice')).toBe(false)
      await expect(page.locator(BANNER)).toHaveCount(0)
      expect(await page.evaluate('ran')).toEqual([])
    })
  }
}

test('clicks that a script makes count (E2E 2)', async ({ page, site }) => {
  await page.goto(site.page({ body: '<a href="#" data-consent-open>Cookies</a>' }))
  await expect(page.locator(BANNER)).toBeVisible()
  const click = (selector: string) =>
    page.evaluate((wanted) => document.querySelector<HTMLElement>(wanted)?.click(), selector)
  await click(`${BANNER} ${part('settings')}`)
  await expect(page.locator(PREFERENCES)).toBeVisible()
  await click(`${PREFERENCES} input[name=performance]`)
  await click(`${PREFERENCES} ${part('save')}`)
  expect(await page.evaluate('crumbgate.choice.granted')).toEqual(['performance'])
})

test('it is text in the page, for translation and find-in-page (E2E 5, PLT 31)', async ({ page, site }) => {
  await page.goto(site.page({ body: '<p>Page</p>' }))
  await expect(page.locator(BANNER)).toBeVisible()
  expect(await page.evaluate('document.documentElement.innerText')).toContain('Reject all')
  expect(await page.evaluate('find("Others are optional")')).toBe(true)
  expect(await page.evaluate(() => document.querySelectorAll('#crumbgate-host [translate=no]').length)).toBe(0)
})

// Generic rules of public lists, as of August 2026: these hide or block on every site.
const HIDDEN =
  '#cookie-banner,#cookie-info,#consent-bar,#gdpr-banner,#privacy-banner,#privacy-bar,#CookieConsent,#cookiebanner,.consent-layer,.consent-bar,.gdpr-banner,.gdpr-consent,.privacy-banner,.privacy-bar,.cc-banner,.cookie_banner,.cookie-consent,.cookie-notice,.cookies.alert,.consent-manager,.gdpr.consent,#cc.cc_dialog,.cc-dialog,#cookie,#cookies,#consent,#gdpr,#ccpa,#klaro,#notice,#banner,.banner,.toast,.alert,.modal,cookie-bar,cookie-notice,cookie-policy,cookie-popup,cookie-alert,cookie-wrap,cookies-consent,consent-notification,gdpr-cookies,[data-testid="consent-banner"],[data-ccpa],[data-cookie-popup]'
const BLOCKED = /cookie-?consent|cookie-?banner|cookie-?notice|consent-?manager|cookie|gdpr|consent/i

test('nothing that ships is named as filter lists expect such things to be (E2E 8)', async ({ page, site }) => {
  const files = readdirSync(new URL('../../dist/', import.meta.url), { recursive: true, encoding: 'utf8' })
  expect(files.filter((file) => BLOCKED.test(file))).toEqual([])
  await page.goto(site.page({ tag: config({ button: true }), body: '<crumb-table></crumb-table>' }))
  await expect(page.locator(BANNER)).toBeVisible()
  await page.locator(BANNER).locator(part('settings')).click()
  await expect(page.locator('crumb-table h3').first()).toBeAttached()
  const named = await page.evaluate((hidden) => {
    const ours = [...document.querySelectorAll('#crumbgate-host, #crumbgate-host *, crumb-table, crumb-table *')]
    return [
      ours.length > 50,
      ours.filter((element) => element.matches(hidden)).length,
      ours.filter(({ className }) => className).length,
    ]
  }, HIDDEN)
  expect(named).toEqual([true, 0, 0])
})

test.describe('what hides or removes it grants nothing and locks nothing (E2E 9, PLT 32)', () => {
  const ways: Record<string, string> = {
    'hides the host': 'host.style.setProperty("display", "none", "important")',
    'hides every layer':
      'for (const layer of host.children) layer.style.setProperty("display", "none", "important"); new MutationObserver(() => { for (const layer of host.children) layer.style.setProperty("display", "none", "important") }).observe(host, { childList: true })',
    'removes the host': 'host.remove()',
    'removes every layer': 'host.replaceChildren()',
  }
  for (const [name, way] of Object.entries(ways)) {
    for (const layer of ['banner', 'preferences']) {
      test(`${name}, ${layer} showing`, async ({ page, site, messages }) => {
        const body = `${MARKED}<button onclick="run('clicked')">Button of the page</button><a href="#" data-consent-open>Cookies</a><p style="height: 3000px">Long</p>`
        await page.goto(site.page({ body }))
        await expect(page.locator(BANNER)).toBeVisible()
        await page.evaluate(`crumbgate.open('${layer}')`)
        await expect(page.locator(layer === 'banner' ? BANNER : PREFERENCES)).toBeVisible()
        await page.evaluate(`const host = document.querySelector('#crumbgate-host'); ${way}`)
        await page.getByText('Button of the page').click()
        await page.mouse.wheel(0, 500)
        await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(0)
        expect(await page.evaluate('[crumbgate.choice, ran]')).toEqual([null, ['clicked']])
        if (name.startsWith('removes')) {
          await page.evaluate('scrollTo(0, 0)')
          await page.getByText('Cookies').click()
          await expect(page.locator(PREFERENCES)).toBeVisible()
        }
        expect(messages).toEqual([])
      })
    }
  }
})

/** A picture as a camera takes it: browsers do not count flat ones. */
function photo(): string {
  const png = new PNG({ width: 320, height: 160 })
  for (let index = 0; index < png.data.length; index++) {
    png.data[index] = index % 4 === 3 ? 255 : (index * 7919 + (index >> 3) * 104729) % 251
  }
  return `data:image/png;base64,${PNG.sync.write(png).toString('base64')}`
}

test('it is not the largest contentful paint beside an ordinary headline image, and shifts nothing', async ({
  page,
  site,
}) => {
  await page.addInitScript(() => {
    const seen: string[] = []
    Object.assign(window, { seen })
    for (const type of ['largest-contentful-paint', 'layout-shift']) {
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          const element: unknown = Reflect.get(entry, 'element')
          seen.push(element instanceof Element ? element.localName : type)
        }
      }).observe({ type, buffered: true })
    }
  })
  const image = photo()
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 800 })
    const body = `<h1>Page</h1><img src="${image}" alt="" width="${Math.min(width - 20, 600)}" height="300">`
    await page.goto(site.page({ body }))
    await expect(page.locator(BANNER)).toBeVisible()
    await ended(page)
    await expect.poll(() => page.evaluate('seen.at(-1)')).toBe('img')
    expect(await page.evaluate('seen')).not.toContain('layout-shift')
  }
})

for (const name of ['accept', 'reject']) {
  test(`${name} answers within one frame (PLT 28)`, async ({ page, site }) => {
    await page.goto(site.page({ body: MARKED.repeat(200) }))
    await expect(page.locator(BANNER)).toBeVisible()
    const shown = await page.evaluate(
      ([banner, wanted]) =>
        new Promise((resolve) => {
          requestAnimationFrame(() => {
            document.querySelector<HTMLElement>(`${banner} ${wanted}`)?.click()
            requestAnimationFrame(() => resolve(document.querySelector(`${banner}`)?.getClientRects().length))
          })
        }),
      [BANNER, part(name)],
    )
    expect(shown).toBe(0)
  })
}
