import type { Page } from '@playwright/test'
import { cookieFor } from '../../src/testing'
import { accept, BANNER, config, ended, expect, marked, PREFERENCES, part, ran, TAG, test } from './site'

test.use({ contextOptions: { reducedMotion: 'no-preference' } })

const SERVICES = `<script>window.crumbgateConfig = { policy: '/privacy', services: { films: { category: 'marketing', title: 'Films', provider: 'Films Ltd', purpose: 'Shows films.', cookies: ['_f*', '_g'] } } }</script>`
const LONG = `<h1>Page</h1><p><button id="top">Top</button></p>${'<p>Text</p>'.repeat(60)}<p><a id="last" href="#last">Last link</a></p><footer><a href="/privacy" data-consent-open>Cookie settings</a></footer>`
/** What would leave a cookie. */
const HELD = marked('', 'document.cookie = "ad=1"; run("held")')

/** What has the focus, by its `data-crumb`, name or text. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement
    const input = element instanceof HTMLInputElement ? element.name : ''
    return (
      element?.getAttribute('data-crumb') ||
      input ||
      (element === document.body ? 'body' : element?.textContent?.trim())
    )
  })

async function tab(page: Page, keys: string): Promise<string[]> {
  const stops: string[] = []
  for (const key of keys.split(' ')) {
    await page.keyboard.press(key)
    stops.push(`${await focused(page)}`)
  }
  return stops
}

test('the banner has a name, a description, and takes no focus (E2E 15)', async ({ page, site }) => {
  await page.goto(site.page({ tag: SERVICES + TAG, body: LONG }))
  const banner = page.getByRole('dialog', { name: 'We use cookies' })
  await expect(banner).toBeVisible()
  await expect(banner).toHaveAccessibleDescription(/^Some are needed for this site to work/)
  expect(await focused(page)).toBe('body')
  expect(await page.evaluate(() => [scrollY, document.documentElement.style.overflow, document.body.inert])).toEqual([
    0,
    '',
    false,
  ])
})

test('it is first in the tab order, and every control can be reached and used by keyboard', {
  tag: '@everywhere',
}, async ({ page, site, browserName }) => {
  await page.goto(site.page({ tag: SERVICES + TAG, body: LONG }))
  await expect(page.locator(BANNER)).toBeVisible()
  expect(await tab(page, 'Tab Tab Tab Tab Tab')).toEqual(['policy', 'reject', 'accept', 'settings', 'Top'])
  expect(await tab(page, 'Shift+Tab')).toEqual(['settings'])
  await page.keyboard.press('Enter')
  await expect(page.locator(PREFERENCES)).toBeVisible()
  await expect(page.locator(BANNER)).toBeHidden()
  expect(await focused(page)).toBe('Your cookie settings')
  // What scrolls is a stop of its own in Firefox.
  const stops = browserName === 'firefox' ? 10 : 9
  expect((await tab(page, 'Tab '.repeat(stops).trim())).filter((name) => name !== 'body')).toEqual([
    'close',
    'policy',
    'functional',
    'performance',
    'marketing',
    'Services (1)',
    'reject',
    'accept',
    'save',
  ])
  expect(await tab(page, 'Shift+Tab Shift+Tab Shift+Tab Shift+Tab')).toEqual([
    'accept',
    'reject',
    'Services (1)',
    'marketing',
  ])
  await page.keyboard.press('Space')
  await tab(page, 'Tab Tab Tab Tab')
  await page.keyboard.press('Enter')
  await expect(page.locator(PREFERENCES)).toHaveCount(0)
  expect(await page.evaluate('crumbgate.choice.granted')).toEqual(['marketing'])
})

test('Escape and the cross lead back and are never a choice (REG 3, PLT 30)', { tag: '@everywhere' }, async ({
  page,
  site,
}) => {
  await page.goto(site.page({ tag: SERVICES + TAG, body: LONG + HELD }))
  for (const leave of [
    () => page.keyboard.press('Escape'),
    () => page.locator(PREFERENCES).locator(part('close')).click(),
  ]) {
    await page.locator(part('settings')).click()
    await expect(page.locator(PREFERENCES)).toBeVisible()
    await expect(page.locator(BANNER)).toBeHidden()
    await page.getByRole('switch', { name: 'Marketing' }).check()
    await leave()
    await expect(page.locator(PREFERENCES)).toHaveCount(0)
    await expect(page.locator(BANNER)).toBeVisible()
    expect(await focused(page)).toBe('settings')
  }
  await page.keyboard.press('Escape')
  await expect(page.locator(BANNER)).toBeVisible()
  expect(await page.evaluate('[crumbgate.choice, ran]')).toEqual([null, []])
  expect(await page.context().cookies()).toEqual([])
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['held'])
  expect(await page.evaluate('document.cookie')).toContain('ad=1')
})

test('every optional switch starts off, also after a change that was not saved (REG 4, REG 12)', async ({
  page,
  site,
  context,
}) => {
  const startOff = async () => {
    await page.locator(part('settings')).click()
    for (const name of ['Functional', 'Performance', 'Marketing']) {
      await expect(page.getByRole('switch', { name })).not.toBeChecked()
      await page.getByRole('switch', { name }).check()
    }
    await expect(page.getByRole('switch', { name: 'Necessary' })).toBeChecked()
    await expect(page.getByRole('switch', { name: 'Necessary' })).toBeDisabled()
    await page.keyboard.press('Escape')
  }
  await page.goto(site.page({}))
  await startOff()
  await startOff()
  // And under a new version, for those who had accepted the one before.
  const accepted = cookieFor({ granted: ['functional', 'performance', 'marketing'] })
  await context.addCookies([{ ...accepted, url: site.origin }])
  await page.goto(site.page({ tag: config({ revision: 1 }) }))
  await startOff()
})

test('a footer link opens the preferences, and the focus returns to it without a scroll (REG 7, PLT 29)', {
  tag: '@everywhere',
}, async ({ page, site }) => {
  await page.goto(site.page({ tag: SERVICES + TAG, body: LONG }))
  await page.locator(BANNER).locator(part('accept')).click()
  const link = page.getByRole('link', { name: 'Cookie settings' })
  await link.scrollIntoViewIfNeeded()
  const before = await page.evaluate(() => scrollY)
  expect(before).toBeGreaterThan(100)
  await link.click()
  expect(page.url()).not.toContain('privacy')
  await expect(page.getByRole('switch', { name: 'Marketing' })).toBeChecked()
  await page.keyboard.press('Escape')
  expect(await focused(page)).toBe('Cookie settings')
  await page.keyboard.press('Enter')
  await page.getByRole('switch', { name: 'Marketing' }).uncheck()
  await page.locator(part('save')).click()
  expect(await focused(page)).toBe('Cookie settings')
  expect(await page.evaluate(() => scrollY)).toBe(before)
  expect(await page.evaluate('crumbgate.choice.granted')).toEqual(['functional', 'performance'])
})

test('an opener inside a web component works, and so does open() as a click listener', async ({ page, site }) => {
  const opener = '<template shadowrootmode="open"><button data-consent-open>Inside</button></template>'
  await page.goto(site.page({ body: `<x-footer>${opener}</x-footer><button id="b">Listener</button>` }))
  await page.getByText('Inside').click()
  await expect(page.locator(PREFERENCES)).toBeVisible()
  await page.keyboard.press('Escape')
  await page.evaluate('b.addEventListener("click", crumbgate.open)')
  await page.getByText('Listener').click()
  await expect(page.locator(PREFERENCES)).toBeVisible()
})

test('thrown out by the page, it comes back when it is asked for', async ({ page, site }) => {
  await page.goto(site.page({ body: '<button data-consent-open>Settings of the page</button>' }))
  await expect(page.locator(BANNER)).toBeVisible()
  await page.evaluate('document.querySelector("#crumbgate-host").remove(); crumbgate.open("banner")')
  await expect(page.locator(BANNER)).toBeVisible()
  for (const _ of [1, 2]) {
    await page.getByText('Settings of the page').click()
    await expect(page.locator(PREFERENCES)).toBeVisible()
    await page.evaluate('document.querySelector("#crumbgate-host").remove()')
  }
  await page.getByText('Settings of the page').click()
  await page.keyboard.press('Escape')
  await expect(page.locator(BANNER)).toBeVisible()
})

test('Enter on a switch turns it, and saves nothing', { tag: '@everywhere' }, async ({ page, site }) => {
  await page.goto(site.page({}))
  await page.locator(part('settings')).click()
  const box = page.getByRole('switch', { name: 'Marketing' })
  await box.focus()
  await page.keyboard.press('Enter')
  await expect(box).toBeChecked()
  expect(await page.evaluate('crumbgate.choice')).toBe(null)
})

test('what was chosen for one service stays when its category is saved as it was', async ({ page, site }) => {
  await page.goto(site.page({ tag: SERVICES + TAG }))
  const allowed = () => page.evaluate('[crumbgate.allows("marketing"), crumbgate.allows("marketing", "films")]')
  await page.evaluate('crumbgate.save({}, { films: true }); crumbgate.open()')
  await page.locator(part('save')).click()
  expect(await allowed()).toEqual([false, true])
  for (const turn of [true, false]) {
    await page.evaluate('crumbgate.open()')
    await page
      .getByRole('checkbox', { name: 'Marketing' })
      .or(page.getByRole('switch', { name: 'Marketing' }))
      .setChecked(turn)
    await page.locator(part('save')).click()
    expect(await allowed()).toEqual([turn, turn])
  }
})

test('after a choice there is no way back to the banner', async ({ page, site }) => {
  await page.goto(site.page({}))
  await page.locator(part('settings')).click()
  await page.locator(part('save')).click()
  await page.evaluate('crumbgate.open()')
  await page.keyboard.press('Escape')
  await expect(page.locator(PREFERENCES)).toBeHidden()
  await expect(page.locator(BANNER)).toBeHidden()
})

test('a link that is opened in a new tab goes where it says, and links that come later work', async ({
  page,
  site,
  context,
}) => {
  await page.goto(site.page({}))
  await page.evaluate(() => {
    const link = document.createElement('a')
    link.href = '/privacy'
    link.dataset.consentOpen = ''
    link.innerHTML = '<b>Later</b>'
    document.body.append(link)
  })
  site.page({}, '/privacy')
  const opened = context.waitForEvent('page')
  await page.getByText('Later').click({ modifiers: ['ControlOrMeta'] })
  await (await opened).waitForURL('**/privacy')
  await expect(page.locator(PREFERENCES)).toHaveCount(0)
  await page.getByText('Later').click()
  await expect(page.locator(PREFERENCES)).toBeVisible()
})

test('clicks made by scripts count, and the refusal stays (E2E 2, E2E 3)', async ({ page, site }) => {
  const address = site.page({})
  await page.goto(address)
  await page.evaluate(() => {
    const buttons = [...document.querySelectorAll('button')]
    // biome-ignore lint/performance/useDomNodeTextContent: the extensions that do this read what is rendered
    buttons.find((button) => /reject all/i.test(button.innerText))?.click()
  })
  await expect(page.locator(BANNER)).toBeHidden()
  await page.goto(address)
  await expect(page.locator(BANNER)).toBeHidden()
  expect(await page.evaluate('crumbgate.choice.method')).toBe('reject')
})

test('a stored choice is announced', async ({ page, site }) => {
  await page.goto(site.page({}))
  await expect(page.getByRole('status')).toHaveText('')
  await page.locator(BANNER).locator(part('reject')).click()
  await expect(page.getByRole('status')).toHaveText('Your choice has been saved.')
})

test('Accept and Reject are the same kind of button (REG 14, REG 19)', async ({ page, site }) => {
  await page.goto(site.page({}))
  await expect(page.locator(BANNER)).toBeVisible()
  await ended(page)
  const look = (name: string) =>
    page
      .locator(BANNER)
      .locator(part(name))
      .evaluate((button) => {
        const { color, backgroundColor, borderColor, fontSize, fontWeight, opacity } = getComputedStyle(button)
        const { width, height, top } = button.getBoundingClientRect()
        return {
          tag: button.tagName,
          color,
          backgroundColor,
          borderColor,
          fontSize,
          fontWeight,
          opacity,
          width,
          height,
          top,
        }
      })
  expect(await look('accept')).toEqual(await look('reject'))
  expect((await look('reject')).tag).toBe('BUTTON')
  const settings = await look('settings')
  const { height, fontSize, fontWeight } = await look('accept')
  expect(settings).toMatchObject({ height, fontSize, fontWeight })
})

test('with close: "reject" the banner has a cross that refuses (REG 19)', async ({ page, site }) => {
  await page.goto(site.page({ tag: '<script src="/dist/crumbgate.js" data-close="reject"></script>' }))
  await page.locator(BANNER).locator(part('close')).click()
  expect(await page.evaluate('crumbgate.choice.method')).toBe('reject')
})

test('texts are texts, also with markup in them (SEC 2)', async ({ page, site, messages }) => {
  const evil = '<img src=x onerror=run("evil")>'
  const tag = `<script>const evil = ${JSON.stringify(evil)}; window.crumbgateConfig = { texts: { title: evil, titel: 'x' }, categories: { marketing: { title: evil, description: evil } }, services: { films: { category: 'marketing', title: evil, provider: evil, purpose: evil, cookies: [evil] } } }</script>${TAG}`
  await page.goto(site.page({ tag }))
  await expect(page.getByRole('heading', { name: evil })).toBeVisible()
  await page.locator(part('settings')).click()
  await page.locator('summary').click()
  await expect(page.locator(part('service'))).toContainText(`Stores ${evil}`)
  expect(await page.evaluate('ran')).toEqual([])
  expect(messages).toEqual([expect.stringMatching(/texts\.titel is unknown\. Write one of title, intro/)])
})

test('the page has nothing moved, hidden or shifted by the dialog', async ({ page, site }) => {
  const body = `<style>body > :first-child { outline: 1px solid rgb(1, 2, 3) } body > * + * { margin-top: 7px } html { display: grid; gap: 50px }</style><p id="first">One</p><p id="second">Two</p>${LONG}`
  const rects = () =>
    page.evaluate(() =>
      [...document.body.querySelectorAll('*')].map((element) => JSON.stringify(element.getBoundingClientRect())),
    )
  await page.goto(site.page({ tag: '', body }))
  const plain = await rects()
  await page.goto(site.page({ body }))
  await expect(page.locator(BANNER)).toBeVisible()
  expect(await rects()).toEqual(plain)
  const shift = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) sum += Number(Reflect.get(entry, 'value'))
        }).observe({ type: 'layout-shift', buffered: true })
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)))
      }),
  )
  expect(shift).toBe(0)
  // It can be used meanwhile, and after a refusal it is as without us.
  await page.locator('#top').click()
  await expect(page.locator('#top')).toBeFocused()
  await page.locator(BANNER).locator(part('reject')).click()
  await expect(page.locator(BANNER)).toBeHidden()
  expect(await rects()).toEqual(plain)
  await page.locator('#top').click()
  await expect(page.locator('#top')).toBeFocused()
})

test('the banner hides nothing that has focus (WCAG 2.4.11)', async ({ page, site }) => {
  await page.setViewportSize({ width: 390, height: 600 })
  await page.goto(site.page({ body: LONG + '<p>end</p>'.repeat(20) }))
  await expect(page.locator(BANNER)).toBeVisible()
  await page.locator('#top').focus()
  await page.keyboard.press('Tab')
  expect(await focused(page)).toBe('Last link')
  const [link, banner] = await Promise.all([page.locator('#last').boundingBox(), page.locator(BANNER).boundingBox()])
  expect((link?.y ?? 0) + (link?.height ?? 0)).toBeLessThanOrEqual(banner?.y ?? 0)
  await page.locator(BANNER).locator(part('reject')).click()
  await expect(page.locator('html')).toHaveCSS('scroll-padding-block-end', 'auto')
})

test("the page's own styles do not reach the dialog", async ({ page, site }) => {
  const look = async () => {
    await ended(page)
    return page
      .locator(part('accept'))
      .first()
      .evaluate((button) => {
        const { color, backgroundColor, fontSize, fontFamily, display, padding } = getComputedStyle(button)
        const { width, height } = button.getBoundingClientRect()
        return { color, backgroundColor, fontSize, fontFamily, display, padding, width, height }
      })
  }
  await page.goto(site.page({}))
  const plain = await look()
  for (const css of [
    '* { all: unset !important }',
    'button { display: none !important; color: red !important; padding: 40px !important }',
    'html { font-size: 30px } body { transform: rotate(3deg) } div { visibility: hidden; opacity: .1 } ::before { content: "x" !important }',
    ':root { zoom: 1 } [popover], [data-crumb] { width: 10px !important; position: static !important; direction: rtl !important }',
  ]) {
    await page.goto(site.page({ head: `<style>${css}</style>` }))
    await expect(page.locator(BANNER)).toBeVisible()
    expect(await look()).toEqual(plain)
  }
})

test("an owner's --crumb-* properties do", async ({ page, site }) => {
  await page.goto(
    site.page({ head: '<style>:root { --crumb-accent: rgb(160, 20, 60); --crumb-width: 500px }</style>' }),
  )
  const accept = page.locator(BANNER).locator(part('accept'))
  await expect(accept).toHaveCSS('background-color', 'rgb(160, 20, 60)')
  await expect(page.locator(BANNER)).toHaveCSS('width', '500px')
})

test('nothing of it violates a strict content security policy (PLT 21)', { tag: '@everywhere' }, async ({
  page,
  site,
}) => {
  await page.goto(
    site.page({
      tag: '<script nonce="abc">window.violations = []; document.addEventListener("securitypolicyviolation", (event) => violations.push(event.effectiveDirective))</script><script nonce="abc" src="/dist/crumbgate.js"></script>',
      headers: {
        'Content-Security-Policy': "script-src 'nonce-abc'; style-src 'self'; require-trusted-types-for 'script'",
      },
    }),
  )
  await page.locator(part('settings')).click()
  await expect(page.locator(PREFERENCES)).toHaveCSS('border-radius', '16px')
  await page.locator(PREFERENCES).locator(part('accept')).click()
  await expect(page.locator(PREFERENCES)).toHaveCount(0)
  expect(await page.evaluate('violations')).toEqual([])
})

for (const [width, height] of [
  [320, 568],
  [320, 256],
  [390, 844],
  [768, 1024],
  [1280, 800],
] as const) {
  test(`at ${width} x ${height} every control is in reach, and nothing spills over`, async ({ page, site }) => {
    await page.setViewportSize({ width, height })
    await page.goto(site.page({ tag: SERVICES + TAG, body: LONG }))
    const reach = async (layer: string, names: string[]) => {
      await ended(page)
      for (const name of names) {
        const control = page.locator(layer).locator(name)
        await control.scrollIntoViewIfNeeded()
        await control.click({ trial: true })
        const box = await control.boundingBox()
        expect(box?.height).toBeGreaterThanOrEqual(24)
        expect(box?.x).toBeGreaterThanOrEqual(0)
        expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width)
      }
      const spill = await page.locator(layer).evaluate((element) => element.scrollWidth - element.clientWidth)
      expect(spill).toBeLessThanOrEqual(0)
    }
    await reach(BANNER, ['accept', 'reject', 'settings'].map(part))
    if (width < 520 && height > 500) {
      const box = await page.locator(BANNER).boundingBox()
      // Engines round differently.
      expect((box?.height ?? 0) / height).toBeLessThan(0.451)
    }
    await page.locator(part('settings')).click()
    await reach(PREFERENCES, [
      ...['accept', 'reject', 'save', 'close'].map(part),
      ...['functional', 'performance', 'marketing'].map((name) => `input[name=${name}]`),
      'summary',
    ])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
  })
}

test('scrolling, clicking on the page, going to another and waiting are no choice (REG 3)', async ({ page, site }) => {
  await page.clock.install()
  const body = LONG + HELD
  site.page({ body }, '/next')
  await page.goto(site.page({ body: `<a href="/next">Next page</a>${body}` }))
  const isAsked = async () => {
    await expect(page.locator(BANNER)).toBeVisible()
    expect(await page.evaluate('[crumbgate.choice, ran]')).toEqual([null, []])
    expect(await page.context().cookies()).toEqual([])
  }
  await isAsked()
  await page.locator('#top').click()
  await page.mouse.wheel(0, 700)
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(0)
  await isAsked()
  await page.clock.fastForward('24:00:00')
  await isAsked()
  await page.getByText('Next page').click()
  await page.waitForURL('**/next')
  await isAsked()
})

test('while the preferences are open, the focus does not get to the page behind (PLT 29)', async ({ page, site }) => {
  await page.goto(site.page({ tag: SERVICES + TAG, body: LONG }))
  await page.locator(part('settings')).click()
  await expect(page.locator(PREFERENCES)).toBeVisible()
  await page.locator('#top').evaluate((button) => button.focus())
  const stops = [`${await focused(page)}`]
  for (const key of ['Tab', 'Shift+Tab']) stops.push(...(await tab(page, `${key} `.repeat(15).trim())))
  // Past its end, and in again at its start.
  expect(stops.slice(stops.indexOf('save'))).toContain('close')
  for (const name of ['Top', 'Last link', 'Cookie settings']) expect(stops).not.toContain(name)
})

/** Tells of what opens and closes. */
const VIEWS = `<script>
  for (const name of ['open', 'close']) document.addEventListener('crumbgate:' + name, ({ detail }) => run(name + ':' + detail.view))
</script>`

test('what is open already opens no second time, and leads back to what was before it', async ({ page, site }) => {
  await page.goto(site.page({ tag: VIEWS + TAG }))
  await expect(page.locator(BANNER)).toBeVisible()
  await page.evaluate('crumbgate.open("banner"); crumbgate.open(); crumbgate.open()')
  await expect(page.locator(PREFERENCES)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.locator(BANNER)).toBeVisible()
  expect(await ran(page)).toEqual([
    'open:banner',
    'close:banner',
    'open:preferences',
    'close:preferences',
    'open:banner',
  ])
})

test('destroyed in the middle of a choice, nothing of it comes back, and nothing opens any more', async ({
  page,
  site,
}) => {
  await page.goto(site.page({ tag: VIEWS + TAG }))
  await expect(page.locator(BANNER)).toBeVisible()
  await page.evaluate(`const { crumbgate: own } = window
    document.addEventListener('crumbgate:close', () => own.destroy())
    own.reject()
    own.open()
    own.close()
    new Promise((done) => setTimeout(done))`)
  expect(await ran(page)).toEqual(['open:banner', 'close:banner'])
  await expect(page.locator('#crumbgate-host')).toHaveCount(0)
})

test('for a choice that the page asks for itself, nothing of the dialog is put into it', async ({ page, site }) => {
  await page.goto(site.page({ tag: config({ auto: false }) }))
  await page.evaluate(`new Promise((done) => {
    document.addEventListener('crumbgate:change', done)
    crumbgate.close()
    crumbgate.reject()
  })`)
  await expect(page.locator('#crumbgate-host')).toHaveCount(0)
})

test('an opener works before a router of the page can take the click', async ({ page, site }) => {
  const router = `event.stopPropagation(); if (!event.defaultPrevented) run('router')`
  const body = `<nav onclick="${router}"><a href="#away" data-consent-open>Settings</a></nav>`
  await page.goto(site.page({ body }))
  await page.getByRole('link', { name: 'Settings' }).click()
  await expect(page.locator(PREFERENCES)).toBeVisible()
  expect(await ran(page)).toEqual([])
})

test('on a page written anew is what was there before, and no more', async ({ page, site, context, messages }) => {
  const write = 'document.open(); document.write("<!doctype html><body><p>Anew"); document.close()'
  await page.goto(site.page({}))
  await expect(page.locator(BANNER)).toBeVisible()
  const sheets = () => page.evaluate('document.adoptedStyleSheets.length')
  const before = await sheets()
  await page.evaluate(write)
  await expect(page.locator(BANNER)).toBeVisible()
  expect(await sheets()).toBe(before)
  await context.addCookies([{ ...cookieFor(), url: site.origin }])
  await page.goto(site.page({ tag: config({ button: true }) }))
  await expect(page.locator(part('reopen'))).toBeVisible()
  await page.evaluate(write)
  await expect(page.locator(part('reopen'))).toBeVisible()
  await page.goto(site.page({}))
  await page.evaluate(write)
  await expect(page.locator('#crumbgate-host')).toHaveCount(0)
  expect(messages).toEqual([])
})
