import { readFileSync } from 'node:fs'
import type { Locator, Page } from '@playwright/test'
import pixelmatch from 'pixelmatch'
import { PNG } from 'pngjs'
import { BANNER, config, ended, expect, PREFERENCES, part, type Site, test } from './site'

test.use({ patient: true })

const file = (path: string) => readFileSync(new URL(`../../node_modules/${path}`, import.meta.url), 'utf8')
const SERVICES = { films: { category: 'marketing', title: 'Films', provider: 'Films Ltd', cookies: ['_f*'] } }

// What sites bring along, and what a site could do worse than any.
const PAGES: Record<string, string> = {
  Bootstrap: `<style>${file('bootstrap/dist/css/bootstrap.min.css')}</style>`,
  Bulma: `<style>${file('bulma/css/bulma.min.css')}</style>`,
  'Tailwind preflight': `<style>${file('tailwindcss/preflight.css')}</style>`,
  Pico: `<style>${file('@picocss/pico/css/pico.min.css')}</style>`,
  'all: unset': '<style>* { all: unset !important }</style>',
  'no buttons': '<style>button, input, dialog, [popover] { display: none !important; opacity: 0 !important }</style>',
  'a large root font':
    '<style>html { font-size: 31px } body { font-size: 3em; line-height: 3; letter-spacing: 4px }</style>',
  'a small root font':
    '<style>html { font-size: 62.5%; text-align: center; text-transform: uppercase; color: red }</style>',
  'zoom on the root': '<style>html { zoom: 1.5 }</style>',
  'zoom on the body': '<style>body { zoom: 2 }</style>',
  'a transformed body':
    '<style>body { transform: rotate(3deg) scale(0.5); filter: blur(2px); perspective: 10px; contain: paint }</style>',
  'odd defaults':
    '<style>div, p, h2, label, span { float: left !important; position: relative !important; writing-mode: vertical-rl } ::before, ::after { content: "x" !important } ul { list-style: square !important; columns: 3 } div, p, h2, ul, li, dialog, form, label, span, button, input, summary { direction: rtl; animation: spin 1s infinite !important; transition: all 9s !important } @keyframes spin { to { transform: rotate(1turn) } }</style>',
}

async function picture(locator: Locator): Promise<PNG> {
  await ended(locator.page())
  return PNG.sync.read(await locator.screenshot({ animations: 'allow' }))
}

/** Pixels that differ, as a share of all. */
function difference(one: PNG, other: PNG): number {
  expect([other.width, other.height]).toEqual([one.width, one.height])
  const { width, height } = one
  return pixelmatch(one.data, other.data, undefined, width, height, { threshold: 0.1 }) / (width * height)
}

async function pictures(page: Page, site: Site, head: string): Promise<PNG[]> {
  // The same behind the rounded corners.
  const plain = '<style>html, body { background: #fff !important }</style>'
  await page.goto(
    site.page({ tag: config({ policy: '/privacy', services: SERVICES }), head: head + plain, body: '<h1>Page</h1>' }),
  )
  await expect(page.locator(BANNER)).toBeVisible()
  const banner = await picture(page.locator(BANNER))
  await page.locator(part('settings')).click()
  await page.locator(PREFERENCES).locator('summary').click()
  await page.mouse.move(0, 0)
  await page
    .locator(PREFERENCES)
    .locator(part('body'))
    .evaluate((body) => body.scrollTo(0, 0))
  return [banner, await picture(page.locator(PREFERENCES))]
}

test.describe('no page changes its look', () => {
  /** On an empty page. */
  let plain: PNG[] | undefined

  for (const [name, head] of Object.entries(PAGES)) {
    test(name, async ({ page, site }) => {
      plain ??= await pictures(page, site, '')
      const expected = plain
      const found = await pictures(page, site, head)
      expect(difference(expected[0] ?? new PNG(), found[0] ?? new PNG())).toBeLessThan(0.002)
      expect(difference(expected[1] ?? new PNG(), found[1] ?? new PNG())).toBeLessThan(0.002)
    })
  }
})

test('pictures that differ are told apart', async ({ page, site }) => {
  const banner = async (head: string) => {
    await page.goto(site.page({ head }))
    await expect(page.locator(BANNER)).toBeVisible()
    return picture(page.locator(BANNER))
  }
  const other = '<style>:root { --crumb-radius: 12px; --crumb-muted: #888 }</style>'
  expect(difference(await banner(''), await banner(other))).toBeGreaterThan(0.002)
})

const LAYOUTS = [
  ...['bottom-start', 'bottom', 'bottom-end', 'top-start', 'top', 'top-end'].map((position) => ['card', position]),
  ['bar', 'bottom'],
  ['bar', 'top'],
  ['center', 'bottom-start'],
] as const

/** The distances of a box from the edges of the window. */
const margins = (locator: Locator) =>
  locator.evaluate((element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect()
    // Firefox leaves a 30 000th of a pixel; and no minus zero.
    const round = (length: number) => Math.round(length * 100) / 100 + 0
    return { left: round(left), top: round(top), right: round(innerWidth - right), bottom: round(innerHeight - bottom) }
  })

for (const dir of ['ltr', 'rtl'] as const) {
  test(`layouts stand where they are told, ${dir}`, async ({ page, site }) => {
    for (const [layout, position] of dir === 'rtl' ? LAYOUTS.slice(4, 7) : LAYOUTS) {
      await page.goto(site.page({ tag: config({ layout, position, lang: dir === 'rtl' ? 'ar' : 'en' }) }))
      await expect(page.locator(BANNER)).toBeVisible()
      await ended(page)
      const { left, top, right, bottom } = await margins(page.locator(BANNER))
      const [start, end] = dir === 'rtl' ? [right, left] : [left, right]
      const [vertical, horizontal] = position.split('-')
      if (layout === 'bar') {
        expect([left, right, vertical === 'top' ? top : bottom], position).toEqual([0, 0, 0])
      } else if (layout === 'center') {
        expect(Math.abs(left - right)).toBeLessThan(2)
        expect(Math.abs(top - bottom)).toBeLessThan(2)
      } else {
        expect(vertical === 'top' ? top : bottom, position).toBe(24)
        if (horizontal === 'start') expect(start, position).toBe(24)
        else if (horizontal === 'end') expect(end, position).toBe(24)
        else expect(Math.abs(start - end), position).toBeLessThan(2)
      }
    }
  })
}

test('on a phone every layout is a sheet at its edge, under half the height', async ({ page, site }) => {
  await page.setViewportSize({ width: 360, height: 740 })
  for (const [layout, position] of LAYOUTS) {
    await page.goto(site.page({ tag: config({ layout, position, policy: '/privacy' }) }))
    await expect(page.locator(BANNER)).toBeVisible()
    await ended(page)
    const { left, top, right, bottom } = await margins(page.locator(BANNER))
    expect([left, right], `${layout} ${position}`).toEqual([0, 0])
    expect(position.startsWith('top') ? top : bottom, `${layout} ${position}`).toBe(0)
    expect(740 - top - bottom).toBeLessThanOrEqual(740 * 0.45)
  }
})

test('a banner at the top hides nothing that has focus either (WCAG 2.4.11)', async ({ page, site }) => {
  const body = `${'<p>Text</p>'.repeat(40)}<p><a id="one" href="#one">One</a></p>${'<p>Text</p>'.repeat(60)}<p><a id="two" href="#two">Two</a></p>`
  for (const layout of ['bar', 'card'] as const) {
    await page.goto(site.page({ tag: config({ layout, position: 'top' }), body }))
    await expect(page.locator(BANNER)).toBeVisible()
    await page.locator('#two').focus()
    await page.keyboard.press('Shift+Tab')
    await expect(page.locator('#one')).toBeFocused()
    const [link, banner] = await Promise.all([page.locator('#one').boundingBox(), page.locator(BANNER).boundingBox()])
    expect(link?.y).toBeGreaterThanOrEqual((banner?.y ?? 0) + (banner?.height ?? 0))
  }
})

/** Luminance contrast of an element's text with its background: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
const contrast = (locator: Locator) =>
  locator.evaluate((element) => {
    const { color, backgroundColor } = getComputedStyle(element)
    const luminance = (css: string) => {
      const [r = 0, g = 0, b = 0] = (css.match(/[\d.]+/g) ?? []).map((value) => {
        const part = Number(value) / 255
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
      })
      return 0.2126 * r + 0.7152 * g + 0.0722 * b
    }
    const [light = 1, dark = 0] = [luminance(color), luminance(backgroundColor)].sort((a, b) => b - a)
    return (light + 0.05) / (dark + 0.05)
  })

for (const theme of ['light', 'dark'] as const) {
  test(`accept and reject are equals, ${theme} (REG 11, REG 13, REG 14, ACA 48, ACA 65)`, async ({ page, site }) => {
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 800 })
      // On a phone all of them are one of two sheets, and the colours have nothing to do with the place.
      for (const [layout, position] of width === 320 || theme === 'dark' ? LAYOUTS.slice(5, 7) : LAYOUTS) {
        await page.goto(site.page({ tag: config({ theme, layout, position }) }))
        for (const layer of [BANNER, PREFERENCES]) {
          const buttons = ['accept', 'reject'].map((name) => page.locator(layer).locator(part(name)))
          await expect(buttons[0] ?? page.locator('none')).toBeVisible()
          await ended(page)
          const looks = await Promise.all(
            buttons.map(async (button) => ({
              contrast: await contrast(button),
              box: await button.boundingBox(),
              ...(await button.evaluate((element) => {
                const { fontSize, fontWeight, fontFamily, color, backgroundColor, borderColor, padding } =
                  getComputedStyle(element)
                return {
                  same: [
                    element.localName,
                    fontSize,
                    fontWeight,
                    fontFamily,
                    color,
                    backgroundColor,
                    borderColor,
                    padding,
                  ],
                }
              })),
            })),
          )
          const [accept, reject] = looks
          expect(reject?.same, `${layer} ${layout} ${position}`).toEqual(accept?.same)
          expect(accept?.contrast).toBeGreaterThanOrEqual(4.5)
          expect(reject?.contrast).toBeCloseTo(accept?.contrast ?? 0, 2)
          const area = (box = { width: 0, height: 0 }) => box.width * box.height
          expect(Math.abs(area(reject?.box ?? undefined) / area(accept?.box ?? undefined) - 1)).toBeLessThanOrEqual(
            0.05,
          )
          if (layer === BANNER) await page.locator(part('settings')).click()
        }
      }
    }
  })
}

test('nothing lies under the cross', async ({ page, site }) => {
  const title = 'A title that is so long that it would run under the cross if nobody kept it from it'
  for (const layout of ['card', 'bar', 'center']) {
    await page.goto(site.page({ tag: config({ layout, close: 'reject', texts: { title, intro: 'Short.' } }) }))
    await expect(page.locator(BANNER)).toBeVisible()
    for (const width of [320, 700, 880, 1100, 1400]) {
      await page.setViewportSize({ width, height: 800 })
      await ended(page)
      const overlaps = await page.locator(BANNER).evaluate((banner) => {
        const [cross] = banner.querySelectorAll('[data-crumb=close]')
        const range = document.createRange()
        const [heading] = banner.querySelectorAll('h2')
        if (!cross || !heading) return ['missing']
        range.selectNodeContents(heading)
        const boxes = [
          ...range.getClientRects(),
          ...[...banner.querySelectorAll('[data-crumb=actions] button')].map((button) =>
            button.getBoundingClientRect(),
          ),
        ]
        const { left, right, top, bottom } = cross.getBoundingClientRect()
        return boxes.filter((box) => box.left < right && box.right > left && box.top < bottom && box.bottom > top)
      })
      expect(overlaps, `${layout} at ${width}`).toEqual([])
    }
  }
})

test('giving and withdrawing take the same number of clicks (REG 7)', async ({ page, site }) => {
  const link = '<footer><a href="/privacy" data-consent-open>Cookie settings</a></footer>'
  await page.goto(site.page({ body: link }))
  const choose = async (name: string) => {
    await page.getByText('Cookie settings').click()
    await page.locator(PREFERENCES).locator(part(name)).click()
    return page.evaluate('crumbgate.choice.method')
  }
  expect([await choose('accept'), await choose('reject')]).toEqual(['accept', 'reject'])
})

test('theme: what the visitor has set, or what the owner has, also in held frames', async ({
  page,
  site,
  browserName,
}) => {
  test.skip(browserName === 'firefox', 'its driver sets no media')
  const paper = (locator: Locator) => locator.evaluate((element) => getComputedStyle(element).backgroundColor)
  const [light, dark] = ['rgb(255, 255, 255)', 'rgb(27, 29, 34)']
  const body =
    '<iframe data-consent="marketing" data-src="/frame/a" title="A" style="width: 400px; height: 300px"></iframe>'
  for (const [theme, scheme, expected] of [
    ['auto', 'light', light],
    ['auto', 'dark', dark],
    ['light', 'dark', light],
    ['dark', 'light', dark],
  ] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    await page.goto(site.page({ tag: config({ theme }), body }))
    await expect(page.locator(BANNER)).toBeVisible()
    expect(await paper(page.locator(BANNER)), `${theme} ${scheme}`).toBe(expected)
    expect(await paper(page.frameLocator('iframe').locator(part('placeholder')))).toBe(expected)
  }
  await page.goto(site.page({ tag: config({}), body }))
  await expect(page.locator(BANNER)).toBeVisible()
  for (const [scheme, expected] of [
    ['dark', dark],
    ['light', light],
  ] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    await expect(page.locator(BANNER)).toHaveCSS('background-color', expected)
    await expect(page.frameLocator('iframe').locator(part('placeholder'))).toHaveCSS('background-color', expected)
  }
})

test('data-button keeps a button on the page that opens the preferences', async ({ page, site, messages }) => {
  await page.goto(site.page({ tag: '<script src="/dist/crumbgate.js" data-button></script>' }))
  const button = page.getByRole('button', { name: 'Your cookie settings' })
  await expect(page.locator(BANNER)).toBeVisible()
  await expect(button).toBeHidden()
  await page.locator(part('reject')).click()
  await expect(button).toBeVisible()
  const box = await button.boundingBox()
  expect(box?.width).toBeGreaterThanOrEqual(24)
  expect(box?.height).toBeGreaterThanOrEqual(24)
  await button.click()
  await expect(page.locator(PREFERENCES)).toBeVisible()
  await expect(button).toBeHidden()
  await page.keyboard.press('Escape')
  await expect(button).toBeFocused()
  await page.reload()
  await expect(button).toBeVisible()
  expect(messages).toEqual([])
})

test('it comes and goes with motion, unless the visitor wants less, and at once after a choice', async ({
  page,
  site,
  browserName,
}) => {
  test.skip(browserName === 'firefox', 'its driver sets no media')
  // The transitions that began since this was last asked. Their events are told also where the test comes too late.
  const begun = async (selector: string): Promise<string[]> =>
    page.evaluate((wanted) => {
      const all: { target: Element; property: string }[] = Reflect.get(window, 'begun')
      return all
        .splice(0)
        .filter(({ target }) => target.matches(wanted))
        .map(({ property }) => property)
        .sort()
    }, selector)
  await page.addInitScript(() => {
    const all: { target: EventTarget | null; property: string }[] = []
    Reflect.set(window, 'begun', all)
    document.addEventListener('transitionrun', ({ target, propertyName, pseudoElement }) => {
      if (pseudoElement === '') all.push({ target, property: propertyName })
    })
  })
  for (const [motion, expected] of [
    ['no-preference', ['opacity', 'transform']],
    ['reduce', ['opacity']],
  ] as const) {
    await page.context().clearCookies()
    await page.emulateMedia({ reducedMotion: motion })
    await page.goto(site.page({}))
    await expect(page.locator(BANNER)).toBeVisible()
    await ended(page)
    expect(await begun(BANNER)).toEqual(expected)
    await page.locator(part('settings')).click()
    await expect(page.locator(PREFERENCES)).toBeVisible()
    await ended(page)
    expect(await begun(PREFERENCES)).toEqual(expected)
    await page.keyboard.press('Escape')
    await expect(page.locator(PREFERENCES)).toHaveCount(0)
    await ended(page)
    expect(await begun(PREFERENCES)).toEqual(expect.arrayContaining([...expected]))
    await page.locator(BANNER).locator(part('accept')).click()
    await expect(page.locator(BANNER)).toBeHidden()
    await ended(page)
    expect(await begun(BANNER)).toEqual([])
  }
})

test('printed pages and pages in forced colours', async ({ page, site, browserName }) => {
  test.skip(browserName === 'firefox', 'its driver sets no media')
  await page.goto(site.page({ tag: config({ services: SERVICES, button: true }), body: '<h1>Page</h1>' }))
  await expect(page.locator(BANNER)).toBeVisible()
  await page.emulateMedia({ media: 'print' })
  await expect(page.locator(BANNER)).toBeHidden()
  await page.emulateMedia({ media: 'screen', forcedColors: 'active' })
  const border = (name: string) =>
    page
      .locator(BANNER)
      .locator(part(name))
      .evaluate((element) => getComputedStyle(element).borderColor)
  const ink = await page.evaluate(() => {
    const probe = document.body.appendChild(document.createElement('i'))
    probe.style.color = 'ButtonText'
    return getComputedStyle(probe).color
  })
  for (const name of ['accept', 'reject', 'settings']) expect(await border(name)).toBe(ink)
  await page.locator(part('settings')).click()
  await expect(page.locator(PREFERENCES).locator('input').first()).toHaveCSS('appearance', 'auto')
  await page.emulateMedia({ media: 'print' })
  await expect(page.locator(PREFERENCES)).toBeHidden()
  await expect(page.locator(PREFERENCES).locator('h2')).toBeHidden()
  await page.emulateMedia({ media: 'screen' })
  await expect(page.locator(PREFERENCES)).toBeVisible()
})
