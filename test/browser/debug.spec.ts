import type { Page } from '@playwright/test'
import type { Finding, Report } from '../../src/debug/report'
import { cookieFor } from '../../src/testing'
import { violationsOn } from './axe'
import { accept, BANNER, expect, marked, type PageSource, part, type Site, test } from './site'

const PANEL = part('debug')
const FOOTER = '<footer><a href="/privacy" data-consent-open>Cookie settings</a></footer>'
const TRACKER = 'https://tracker.example'

const tag = (attributes = 'data-debug', options: object = {}) =>
  `<script>window.crumbgateConfig = ${JSON.stringify(options)}</script><script src="/dist/crumbgate.js" data-policy="/privacy" ${attributes}></script>`

/** A page with the panel, and nothing that is to be mended but what a test puts into it. */
const clean = (source: PageSource = {}): PageSource => ({
  tag: tag(),
  ...source,
  body: `${source.body ?? ''}${FOOTER}`,
})

test.beforeEach(async ({ page }) => {
  // Of other sites nothing but scripts that do nothing.
  await page.route(`${TRACKER}/**`, (route) => route.fulfill({ contentType: 'text/javascript', body: ';' }))
  await page.setViewportSize({ width: 1280, height: 800 })
  // Where the clipboard is refused, the panel shows what it would copy.
  await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }))
})

/** What "Copy as JSON" gives now. */
async function report(page: Page): Promise<Report> {
  await page.evaluate(() => document.querySelector<HTMLElement>('#crumbgate-debug [data-crumb="copy"]')?.click())
  return JSON.parse(await page.locator('#crumbgate-debug textarea').inputValue())
}

const rulesOf = async (page: Page) => (await report(page)).findings.map(({ rule }) => rule)

/** Wait for a finding. */
async function find(page: Page, rule: string): Promise<Finding> {
  await page.locator('#crumbgate-debug').waitFor({ state: 'attached' })
  await expect.poll(() => rulesOf(page)).toContain(rule)
  const found = (await report(page)).findings.find((finding) => finding.rule === rule)
  if (!found) throw new Error(rule)
  return found
}

const open = (page: Page, site: Site, source: PageSource = {}, query = '') =>
  page.goto(site.page(clean(source)) + query)

test.describe('the panel', () => {
  test('finds nothing on a page that has nothing to mend, and says so once on the console', async ({ page, site }) => {
    const said: string[] = []
    page.on('console', (message) => said.push(message.text()))
    await open(page, site, { body: marked('src="/s/a.js"') })
    await expect(page.locator(PANEL)).toContainText('Nothing to mend has been found')
    await expect(page.locator(BANNER)).toBeVisible()
    await accept(page)
    await expect.poll(async () => (await report(page)).tags[0]?.state).toBe('ran')
    expect(await rulesOf(page)).toEqual([])
    expect(said).toEqual(['crumbgate: the debug panel is open: 0 findings'])
  })

  test('is not loaded unless it is asked for', async ({ page, site }) => {
    await page.goto(site.page({}))
    await expect(page.locator(BANNER)).toBeVisible()
    await page.goto(site.page({ tag: tag('data-debug="off"') }))
    await expect(page.locator(BANNER)).toBeVisible()
    expect(site.requests.filter((path) => /debug/.test(path))).toEqual([])
    await page.goto(`${site.page({ tag: tag('') })}?crumbgate-debug`)
    await expect(page.locator(PANEL)).toBeVisible()
  })

  test('is not loaded by the address on a host that is not the developer’s own', async ({ page, site }) => {
    const address = site.page({ tag: tag('') })
    await page.route('http://shop.example/**', (route) =>
      route
        .fetch({ url: route.request().url().replace('http://shop.example', site.origin) })
        .then((response) => route.fulfill({ response })),
    )
    await page.goto(`http://shop.example${new URL(address).pathname}?crumbgate-debug`)
    await expect(page.locator(BANNER)).toBeVisible()
    await expect.poll(() => page.evaluate('document.readyState')).toBe('complete')
    expect(site.requests.filter((path) => /crumb-debug/.test(path))).toEqual([])
    await expect(page.locator('#crumbgate-debug')).toHaveCount(0)
  })

  test('holds under a strict policy with Trusted Types', async ({ page, site, messages }) => {
    const errors: string[] = []
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
    await open(page, site, {
      tag: '<script nonce="n1" src="/dist/crumbgate.js" data-policy="/privacy" data-debug></script>',
      head: marked('nonce="n1" src="/s/a.js"'),
      headers: {
        'Content-Security-Policy':
          "default-src 'none'; script-src 'nonce-n1' 'strict-dynamic'; img-src data:; require-trusted-types-for 'script'; trusted-types crumbgate",
      },
    })
    await expect(page.locator(PANEL)).toContainText('Nothing to mend has been found')
    await accept(page)
    await expect.poll(async () => (await report(page)).tags[0]?.state).toBe('ran')
    expect(errors).toEqual([])
    expect(messages).toEqual(['crumbgate: the debug panel is open: 0 findings'])
  })

  test('goes with destroy, and gives the browser’s own back', async ({ page, site }) => {
    await page.addInitScript(() => {
      const own = () => Object.getOwnPropertyDescriptor(Document.prototype, 'cookie')?.set
      Object.assign(window, { before: own(), isOwn: () => own() === Reflect.get(window, 'before') })
    })
    await open(page, site)
    await expect(page.locator(PANEL)).toBeVisible()
    expect(await page.evaluate('isOwn()')).toBe(false)
    await page.evaluate('crumbgate.destroy()')
    await expect(page.locator('#crumbgate-debug')).toHaveCount(0)
    expect(await page.evaluate('isOwn()')).toBe(true)
  })

  test('folds, changes sides and closes by the keyboard, and moves no focus by itself', async ({ page, site }) => {
    await open(page, site)
    const panel = page.locator(PANEL)
    await expect(panel).toBeVisible()
    expect(await page.evaluate('document.activeElement === document.body')).toBe(true)
    const right = await panel.boundingBox()
    await panel.getByRole('button', { name: 'Other side' }).press('Enter')
    expect((await panel.boundingBox())?.x).toBeLessThan(right?.x ?? 0)
    await panel.getByRole('button', { name: 'Fold' }).press('Enter')
    const badge = page.getByRole('button', { name: 'Crumbgate: 0 findings' })
    await expect(badge).toBeFocused()
    await expect(panel).toBeHidden()
    await badge.press('Enter')
    await panel.getByRole('button', { name: 'Close the debug panel' }).press('Enter')
    await expect(page.locator('#crumbgate-debug')).toHaveCount(0)
    // Crumbgate goes on.
    await accept(page)
    expect(await page.evaluate('crumbgate.allows("marketing")')).toBe(true)
  })

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`is accessible, ${colorScheme}, also at 320 px`, async ({ page, site }) => {
      await page.emulateMedia({ colorScheme })
      await open(page, site, {
        body: `${marked('src="/s/a.js"')}<script data-consent="marketing">1</script><script>document.cookie = 'own=1'</script>`,
      })
      await find(page, 'undeclared')
      await page.evaluate(() => {
        for (const details of document.querySelectorAll<HTMLDetailsElement>('#crumbgate-debug details'))
          details.open = true
      })
      for (const width of [1280, 320]) {
        await page.setViewportSize({ width, height: 800 })
        expect(await violationsOn(page, { include: ['#crumbgate-debug'] })).toEqual([])
        const box = await page.locator(PANEL).boundingBox()
        expect((box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? 9999) <= width).toBe(true)
      }
    })
  }

  test('begins small on a small screen', async ({ page, site }) => {
    await page.setViewportSize({ width: 320, height: 640 })
    await open(page, site)
    await expect(page.getByRole('button', { name: 'Crumbgate: 0 findings' })).toBeVisible()
  })

  test('copies to the clipboard what docs/debug.md says', async ({ site, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const other = await context.newPage()
    await other.goto(site.page(clean({ body: '<script>document.cookie = "own=1; Max-Age=86400"</script>' })))
    await other.locator(PANEL).getByRole('button', { name: 'Copy as JSON' }).click()
    await expect(other.locator(PANEL)).toContainText('Copied')
    const copied: Report = JSON.parse(await other.evaluate('navigator.clipboard.readText()'))
    expect(Object.keys(copied)).toEqual([
      'version',
      'crumbgate',
      'page',
      'decided',
      'allowed',
      'findings',
      'tags',
      'requests',
      'storage',
      'buttons',
    ])
    expect(copied).toMatchObject({ version: 1, decided: false, allowed: ['necessary'] })
  })

  test('as a module, with what createConsent() has found wrong', async ({ page, site }) => {
    await page.goto(
      site.page({
        tag: '',
        body: `<script type="module">
          import { openDebug } from '/dist/debug.js'
          import { createConsent } from '/dist/index.js'
          const consent = createConsent({ policy: '/privacy', wrong: 1 })
          window.consent = consent
          openDebug(consent)
          window.close = openDebug(consent)
        </script>${FOOTER}`,
      }),
    )
    expect((await find(page, 'reported')).what).toContain('wrong')
    await expect(page.locator('#crumbgate-debug')).toHaveCount(1)
    await page.evaluate('consent.destroy()')
    await expect(page.locator('#crumbgate-debug')).toHaveCount(0)
  })

  test('never throws into the page', async ({ page, site, messages }) => {
    await open(page, site, {
      body: '<img name="createElement"><img name="querySelectorAll"><form name="cookie"></form><iframe data-consent="marketing" data-src="http://["></iframe>',
    })
    await page.locator('#crumbgate-debug').waitFor({ state: 'attached' })
    await expect.poll(async () => (await report(page)).tags[0]?.state).toBe('held')
    expect(messages).toEqual([expect.stringContaining('the debug panel is open')])
  })
})

test.describe('lists', () => {
  test('every tag with what it waits for and its state', async ({ page, site }) => {
    await open(page, site, {
      tag: tag('data-debug', { services: { films: { category: 'marketing' } } }),
      body: [
        marked('id="a"', '1'),
        marked('id="b" data-service="films" src="/s/b.js"'),
        marked('id="c"', '1', 'performance'),
        marked('id="d"', '1', 'advertising'),
        marked('id="e" src="/missing.js"'),
        '<iframe id="f" data-consent="marketing" data-src="/frame/f" title="Film"></iframe>',
        '<template id="g" data-consent="marketing"><p>There</p></template>',
      ].join(''),
    })
    await page.locator(PANEL).waitFor()
    const states = async () => (await report(page)).tags.map(({ state }) => state)
    await expect.poll(states).toEqual(['held', 'held', 'held', 'blocked', 'held', 'held', 'held'])
    await page.evaluate('crumbgate.save({ marketing: true })')
    await expect.poll(states).toEqual(['ran', 'ran', 'held', 'blocked', 'failed', 'loaded', 'loaded'])
    const { tags, allowed } = await report(page)
    expect(tags[1]).toMatchObject({
      consent: 'marketing',
      service: 'films',
      element: expect.stringContaining('id="b"'),
    })
    expect(allowed).toEqual(['necessary', 'marketing', 'films'])
  })

  test('what was stored by whom since the page was loaded', async ({ page, site }) => {
    const services = { own: { category: 'necessary', cookies: ['own*'], localStorage: ['cart'] } }
    site.file(
      '/shop.js',
      'function put() { document.cookie = "own2=1; Max-Age=864000"; localStorage.setItem("cart", "1") }',
    )
    const address = site.page(
      clean({
        tag: tag('data-debug', { services }),
        body: '<script src="/shop.js"></script>',
      }),
    )
    await page.context().addCookies([{ name: 'own', value: '1', url: site.origin }])
    await page.goto(address)
    await page.locator(PANEL).waitFor()
    await page.evaluate('put()')
    await expect
      .poll(async () => (await report(page)).storage)
      .toEqual([
        { trace: 'cookies', name: 'own', services: ['own'], at: null, by: null, days: null },
        {
          trace: 'cookies',
          name: 'own2',
          services: ['own'],
          at: expect.any(Number),
          by: `${site.origin}/shop.js`,
          days: 10,
        },
        {
          trace: 'localStorage',
          name: 'cart',
          services: ['own'],
          at: expect.any(Number),
          by: `${site.origin}/shop.js`,
          days: null,
        },
      ])
    expect(await rulesOf(page)).toEqual([])
  })

  test('requests to other sites, with what held when they went out', async ({ page, site }) => {
    await open(page, site, {
      body:
        marked(`src="${TRACKER}/a.js?id=1"`) +
        marked(`src="${TRACKER.replace('tracker', 'cdn')}/b.js"`, '', 'necessary'),
    })
    await page.route('https://cdn.example/**', (route) => route.fulfill({ contentType: 'text/javascript', body: ';' }))
    await page.reload()
    await page.locator(PANEL).waitFor()
    await accept(page)
    await expect
      .poll(async () => (await report(page)).requests)
      .toMatchObject([
        { host: 'cdn.example', when: 'allowed', consent: 'necessary' },
        { url: `${TRACKER}/a.js`, type: expect.any(String), when: 'allowed', consent: 'marketing' },
      ])
    expect(await rulesOf(page)).toEqual([])
  })
})

test.describe('finds', () => {
  test('a marked script that had already run', async ({ page, site }) => {
    await open(page, site, { body: '<script data-consent="marketing" id="x">1</script>' })
    expect(await find(page, 'not-held')).toMatchObject({
      severity: 'error',
      element: expect.stringContaining('id="x"'),
    })
    // Once, though the console says it too.
    expect(await rulesOf(page)).toEqual(['not-held'])
  })

  test('a marked frame that has loaded', async ({ page, site }) => {
    await open(page, site, { body: '<iframe data-consent="marketing" src="/frame/a" title="Film"></iframe>' })
    expect(await find(page, 'not-held')).toMatchObject({ element: expect.stringContaining('src="/frame/a"') })
    expect(await rulesOf(page)).toEqual(['not-held'])
  })

  test('a tag that will never be released', async ({ page, site }) => {
    await open(page, site, { body: marked('', '1', 'advertising') })
    expect((await find(page, 'blocked')).instead).toContain('data-consent="necessary"')
    expect(await rulesOf(page)).toEqual(['blocked'])
  })

  test('a released tag that failed', async ({ page, site }) => {
    await open(page, site, { body: marked('src="/missing.js"') })
    await accept(page)
    await find(page, 'failed')
  })

  test('a request before a choice, with its host, type and time', async ({ page, site }) => {
    await open(page, site, { body: `<script src="${TRACKER}/a.js"></script>` })
    const found = await find(page, 'request-before-choice')
    expect(found.what).toMatch(
      /A request to tracker\.example went out before a choice: first https:\/\/tracker\.example\/a\.js \(script, at \d+ ms\)/,
    )
    await accept(page)
    await expect.poll(async () => (await find(page, 'request-before-choice')).what).toMatch(/\d+ ms before the choice/)
  })

  test('a request of what is refused', async ({ page, site }) => {
    await open(page, site, { body: marked(`src="${TRACKER}/a.js"`) })
    await page.locator(PANEL).waitFor()
    await page.evaluate('crumbgate.reject()')
    await page.evaluate(`fetch('${TRACKER}/b', { mode: 'no-cors' })`)
    expect((await find(page, 'request-refused')).what).toContain('which tags with data-consent="marketing" ask as well')
  })

  for (const rel of ['preload', 'dns-prefetch', 'preconnect', 'prefetch', 'modulepreload', 'prerender']) {
    test(`a ${rel} hint that asks a held tag’s host`, async ({ page, site }) => {
      await open(page, site, {
        head: `<link rel="${rel}" as="script" href="${TRACKER}/a.js">`,
        body: marked(`src="${TRACKER}/a.js"`),
      })
      expect(await find(page, 'hint')).toMatchObject({ element: expect.stringContaining(`rel="${rel}"`) })
    })
  }

  test('a held script without the nonce, and a Crumbgate tag without it', async ({ page, site }) => {
    const headers = { 'Content-Security-Policy': "script-src 'nonce-n1' 'self'" }
    const own = '<script nonce="n1" src="/dist/crumbgate.js" data-policy="/privacy" data-debug></script>'
    await open(page, site, { tag: own, headers, body: marked('', '1') })
    expect((await find(page, 'nonce')).what).toContain('no nonce')
    await page.evaluate(() => {
      const script = document.querySelector('script[type="text/plain"]')
      if (script instanceof HTMLScriptElement) script.nonce = 'n2'
      document.body.append('')
    })
    await expect.poll(async () => (await find(page, 'nonce')).what).toContain('another nonce')
    await open(page, site, { tag: own.replace('nonce="n1" ', ''), headers })
    expect((await find(page, 'nonce')).what).toContain('the Crumbgate tag has none')
  })

  test('no way back to the settings, and no policy', async ({ page, site }) => {
    await page.goto(site.page({ tag: '<script src="/dist/crumbgate.js" data-debug></script>' }))
    await find(page, 'no-way-back')
    expect(await rulesOf(page)).toEqual(['no-way-back', 'no-policy'])
    await page.goto(site.page({ tag: tag('data-debug data-button') }))
    await page.locator(PANEL).waitFor()
    await expect.poll(() => rulesOf(page)).toEqual([])
  })

  test('an unequal Reject, with the figures', async ({ page, site }) => {
    await open(page, site, {
      head: '<style>@layer crumbgate { #crumbgate-host [data-crumb="actions"] [data-crumb="reject"] { background: #fff !important; color: #777 !important; font-size: 11px !important } }</style>',
    })
    const found = await find(page, 'unequal')
    expect(found.what).toContain('text size 15 px and 11 px')
    expect(found.what).toMatch(/contrast of the text [\d.]+:1 and 4\.47:1/)
    expect((await report(page)).buttons?.reject).toMatchObject({ fontSize: 11, contrast: 4.47, prominence: 1 })
  })

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`a text that is hard to read, ${colorScheme}, in any notation of colours`, async ({
      page,
      site,
      browserName,
    }) => {
      test.skip(browserName === 'firefox' && colorScheme === 'dark', 'its driver cannot ask for a dark page')
      await page.emulateMedia({ colorScheme })
      await open(page, site, { head: '<style>:root { --crumb-muted: oklch(0.65 0.01 260) }</style>' })
      await page.locator(PANEL).waitFor()
      if (colorScheme === 'light')
        expect((await find(page, 'contrast')).what).toMatch(/contrast of 3\.\d+:1 in the light colours, where 4\.5:1/)
      else await expect.poll(async () => (await report(page)).buttons).not.toBeNull()
      expect((await rulesOf(page)).includes('contrast')).toBe(colorScheme === 'light')
    })
  }

  const OPTIMISED: readonly [name: string, attributes: string, instead: string][] = [
    ['Rocket Loader', '', 'data-cfasync="false"'],
    ['WP Rocket', 'data-cfasync="false" data-rocket-status="executed"', 'nowprocket'],
  ]
  for (const [name, attributes, instead] of OPTIMISED) {
    test(`${name}, which has delayed Crumbgate`, async ({ page, site }) => {
      await open(page, site, {
        tag: `<script src="/dist/crumbgate.js" data-policy="/privacy" data-debug ${attributes}></script>`,
        body: '<script src="/s/rocket-loader.js" data-cf-settings="1a2b-|49" defer></script>',
      })
      expect(await find(page, 'optimiser')).toMatchObject({
        what: expect.stringContaining(`${name} has delayed Crumbgate`),
        instead: expect.stringContaining(instead),
      })
      expect(await rulesOf(page)).toEqual(['optimiser'])
    })
  }

  test('an optimiser that has put Crumbgate into a file of its own', async ({ page, site }) => {
    const { readFile } = await import('node:fs/promises')
    site.file('/cache/autoptimize_1a2b.js', await readFile('dist/crumbgate.js', 'utf8'))
    site.file('/cache/crumb-debug.js', await readFile('dist/crumb-debug.js', 'utf8'))
    await open(page, site, {
      tag: '<script src="/cache/autoptimize_1a2b.js" data-policy="/privacy" data-debug></script>',
    })
    expect((await find(page, 'optimiser')).instead).toContain('data-noptimize="1" (Autoptimize)')
  })

  test('an optimiser that has changed a marked tag', async ({ page, site }) => {
    const types = [
      'rocketlazyloadscript',
      'litespeed/javascript',
      'text/psajs',
      'javascript/blocked',
      '1a2b-text/javascript',
    ]
    await open(page, site, {
      body: types.map((type) => `<script type="${type}" data-consent="marketing">1</script>`).join(''),
    })
    await find(page, 'optimiser')
    expect(await rulesOf(page)).toEqual(types.map(() => 'optimiser'))
  })

  test('a Crumbgate tag that is late, not first, or there twice', async ({ page, site }) => {
    const before = '<script src="/s/before.js"></script>'
    const late = '<script defer src="/dist/crumbgate.js" data-policy="/privacy" data-debug></script>'
    await open(page, site, { tag: before + late })
    await find(page, 'late')
    expect(await rulesOf(page)).toEqual(['late', 'not-first'])
    await open(page, site, { tag: tag() + tag('') })
    await find(page, 'twice')
    expect(await rulesOf(page)).toEqual(['twice'])
  })

  test('a page that is opened as a file', async ({ page, site }) => {
    test.skip(!site.origin)
    const { pathToFileURL } = await import('node:url')
    const { mkdtemp, writeFile, cp, rm } = await import('node:fs/promises')
    const { join } = await import('node:path')
    const { tmpdir } = await import('node:os')
    const folder = await mkdtemp(join(tmpdir(), 'crumbgate-'))
    for (const file of ['crumbgate.js', 'crumb-debug.js']) await cp(`dist/${file}`, join(folder, file))
    await writeFile(
      join(folder, 'index.html'),
      `<!doctype html><html lang="en"><title>File</title><script src="crumbgate.js" data-policy="/privacy" data-debug></script>${FOOTER}`,
    )
    await page.goto(pathToFileURL(join(folder, 'index.html')).href)
    expect((await find(page, 'file')).instead).toContain('npx serve')
    await rm(folder, { recursive: true })
  })

  test('what no service declares, and who keeps it where that is known (ACA 5)', async ({ page, site }) => {
    await open(page, site, { body: '<script>document.cookie = "_ga=1"; localStorage.own = "1"</script>' })
    await find(page, 'undeclared')
    const { findings } = await report(page)
    expect(findings.map(({ what }) => what)).toEqual([
      expect.stringContaining('The cookie "_ga" is declared by no service; google-analytics keeps it'),
      'In localStorage: "own" is declared by no service.',
    ])
    expect(findings[0]?.instead).toContain('Its usual category is performance.')
  })

  for (const [name, scripts] of [
    ['vanilla-cookieconsent', '<script src="/npm/vanilla-cookieconsent/dist/cookieconsent.umd.js"></script>'],
    ['vanilla-cookieconsent', '<script src="/npm/vanilla-cookieconsent-2/dist/cookieconsent.js"></script>'],
    [
      'vanilla-cookieconsent',
      '<script type="module">import * as tool from "/npm/vanilla-cookieconsent/dist/cookieconsent.esm.js"; window.CookieConsent = tool</script>',
    ],
    [
      'Klaro',
      '<script>window.klaroConfig = { services: [] }</script><script defer src="/npm/klaro/dist/klaro-no-css.js"></script>',
    ],
    ['Cookiebot', '<script id="Cookiebot" src="/s/uc.js"></script>'],
  ] as const) {
    test(`${name}, which was left in: ${scripts.slice(-60)}`, async ({ page, site }) => {
      await open(page, site, { body: `<p id="klaro">${scripts}` })
      expect((await find(page, 'other-tool')).what).toContain(`${name} is on this page too`)
      const found = await rulesOf(page)
      expect(found.filter((rule) => rule === 'other-tool')).toHaveLength(1)
    })
  }

  test('marks of another tool that nothing reads, unless compat does', async ({ page, site }) => {
    const body = `<script type="text/plain" data-category="analytics">1</script><iframe data-name="films" data-src="/frame/x"></iframe>
      <iframe data-cookieblock-src="/frame/x" data-cookieconsent="marketing"></iframe><script data-category="x">1</script><p data-name="x">
      <script type="text/plain" class="optanon-category-C0002">1</script><script type="text/plain" data-category="x" data-consent="marketing">1</script>`
    await open(page, site, { body })
    await find(page, 'foreign-mark')
    expect(
      (await report(page)).findings.map(({ rule, what, instead }) => [rule, what.slice(0, 62), instead.slice(0, 35)]),
    ).toEqual(
      ['vanilla-cookieconsent', 'klaro', 'cookiebot', 'onetrust'].map((name) => [
        'foreign-mark',
        `Tags that are marked for ${name}: 1. Crumbgate does not read that mark`.slice(0, 62),
        `data-compat="${name}" on the Crumbgate tag`.slice(0, 35),
      ]),
    )
    await open(page, site, {
      tag: `<script src="/dist/crumb-compat.js"></script>${tag('data-debug data-compat="klaro"')}`,
      body: '<iframe data-name="marketing" data-src="/frame/x"></iframe><script type="text/plain" data-category="a">1</script>',
    })
    await expect(page.locator(PANEL)).toContainText('data-consent="marketing"')
    expect(await rulesOf(page)).not.toContain('foreign-mark')
  })

  test('a tag that was to be held, by what is on it', async ({ page, site }) => {
    const body = `<script type="text/plain" src="/s/a.js"></script><script type="text/plain" data-concent="marketing">1</script>
      <iframe data-src="/frame/x" data-service="films"></iframe><script type="text/plain">a template of somebody's</script>
      <script type="text/plain" class="optanon-category-C1" src="/s/b.js"></script>`
    await open(page, site, { tag: tag('data-debug data-compat="onetrust"'), body })
    await find(page, 'unmarked')
    const found = (await report(page)).findings.filter(({ rule }) => rule === 'unmarked')
    expect(found.map(({ what, element }) => [/but (\S+):/.exec(what)?.[1], element?.slice(0, 40)])).toEqual([
      [undefined, '<script type="text/plain" src="/s/a.js">'],
      ['data-concent', '<script type="text/plain" data-concent="'.slice(0, 40)],
      [undefined, '<iframe data-src="/frame/x" data-service'],
    ])
  })

  test('a configuration that could not be loaded', async ({ page, site }) => {
    await open(page, site, {
      tag: '<script src="/consent-xx.js"></script><script src="/dist/crumbgate.js" data-policy="/privacy" data-debug></script>',
    })
    await find(page, 'missing')
    expect(await rulesOf(page)).toEqual(['missing'])
  })

  test('what any file of ours has said on the console, an unclear region too', async ({ page, site }) => {
    await open(page, site, {
      tag: `<script src="/dist/crumb-signals.js"></script><script src="/dist/crumbgate.js" data-policy="/privacy" data-region="meta:geo" data-debug></script>`,
    })
    expect((await find(page, 'reported')).what).toContain('there is no <meta name="geo"> before this')
    await page.evaluate('console.error({ toString() { throw 1 } }, "theirs")')
  })

  test('nothing in what the visitor has allowed in a frame', async ({ page, site }) => {
    await page.route('https://video.example/**', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<p>Film' }),
    )
    const body = '<iframe data-consent="marketing" data-src="https://video.example/1" title="Film"></iframe>'
    for (const name of ['once', 'always']) {
      await open(page, site, { body })
      await page.frameLocator('iframe').locator(part(name)).click()
      await expect.poll(async () => (await report(page)).requests.map(({ when }) => when)).toEqual(['allowed'])
      expect(await rulesOf(page)).toEqual([])
    }
  })

  test('a choice that was given to another tool, also under another name', async ({ page, site }) => {
    const body = `<script>document.cookie = 'klaro=1'; document.cookie = 'shop_consent=' + encodeURIComponent('{"categories":["ads"]}')
      localStorage.my_consent = '{"youtube":true}'; localStorage.cookie_notes = '"text"'</script>`
    await open(page, site, { body })
    await find(page, 'old-choice')
    expect(
      (await report(page)).findings.map(({ rule, what }) => [rule, what.slice(0, 30), /to (\S+)\./.exec(what)?.[1]]),
    ).toEqual([
      ['old-choice', 'The cookie "klaro" looks like a'.slice(0, 30), 'klaro'],
      ['old-choice', 'The cookie "shop_consent" look', 'vanilla-cookieconsent'],
      ['undeclared', 'In localStorage: "cookie_notes', undefined],
      ['old-choice', 'In localStorage: "my_consent" ', 'klaro'],
    ])
  })

  test('why a visitor who has decided is asked again', async ({ page, site, context }) => {
    await context.addCookies([{ ...cookieFor({ granted: ['marketing'] }), url: site.origin }])
    await open(page, site, {
      tag: tag('data-debug', { services: { films: { category: 'marketing' } } }),
      body: marked('data-service="films"', '1'),
    })
    expect((await find(page, 'asked-again')).what).toContain('is asked again: films is new since')
  })

  test('what a noscript asks for', async ({ page, site }) => {
    await open(page, site, {
      body: `<noscript><img src="/own.png"></noscript><noscript><img height="1" src="${TRACKER}/tr?id=1"></noscript>`,
    })
    expect(await find(page, 'noscript')).toMatchObject({
      what: expect.stringContaining('asks tracker.example whenever'),
      element: expect.stringContaining(TRACKER),
    })
    expect(await rulesOf(page)).toEqual(['noscript'])
  })

  test('what was stored before a choice', async ({ page, site }) => {
    await open(page, site, {
      tag: tag('data-debug', { services: { films: { category: 'marketing', cookies: ['_film'] } } }),
      body: `${marked('data-service="films"', '1')}<script>document.cookie = '_film=1'</script>`,
    })
    expect((await find(page, 'stored-unasked')).what).toContain('"_film" of films was stored before a choice')
  })

  test('a cookie that lasts longer than declared (ACA 3)', async ({ page, site }) => {
    await open(page, site, {
      tag: tag('data-debug', {
        services: { own: { category: 'necessary', cookies: ['own*'], lifetimes: { 'own*': 30 } } },
      }),
    })
    await page.locator(PANEL).waitFor()
    await page.evaluate('document.cookie = "own1=1; Max-Age=" + 30 * 86400')
    await page.evaluate('document.cookie = "own2=1; Max-Age=" + 60 * 86400')
    expect((await find(page, 'lifetime')).what).toContain('The cookie "own2" lasts 60 days, and own declares 30.')
    expect(await rulesOf(page)).toEqual(['lifetime'])
  })

  test('a service without a category, with the other mistakes of the configuration (ACA 4)', async ({ page, site }) => {
    await open(page, site, { tag: tag('data-debug', { services: { own: { cookies: ['own'] } } }) })
    expect((await find(page, 'reported')).what).toContain('services.own.category')
  })

  test('a known tracker that is declared necessary (REG 16)', async ({ page, site }) => {
    const services = {
      statistics: { category: 'necessary', cookies: ['_ga', '_ga_*'] },
      stripe: { category: 'necessary', cookies: ['__stripe_mid'] },
    }
    await open(page, site, { tag: tag('data-debug', { services }) })
    expect(await find(page, 'necessary-tracker')).toMatchObject({
      severity: 'error',
      what: 'The service statistics, which has cookies of google-analytics, is always on, in the category necessary. It is known as performance.',
    })
    expect(await rulesOf(page)).toEqual(['necessary-tracker'])
  })

  test('a known cookie in another category than usual (ACA 1), and a known service (ACA 2)', async ({ page, site }) => {
    const services = {
      ads: { category: 'functional', cookies: ['_fbp'] },
      youtube: { category: 'performance' },
      'google-analytics': { category: 'marketing', cookies: ['_ga'] },
    }
    const body = Object.entries(services)
      .map(([key, { category }]) => marked(`data-service="${key}"`, '1', category))
      .join('')
    await open(page, site, { tag: tag('data-debug', { services }), body })
    await find(page, 'unusual-category')
    // To ask for more is no mistake.
    expect((await report(page)).findings.map(({ what }) => what)).toEqual([
      'The service ads, which has cookies of meta-pixel, is in the category functional. Elsewhere it is marketing.',
      'The service youtube is in the category performance. Elsewhere it is marketing.',
    ])
  })

  test('a cookie with two purposes (ACA 6), and a service that no tag names', async ({ page, site }) => {
    const services = {
      player: { category: 'functional', cookies: ['film*'] },
      films: { category: 'marketing', cookies: ['film_id'] },
    }
    await open(page, site, { tag: tag('data-debug', { services }), body: marked('data-service="films"', '1') })
    expect((await find(page, 'two-purposes')).what).toContain(
      'declared by player (functional) and by films (marketing)',
    )
    expect(await rulesOf(page)).toEqual(['two-purposes', 'untagged'])
  })
})
