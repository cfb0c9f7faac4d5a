import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { violationsOn } from './axe'
import { BANNER, config, ended, expect, PREFERENCES, part, test } from './site'

test.use({ patient: true })

// Every state, theme and direction, for visitors who see, hear or hold things differently (E2E 14, E2E 15, PLT 33).

const looks = readFileSync(new URL('../../examples/gallery/looks.css', import.meta.url), 'utf8')
const SERVICES = {
  films: { category: 'marketing', title: 'Films', provider: 'Films Ltd', purpose: 'Shows films.', cookies: ['_f*'] },
  ads: { category: 'marketing', title: 'Ads', cookies: ['_a'] },
}
const BODY =
  '<main><h1>Page</h1><h2>Cookies</h2><crumb-table></crumb-table><iframe data-consent="marketing" data-src="/frame/a" title="Our film" width="480" height="270"></iframe></main>'

async function check(page: Page, state: string, look: string, ...parts: string[]): Promise<void> {
  await ended(page)
  // A look changes nothing else.
  const rules = /light|dark/.test(look) ? [] : ['color-contrast', 'link-in-text-block', 'target-size']
  expect(await violationsOn(page, { include: parts, rules }), state).toEqual([])
}

const THEMES = ['light', 'dark', 'paper', 'harbour', 'meadow', 'night']
for (const lang of ['en', 'ar']) {
  // Colours know no direction.
  for (const [index, look] of THEMES.slice(0, lang === 'ar' ? 1 : 6).entries()) {
    test(`axe finds nothing: ${look}, ${lang === 'ar' ? 'from right to left' : 'from left to right'}`, async ({
      page,
      site,
    }) => {
      const theme = /dark|night/.test(look) ? 'dark' : 'light'
      const isScheme = look === theme
      const layout = ['card', 'bar', 'center'][index % 3]
      const tag = config({ theme, layout, policy: '/other', close: 'reject', button: true, services: SERVICES })
      const head = `<style>${looks}</style><script>document.documentElement.dataset.look = '${look}'</script>`
      await page.goto(site.page({ lang, tag, head, body: BODY }))
      await expect(page.locator(BANNER)).toBeVisible()
      await expect(page.frameLocator('iframe').locator('h2')).toBeVisible()
      await expect(page.locator('crumb-table').getByRole('button')).toHaveCount(1)
      await check(page, 'banner, placeholder and declaration', look)
      await page.locator(BANNER).locator(part('settings')).click()
      if (isScheme) await check(page, 'preferences', look, PREFERENCES)
      await page.locator('summary').click()
      await check(page, 'expanded', look, PREFERENCES)
      // A look has no other colours in what follows.
      if (!isScheme) return
      await page.locator('input[name="marketing.films"]').check()
      await check(page, 'services differ', look, part('categories'))
      await page.locator(PREFERENCES).locator(part('save')).click()
      await expect(page.locator(part('reopen'))).toBeVisible()
      await check(page, 'closed, with a choice', look, '#crumbgate-host', 'crumb-table')
    })
  }
}

for (const theme of ['light', 'dark']) {
  test(`axe finds nothing under opt-out, and where the browser's signal is honoured: ${theme}`, async ({
    page,
    site,
  }) => {
    const tag = (options: object) =>
      `<script src="/dist/crumb-signals.js"></script>${config({ theme, regime: 'opt-out', services: SERVICES, ...options })}`
    await page.goto(site.page({ tag: tag({ policy: '/other' }), body: BODY }))
    await expect(page.locator(BANNER)).toBeVisible()
    await check(page, 'banner', theme, BANNER)
    const head = '<meta name="sec-gpc" content="1">'
    await page.goto(site.page({ tag: head + tag({}), body: BODY }))
    await expect(page.locator(part('reopen'))).toBeVisible()
    await expect(page.locator('crumb-table').getByRole('button')).toHaveCount(1)
    await check(page, 'closed, and declaration', theme, '#crumbgate-host', 'crumb-table')
    await page.locator(part('reopen')).click()
    await check(page, 'preferences', theme, PREFERENCES)
  })
}

// What visitors may set: https://www.w3.org/WAI/WCAG22/Understanding/text-spacing
const SPACED =
  '@layer spaced { #crumbgate-host * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } #crumbgate-host p { margin-bottom: 2em !important } }'
const LARGE = '@layer large { #crumbgate-host { font-size: 32px !important } }'
for (const [name, css] of [
  ['text spacing (WCAG 1.4.12)', SPACED],
  ['text of twice the size (WCAG 1.4.4)', LARGE],
] as const) {
  for (const width of [320, 1280]) {
    test(`${name}, ${width} px wide: nothing is cut off, and all can be reached`, async ({ page, site }) => {
      await page.addInitScript((text) => {
        const sheet = new CSSStyleSheet()
        sheet.replaceSync(text)
        document.adoptedStyleSheets = [sheet]
      }, css)
      await page.setViewportSize({ width, height: 640 })
      await page.goto(site.page({ lang: 'de', tag: config({ policy: '/other', services: SERVICES }) }))
      const cut = (selector: string) =>
        page
          .locator(selector)
          .evaluate((layer) =>
            [layer, ...layer.querySelectorAll('button, p, h2, label, li')]
              .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1)
              .map(({ outerHTML }) => outerHTML.slice(0, 80)),
          )
      for (const layer of [BANNER, PREFERENCES]) {
        await expect(page.locator(layer)).toBeVisible()
        await ended(page)
        expect(await cut(layer)).toEqual([])
        for (const button of await page.locator(layer).getByRole('button').all()) await button.click({ trial: true })
        if (layer === BANNER) await page.locator(part('settings')).click()
        else await page.locator('summary').click()
      }
    })
  }
}

test('at 400 % zoom the dialog can be read and used to its end (WCAG 1.4.10)', async ({ browser, site }) => {
  const context = await browser.newContext({ viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 })
  const page = await context.newPage()
  await page.goto(site.page({ tag: config({ policy: '/other', services: SERVICES }) }))
  for (const layer of [BANNER, PREFERENCES]) {
    const all = page.locator(layer).locator('h2, p, a, button, label')
    await expect(all.first()).toBeVisible()
    await ended(page)
    for (const element of await all.all()) {
      if (!(await element.isVisible())) continue
      await element.scrollIntoViewIfNeeded()
      await expect(element).toBeInViewport({ ratio: 0.9 })
    }
    if (layer === BANNER) await page.locator(part('settings')).click()
  }
  await context.close()
})

test('a saved choice is said to screen readers', async ({ page, site }) => {
  await page.goto(site.page({ lang: 'de' }))
  const status = page.getByRole('status')
  await expect(page.locator(BANNER)).toBeVisible()
  await expect(status).toHaveText('')
  await page.locator(BANNER).locator(part('reject')).click()
  await expect(status).toHaveText('Ihre Auswahl wurde gespeichert.')
  // Still there when a screen reader gets to it, and not hidden from it.
  await expect(status).toBeAttached()
  expect(await status.evaluate((element) => getComputedStyle(element).display)).not.toBe('none')
})

test('the page behind is never left locked, inert or scrolled', async ({ page, site }) => {
  const body =
    '<button id="mine">Mine</button><p style="height: 3000px">Long</p><a href="#" data-consent-open>Cookies</a>'
  await page.goto(site.page({ body }))
  await expect(page.locator(BANNER)).toBeVisible()
  const state = () =>
    page.evaluate(() => {
      const { documentElement: root, body } = document
      return [root, body].map(({ style, inert, scrollTop }) => [style.overflow, style.position, inert, scrollTop])
    })
  await page.mouse.wheel(0, 700)
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(700)
  const before = await state()
  await page.locator(BANNER).locator(part('settings')).click()
  await page.keyboard.press('Escape')
  await page.locator(BANNER).locator(part('settings')).click()
  await page.locator(PREFERENCES).locator(part('accept')).click()
  await expect(page.locator(PREFERENCES)).toHaveCount(0)
  expect(await state()).toEqual(before)
  await page.evaluate('scrollTo(0, 0)')
  await page.locator('#mine').click()
  await expect(page.locator('#mine')).toBeFocused()
})
