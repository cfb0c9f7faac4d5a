import { cookieFor } from '../../src/testing'
import { BANNER, comeBack, config, expect, PREFERENCES, part, ran, TAG, test } from './site'

const HELD =
  '<script type="text/plain" data-consent="marketing">run("marketing")</script><script type="text/plain" data-consent="performance">run("performance")</script>'
const ALL = { granted: ['functional', 'performance', 'marketing'] }
const DAY = 86_400_000

test('the choice survives a reload and another page of the site', { tag: '@everywhere' }, async ({
  page,
  site,
  context,
}) => {
  await page.goto(site.page({ body: HELD }, '/deep/one'))
  await page.locator(BANNER).locator(part('accept')).click()
  await expect.poll(() => ran(page)).toEqual(['marketing', 'performance'])
  for (const path of ['/deep/one', '/', '/other/two']) {
    await page.goto(site.page({ body: HELD }, path))
    await expect(page.locator(BANNER)).toBeHidden()
    expect(await ran(page)).toEqual(['marketing', 'performance'])
  }
  const [cookie] = await context.cookies()
  expect(cookie).toMatchObject({ name: 'crumbgate', path: '/', sameSite: 'Lax', domain: 'localhost', httpOnly: false })
  expect(cookie?.value).toMatch(/^[A-Za-z0-9._-]{1,200}$/)
})

test('an older choice that a server writes again does not take a decision back (PLT 3)', async ({ page, site }) => {
  const old = { ...cookieFor({ granted: ['marketing'], at: Date.now() - 60_000 }), url: site.origin }
  await page.context().addCookies([old])
  await page.goto(site.page({}))
  await page.evaluate('crumbgate.reject()')
  // The answer to an earlier request arrives.
  await page.context().addCookies([old])
  await page.evaluate('document.dispatchEvent(new Event("visibilitychange"))')
  expect(await page.evaluate('crumbgate.allows("marketing")')).toBe(false)
  const method = async () => (await page.context().cookies()).map(({ value }) => value.split('.')[5])
  expect(await method()).toEqual(['reject'])
  // And as the page is left.
  await page.context().addCookies([old])
  await page.goto(site.page({}))
  expect(await page.evaluate('crumbgate.choice.method')).toBe('reject')
})

test('accept, reject, save and withdraw store what was said (ACA 38, ACA 39)', { tag: '@everywhere' }, async ({
  page,
  site,
}) => {
  await page.goto(site.page({}))
  const choice = () => page.evaluate<import('../../src/types').ConsentRecord>('({ ...crumbgate.choice })')
  await page.evaluate('crumbgate.accept()')
  const accepted = await choice()
  expect(accepted).toMatchObject({
    method: 'accept',
    granted: ['functional', 'performance', 'marketing'],
    denied: [],
    locale: 'en',
  })
  await page.evaluate('crumbgate.save({ performance: true, marketing: false })')
  expect(await choice()).toMatchObject({ method: 'custom', granted: ['performance'], at: accepted.at })
  expect((await choice()).id).not.toBe(accepted.id)
  await page.evaluate('crumbgate.withdraw()')
  expect(await choice()).toMatchObject({
    method: 'reject',
    granted: [],
    denied: ['functional', 'performance', 'marketing'],
  })
  expect((await choice()).id).not.toBe(accepted.id)
})

test('a new revision asks those again who had granted something, who are denied meanwhile', async ({
  page,
  site,
  context,
}) => {
  const address = site.page({ tag: '<script src="/dist/crumbgate.js" data-revision="1"></script>', body: HELD })
  await comeBack(context, site)
  await page.goto(address)
  await expect(page.locator(BANNER)).toBeVisible()
  expect(await ran(page)).toEqual([])
  await context.addCookies([{ ...cookieFor(), url: site.origin }])
  await page.goto(address)
  await expect(page.locator(BANNER)).toBeHidden()
  await page.goto(
    site.page({ tag: '<script src="/dist/crumbgate.js" data-revision="1" data-reask="everyone"></script>' }),
  )
  await expect(page.locator(BANNER)).toBeVisible()
})

test('a choice ends with its time, and each visit writes the cookie again for the rest of it (PLT 3)', async ({
  page,
  site,
  context,
}) => {
  const now = Date.now()
  await context.addCookies([{ ...cookieFor({ ...ALL, at: now - 364 * DAY }), url: site.origin }])
  await page.goto(site.page({ body: HELD }))
  expect(await ran(page)).toEqual(['marketing', 'performance'])
  const [cookie] = await context.cookies()
  expect(Math.round(((cookie?.expires ?? 0) * 1000 - now) / DAY)).toBe(1)
  await context.addCookies([{ ...cookieFor({ ...ALL, at: now - 366 * DAY }), url: site.origin }])
  await page.goto(site.page({ body: HELD }))
  await expect(page.locator(BANNER)).toBeVisible()
  expect(await ran(page)).toEqual([])
  await context.addCookies([{ ...cookieFor({ at: now - 182 * DAY }), url: site.origin }])
  await page.goto(site.page({}))
  await expect(page.locator(BANNER)).toBeHidden()
  await context.addCookies([{ ...cookieFor({ at: now - 184 * DAY }), url: site.origin }])
  await page.goto(site.page({}))
  await expect(page.locator(BANNER)).toBeVisible()
})

test('a category or a service that is new since the choice is denied and asked about once; the rest stays', async ({
  page,
  site,
  context,
}) => {
  const tag = `<script>window.crumbgateConfig = { categories: { marketing: {}, maps: { title: 'Maps', description: 'Where we are.' } } }</script>${TAG}`
  await context.addCookies([{ ...cookieFor({ granted: ['marketing'], denied: [] }), url: site.origin }])
  const body = `${HELD.replace('performance', 'maps').replace('"performance"', '"maps"')}`
  await page.goto(site.page({ tag, body }))
  await expect(page.locator(BANNER)).toBeVisible()
  expect(await ran(page)).toEqual(['marketing'])
  await page.evaluate('crumbgate.save({ marketing: true })')
  await page.goto(site.page({ tag, body }))
  await expect(page.locator(BANNER)).toBeHidden()
  expect(await ran(page)).toEqual(['marketing'])
})

test.describe('a cookie with garbage in it is no choice (SEC 4)', () => {
  const good = cookieFor(ALL).value
  for (const [what, value] of [
    ['empty', ''],
    ['a number', '1'],
    ['a percent sign', '%'],
    ['a broken escape', '%E0%A4%A'],
    ['JSON', '{"granted":["marketing"]}'],
    ['cut off', good.slice(0, -3)],
    ['too long', `${good}.x`],
    ['prototype keys', good.replace('marketing', '__proto__')],
    ['another version', good.replace('1.', '2.')],
    ['4 kB', 'a'.repeat(4000)],
    ['from the future', cookieFor({ ...ALL, at: Date.now() + 3 * DAY }).value],
  ] as const) {
    test(what, async ({ page, site, context, messages }) => {
      await context.addCookies([{ name: 'crumbgate', value, url: site.origin }])
      await page.goto(site.page({ body: HELD }))
      await expect(page.locator(BANNER)).toBeVisible()
      expect(await ran(page)).toEqual([])
      expect(messages).toEqual([])
      await page.locator(BANNER).locator(part('reject')).click()
      await page.reload()
      await expect(page.locator(BANNER)).toBeHidden()
    })
  }
})

test('of two cookies of the name the newest wins, and the other goes (FIELD V#683)', async ({
  page,
  site,
  context,
}) => {
  const older = cookieFor({ at: Date.now() - 10 * DAY })
  const newer = cookieFor({ ...ALL, at: Date.now() - DAY })
  const { hostname } = new URL(site.origin)
  await context.addCookies([
    { ...older, domain: hostname, path: '/sub' },
    { ...newer, domain: hostname, path: '/' },
  ])
  await page.goto(site.page({ body: HELD }, '/sub/page'))
  expect(await ran(page)).toEqual(['marketing', 'performance'])
  const left = await context.cookies(`${site.origin}/sub/page`)
  expect(left.map(({ path, value }) => [path, value])).toEqual([['/', newer.value]])
})

test.describe('where nothing can be kept, the page works and the choice holds until it is left', () => {
  const check = async (
    frame: import('@playwright/test').Page | import('@playwright/test').FrameLocator,
    messages: string[],
  ) => {
    await frame.locator(BANNER).locator(part('accept')).click()
    await expect(frame.locator(BANNER)).toBeHidden()
    await expect(frame.locator('#out')).toHaveText('marketing,performance')
    expect(messages).toEqual([expect.stringContaining('refused the cookie')])
  }
  const shown = `<p id="out"></p>${HELD}<script>setInterval(() => { document.getElementById('out').textContent = ran.join() }, 50)</script>`

  test('cookies disabled', async ({ page, site, messages }) => {
    await page.addInitScript(() => {
      Object.defineProperty(Document.prototype, 'cookie', { configurable: true, get: () => '', set() {} })
    })
    await page.goto(site.page({ body: shown }))
    await check(page, messages)
    await page.reload()
    await expect(page.locator(BANNER)).toBeVisible()
  })

  test('a sandboxed frame, where every storage throws (PLT 7)', async ({ page, site, messages }) => {
    const tag = `<script>window.crumbgateConfig = { services: { ads: { category: 'functional', cookies: ['a'], localStorage: ['a'], sessionStorage: ['a'], indexedDB: ['a'], caches: ['a'] } } }</script>${TAG}`
    const inner = site.page({ tag, body: shown })
    await page.goto(
      site.page({
        tag: '',
        body: `<iframe sandbox="allow-scripts" src="${inner}" title="inner" width="600" height="700"></iframe>`,
      }),
    )
    await check(page.frameLocator('iframe'), messages)
  })
})

test('a form called cookie hides nothing from us (SEC 6)', async ({ page, site, messages }) => {
  await page.goto(site.page({ tag: '', body: `<form name="cookie"></form>${TAG}${HELD}` }))
  await page.locator(BANNER).locator(part('accept')).click()
  await page.reload()
  await expect(page.locator(BANNER)).toBeHidden()
  expect(await ran(page)).toEqual(['marketing', 'performance'])
  expect(messages).toEqual([])
})

test('a domain that the browser refuses falls back to this host, with a message', async ({
  page,
  site,
  context,
  messages,
}) => {
  await page.goto(site.page({ tag: '<script src="/dist/crumbgate.js" data-domain="elsewhere.example"></script>' }))
  await page.locator(BANNER).locator(part('reject')).click()
  expect(messages).toEqual([expect.stringMatching(/refused the domain "elsewhere\.example".*localhost/)])
  expect((await context.cookies()).map(({ domain }) => domain)).toEqual(['localhost'])
})

test('each change gives one event, and every subscriber hears it', async ({ page, site, messages }) => {
  await page.goto(
    site.page({
      body: `<script>
        for (const name of ['ready', 'open', 'close', 'change']) {
          document.addEventListener('crumbgate:' + name, ({ detail }) => run(name + ':' + (detail.view ?? detail.choice?.method)))
        }
        document.addEventListener('crumbgate:beforereload', (event) => event.preventDefault())
        crumbgate.subscribe(() => { throw new Error('theirs') })
        crumbgate.subscribe((choice) => run('heard:' + choice.method))
        crumbgate.when('performance').then(() => run('when:performance'))
        crumbgate.when('nonsense').catch((error) => run(error.name))
      </script>`,
    }),
  )
  await page.locator(part('settings')).click()
  await page.getByRole('switch', { name: 'Performance' }).check()
  await page.locator(part('save')).click()
  await expect
    .poll(() => ran(page))
    .toEqual([
      'ConsentError',
      'close:banner',
      'open:preferences',
      'heard:custom',
      'close:preferences',
      'when:performance',
      'change:custom',
    ])
  await page.evaluate('crumbgate.accept(), crumbgate.reject()')
  await expect.poll(async () => (await ran(page)).slice(7)).toEqual(['heard:accept', 'heard:reject', 'change:reject'])
  expect(messages).toEqual(['uncaught: theirs', 'uncaught: theirs', 'uncaught: theirs'])
})

test('ready comes once the object is there, and before the banner', async ({ page, site }) => {
  const queued = `(window.crumbgate = []).push(() => document.addEventListener('crumbgate:open', () => run('open')))`
  await page.goto(
    site.page({
      tag: `<script>document.addEventListener('crumbgate:ready', ({ detail }) => run('ready:' + detail.choice + typeof crumbgate.allows)); ${queued}</script>${TAG}`,
    }),
  )
  expect(await ran(page)).toEqual(['ready:nullfunction', 'open'])
})

test('a decision that comes while the one before is still being carried out settles both', async ({ page, site }) => {
  // A browser that answers late, and a visitor who decides again meanwhile.
  const slow = `<script>IDBFactory.prototype.deleteDatabase = () => { queueMicrotask(() => crumbgate.accept()); return window.request = {} }</script>`
  const tag = `<script>window.crumbgateConfig = { services: { ads: { category: 'marketing', indexedDB: ['ads'] } } }</script>${TAG}`
  await page.goto(site.page({ tag, body: slow + HELD }))
  await page.evaluate(`window.stayed = true; window.changes = []
    document.addEventListener('crumbgate:change', ({ detail }) => changes.push(detail.previous?.method + '>' + detail.choice.method))
    indexedDB.open('ads')
    crumbgate.accept()`)
  await expect.poll(() => page.evaluate('changes')).toEqual(['undefined>accept'])
  await expect.poll(() => ran(page)).toEqual(['marketing', 'performance'])
  await page.evaluate('crumbgate.withdraw()')
  await expect.poll(() => page.evaluate('changes')).toEqual(['undefined>accept', 'accept>accept'])
  await page.evaluate('request.onsuccess(); indexedDB.databases().then(() => new Promise((done) => setTimeout(done)))')
  expect(await page.evaluate('[stayed, changes.length]')).toEqual([true, 2])
})

test('a mistake in the configuration suspends earlier grants, also when the visitor comes back to the tab', async ({
  page,
  site,
}) => {
  await page.context().addCookies([{ ...cookieFor({ granted: ['marketing'] }), url: site.origin }])
  await page.goto(site.page({ tag: '<script src="/dist/crumbgate.js" data-colour="red"></script>' }))
  await expect(page.locator(BANNER)).toBeVisible()
  await page.evaluate('document.dispatchEvent(new Event("visibilitychange"))')
  expect(await page.evaluate('crumbgate.allows("marketing")')).toBe(false)
  await expect(page.locator(BANNER)).toBeVisible()
})

test('a mistake in the configuration takes back no choice that is made with it', async ({ page, site }) => {
  await page.goto(site.page({ tag: '<script src="/dist/crumbgate.js" data-colour="red"></script>', body: HELD }))
  await page.locator(BANNER).locator(part('accept')).click()
  await expect.poll(() => ran(page)).toEqual(['marketing', 'performance'])
  await page.evaluate('document.dispatchEvent(new Event("visibilitychange"))')
  expect(await page.evaluate('crumbgate.allows("marketing")')).toBe(true)
  await expect(page.locator(BANNER)).toBeHidden()
})

test('listeners that destroy or decide again break nothing', async ({ page, site, messages }) => {
  await page.goto(site.page({}))
  await page.evaluate(`
    crumbgate.subscribe((choice) => choice.method === 'accept' && crumbgate.reject())
    crumbgate.subscribe((choice) => run(choice.method))
    crumbgate.accept()`)
  expect(await ran(page)).toEqual(['reject'])
  await page.evaluate('document.addEventListener("crumbgate:close", () => crumbgate.destroy()); crumbgate.open()')
  await expect(page.locator(PREFERENCES)).toBeVisible()
  await page.locator(PREFERENCES).locator(part('accept')).click()
  await expect(page.locator(PREFERENCES)).toHaveCount(0)
  expect(messages).toEqual([])
})

test('where the visitor stops the reload, frames are gone all the same', async ({ page, site }) => {
  const body = `<input id="i"><iframe data-consent="marketing" data-src="/frame/x" title="x"></iframe>${HELD}`
  await page.goto(site.page({ body }))
  await page.locator(BANNER).locator(part('accept')).click()
  await expect(page.locator('iframe')).toHaveAttribute('src', '/frame/x')
  await page.locator('#i').fill('not sent yet')
  const asked = new Promise<void>((resolve) => {
    page.on('dialog', (dialog) => {
      dialog.dismiss().then(resolve)
    })
  })
  await page.evaluate('addEventListener("beforeunload", (event) => event.preventDefault()); crumbgate.withdraw()')
  await asked
  await expect(page.locator('iframe')).not.toHaveAttribute('src')
})

test('a cookie that was there before is renewed where the domain is refused', async ({ page, site, context }) => {
  const choice = cookieFor({ ...ALL, at: Date.now() - DAY })
  await context.addCookies([{ ...choice, url: site.origin, expires: Date.now() / 1000 + 7 * 86_400 }])
  await page.goto(site.page({ tag: '<script src="/dist/crumbgate.js" data-domain="elsewhere.example"></script>' }))
  const [cookie] = await context.cookies()
  expect(Math.round(((cookie?.expires ?? 0) * 1000 - Date.now()) / DAY)).toBe(364)
})

test('save() names what it does not know, and grants only what it does', async ({ page, site, messages }) => {
  await page.goto(site.page({}))
  await page.evaluate('crumbgate.save({ tracking: true, marketing: true }, { films: true })')
  expect(await page.evaluate('crumbgate.choice.granted')).toEqual(['marketing'])
  expect(messages).toEqual([
    expect.stringMatching(/save\(\) knows no category "tracking"\. Write necessary, functional/),
    expect.stringMatching(/save\(\) knows no service "films"\. Write /),
  ])
})

test('allows() names what it does not know, once each, and never allows it', async ({ page, site, messages }) => {
  await page.goto(site.page({ tag: config({ services: { maps: { category: 'functional' } } }) }))
  const asked = await page.evaluate(
    '[crumbgate.accept(), crumbgate.allows("marketting"), crumbgate.allows("marketting"), crumbgate.allows("functional", "map"), crumbgate.allows("functional", "maps")]',
  )
  expect(asked).toEqual([undefined, false, false, false, true])
  expect(messages).toEqual([
    'crumbgate: allows() knows no category "marketting". Write necessary, functional, performance, marketing.',
    'crumbgate: allows() knows no service "map". Write maps.',
  ])
})

test('a second createConsent() is told of, unless the first is over', async ({ page, site, messages }) => {
  await page.goto(
    site.page({
      tag: `<script type="module">
        import { createConsent } from '/dist/core.js'
        createConsent().destroy()
        createConsent()
        run('two')
        createConsent()
        run('three')
      </script>`,
    }),
  )
  await expect.poll(() => ran(page)).toEqual(['two', 'three'])
  expect(messages).toEqual([
    expect.stringContaining(
      'createConsent() was called while another one is at work, perhaps after a hot update. Call destroy()',
    ),
  ])
})

/** Run in a page: as if the browser did not let anybody write or delete a cookie whose name begins so. */
function keepAds(): void {
  const own = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie')
  Object.defineProperty(Document.prototype, 'cookie', {
    configurable: true,
    get: () => own?.get?.call(document),
    set: (text: string) => text.startsWith('_ad') || own?.set?.call(document, text),
  })
}

test.describe('withdrawal', () => {
  const services = `<script>window.crumbgateConfig = { services: {
    ads: { category: 'marketing', cookies: ['_ad*'], localStorage: ['ads'], sessionStorage: ['ads'], indexedDB: ['ads'], caches: ['ads'] },
    stats: { category: 'performance', cookies: ['_admin'] } } }</script>`
  const writes = `<script type="text/plain" data-consent="marketing">
    document.cookie = '_ad1=x; path=/'; document.cookie = '_admin=x; path=/'; document.cookie = '_ad2=x'
    localStorage.ads = sessionStorage.ads = localStorage.site = 'x'; indexedDB.open('ads'); caches.open('ads'); run('ads')
    addEventListener('pagehide', () => { document.cookie = '_ad3=x; path=/'; localStorage.ads = 'again' })
  </script>`

  test('deletes what the category declares, reloads, and sweeps again (E2E 17)', { tag: '@everywhere' }, async ({
    page,
    site,
    messages,
  }) => {
    await page.goto(site.page({ tag: services + TAG, body: writes }, '/shop/page'))
    await page.locator(BANNER).locator(part('accept')).click()
    await expect.poll(() => page.evaluate('document.cookie')).toContain('_ad2')
    const reloaded = page.waitForEvent('load')
    await page.evaluate('crumbgate.save({ performance: true, functional: true })')
    await reloaded
    expect(await page.evaluate("document.cookie.split('; ').map((pair) => pair.split('=')[0]).sort()")).toEqual([
      '_admin',
      'crumbgate',
    ])
    expect(await page.evaluate('[Object.keys(localStorage), Object.keys(sessionStorage)]')).toEqual([['site'], []])
    await expect.poll(() => page.evaluate('Promise.all([indexedDB.databases(), caches.keys()])')).toEqual([[], []])
    expect(await ran(page)).toEqual([])
    expect(messages).toEqual([])
  })

  test('does not reload when nothing of the category has run', async ({ page, site }) => {
    await page.goto(
      site.page({
        tag: services + TAG,
        body: '<iframe data-consent="marketing" data-src="/frame/x" title="x"></iframe>',
      }),
    )
    await page.evaluate('window.stayed = true; localStorage.ads = "x"; crumbgate.accept()')
    await expect(page.locator('iframe')).toHaveAttribute('src', '/frame/x')
    await page.evaluate('crumbgate.withdraw()')
    await expect(page.locator('iframe')).not.toHaveAttribute('src')
    expect(await page.evaluate('[window.stayed, Object.keys(localStorage)]')).toEqual([true, []])
  })

  test('can be kept from reloading by the page, and by an option', async ({ page, site }) => {
    for (const [tag, script] of [
      [
        services + TAG,
        '<script>document.addEventListener("crumbgate:beforereload", (event) => event.preventDefault())</script>',
      ],
      [`${services}<script src="/dist/crumbgate.js" data-reload="off"></script>`, ''],
    ] as const) {
      await page.goto(site.page({ tag, body: writes + script }))
      await page.evaluate('window.stayed = true; crumbgate.accept()')
      await expect.poll(() => ran(page)).toEqual(['ads'])
      await page.evaluate(
        'new Promise((done) => { document.addEventListener("crumbgate:change", done, { once: true }); crumbgate.withdraw() })',
      )
      expect(await page.evaluate('window.stayed')).toBe(true)
      expect(await page.evaluate('document.cookie')).not.toContain('_ad')
      await page.context().clearCookies()
    }
  })

  test('names what the browser would not delete (PLT 5)', async ({ page, site, context, messages }) => {
    await page.addInitScript(keepAds)
    await context.addCookies([{ name: '_ad9', value: 'x', url: site.origin }])
    await page.goto(site.page({ tag: services + TAG }))
    const leftovers = await page.evaluate(
      'new Promise((done) => { document.addEventListener("crumbgate:change", ({ detail }) => done(detail.leftovers)); crumbgate.reject() })',
    )
    expect(leftovers).toEqual(['cookies: _ad9'])
    expect(messages).toEqual(['crumbgate: could not be deleted: cookies: _ad9'])
  })
})

test('destroy() leaves the page as it was found', async ({ page, site }) => {
  await page.goto(site.page({ body: `${HELD}<a href="#away" data-consent-open>Settings</a>` }))
  await expect(page.locator(BANNER)).toBeVisible()
  await page.evaluate('crumbgate.destroy()')
  await expect(page.locator('#crumbgate-host')).toHaveCount(0)
  expect(
    await page.evaluate('[document.adoptedStyleSheets.length, document.documentElement.getAttribute("style")]'),
  ).toEqual([0, null])
  await page.getByText('Settings').click()
  expect(page.url()).toContain('#away')
  await expect(page.locator(PREFERENCES)).toHaveCount(0)
  expect(await ran(page)).toEqual([])
})

test('when() waits for one service, and what came of it is reloaded away too', async ({ page, site }) => {
  await page.goto(
    site.page({ tag: config({ services: { a: { category: 'marketing' }, b: { category: 'marketing' } } }) }),
  )
  const wrong = `Promise.all(['c', 'constructor'].map((name) => crumbgate.when('marketing', name).catch(({ name }) => name)))`
  expect(await page.evaluate(wrong)).toEqual(['ConsentError', 'ConsentError'])
  await page.evaluate(
    'crumbgate.when("marketing", "a").then(() => run("a")); crumbgate.when("marketing", "b").then(() => run("b")); crumbgate.when("marketing").then(() => run("all")); 0',
  )
  await page.evaluate('window.marker = true; crumbgate.save({}, { a: true })')
  await expect.poll(() => ran(page)).toEqual(['a'])
  await page.evaluate('crumbgate.withdraw()')
  await page.waitForFunction('!window.marker')
})

test('what waited with when() is reloaded away as a script would be', async ({ page, site }) => {
  await page.goto(site.page({}))
  await page.evaluate(
    `window.marker = true; crumbgate.when('performance'); crumbgate.save({ performance: true, marketing: true })`,
  )
  await expect.poll(() => page.evaluate('crumbgate.choice.granted')).toEqual(['performance', 'marketing'])
  await page.evaluate(`crumbgate.save({ performance: true })`)
  await expect.poll(() => page.evaluate('crumbgate.choice.granted')).toEqual(['performance'])
  expect(await page.evaluate('marker'), 'what nobody waited for').toBe(true)
  const reloaded = page.waitForEvent('load')
  await page.evaluate('crumbgate.reject()')
  await reloaded
})

test('where nothing has changed, coming back to the tab changes nothing', async ({ page, site, messages }) => {
  await page.goto(site.page({}))
  await page.evaluate('crumbgate.subscribe(() => run("told")); crumbgate.open()')
  await expect(page.locator(PREFERENCES)).toBeVisible()
  const comeBack = () => page.evaluate('document.dispatchEvent(new Event("visibilitychange")); ran')
  expect(await comeBack()).toEqual([])
  await page.evaluate('crumbgate.save({ performance: true }); crumbgate.open()')
  expect(await comeBack()).toEqual(['told'])
  await expect(page.locator(PREFERENCES)).toBeVisible()
  expect(messages).toEqual([])
})

test('decisions that come at once are told of once, and none after destroy()', async ({ page, site, context }) => {
  const own = `<script>window.crumbgateConfig = { signals: [{ name: 'acme', apply: ({ choice }) => run('acme:' + choice?.method) }] }</script>`
  await page.goto(site.page({ tag: `<script src="/dist/crumb-signals.js"></script>${own}${TAG}` }))
  await page.evaluate(`document.addEventListener('crumbgate:change', ({ detail }) => run(detail.choice.method))
    crumbgate.accept()
    crumbgate.reject()`)
  await expect.poll(() => ran(page)).toContain('reject')
  await page.evaluate('crumbgate.save({ performance: true })')
  await expect.poll(() => ran(page)).toContain('custom')
  expect(await ran(page)).toEqual(['acme:undefined', 'acme:reject', 'reject', 'acme:custom', 'custom'])
  await page.evaluate(`const { crumbgate: own } = window
    own.accept()
    own.destroy()
    own.reject()
    new Promise((done) => requestAnimationFrame(() => setTimeout(() => setTimeout(done))))`)
  expect(await ran(page)).toHaveLength(5)
  expect((await context.cookies()).map(({ value }) => value.split('.')[5])).toEqual(['accept'])
})

test('a choice that counts no more goes without a complaint', async ({ page, site, context, messages }) => {
  await context.addCookies([{ ...cookieFor({ ...ALL, at: Date.now() - 366 * DAY }), url: site.origin }])
  await page.goto(site.page({}))
  await expect(page.locator(BANNER)).toBeVisible()
  expect(messages).toEqual([])
})

test('what is not refused stays: before a choice, and while its service is allowed', async ({
  page,
  site,
  context,
  messages,
}) => {
  const services = {
    ads: { category: 'marketing', cookies: ['_ad'] },
    chat: { category: 'functional', cookies: ['_chat'] },
  }
  await context.addCookies([{ name: '_ad', value: '1', url: site.origin }])
  await page.goto(site.page({ tag: config({ services, reload: false }) }))
  await expect(page.locator(BANNER)).toBeVisible()
  const names = async () => (await context.cookies()).map(({ name }) => name).sort()
  expect(await names()).toEqual(['_ad'])
  await page.locator(BANNER).locator(part('accept')).click()
  await context.addCookies([{ name: '_chat', value: '1', url: site.origin, httpOnly: true }])
  const leftovers = await page.evaluate(`new Promise((done) => {
    document.addEventListener('crumbgate:change', ({ detail }) => detail.choice.method === 'custom' && done(detail.leftovers))
    crumbgate.save({ functional: true })
  })`)
  expect(leftovers).toEqual([])
  expect(await names()).toEqual(['_chat', 'crumbgate'])
  expect(messages).toEqual([])
})

test('what could not be deleted is named on the next page too, unless nobody knows whether it is there', async ({
  page,
  site,
  context,
  messages,
}) => {
  await page.addInitScript(keepAds)
  await page.addInitScript(() => {
    Object.defineProperty(window, 'sessionStorage', {
      get() {
        throw new Error('refused')
      },
    })
  })
  await context.addCookies([
    { name: '_ad', value: '1', url: site.origin },
    { ...cookieFor(), url: site.origin },
  ])
  const ads = { category: 'marketing', cookies: ['_ad'], sessionStorage: ['ads'] }
  const allowed = { category: 'necessary', sessionStorage: ['basket'] }
  await page.goto(site.page({ tag: config({ services: { ads, allowed } }) }))
  await expect.poll(() => messages).toEqual(['crumbgate: could not be deleted: cookies: _ad'])
})

test('a browser that never answers keeps the change from nobody, and what is loaded meanwhile stays', async ({
  page,
  site,
  messages,
}) => {
  // The second is over when the test says so.
  await page.addInitScript({
    content: `{
      const { setTimeout } = window
      const late = []
      window.setTimeout = (act, delay, ...rest) => delay === 1000 ? late.push(() => act(...rest)) : setTimeout(act, delay, ...rest)
      window.waitLong = () => { for (const act of late) act() }
      IDBFactory.prototype.deleteDatabase = () => ({})
    }`,
  })
  const body = '<iframe data-consent="marketing" data-src="/frame/x" title="x" width="480" height="300"></iframe>'
  const services = { ads: { category: 'marketing', indexedDB: ['ads'] } }
  await page.goto(site.page({ tag: config({ services }), body }))
  await page.evaluate(`document.addEventListener('crumbgate:change', ({ detail }) => run(detail.leftovers.join()))
    new Promise((done) => { indexedDB.open('ads').onsuccess = done })`)
  await page.locator(BANNER).locator(part('reject')).click()
  await page.frameLocator('iframe').locator(part('once')).click()
  await expect(page.locator('iframe')).toHaveAttribute('src', '/frame/x')
  expect(await ran(page)).toEqual([])
  await page.evaluate('waitLong()')
  await expect.poll(() => ran(page)).toEqual(['(no answer)'])
  await expect(page.locator('iframe')).toHaveAttribute('src', '/frame/x')
  expect(messages).toEqual(['crumbgate: could not be deleted: (no answer)'])
})

test('where no choice is kept, a withdrawal starts the page afresh all the same', async ({ page, site }) => {
  await page.addInitScript(() => {
    Object.defineProperty(Document.prototype, 'cookie', { configurable: true, get: () => '', set() {} })
  })
  await page.goto(site.page({ body: HELD }))
  await page.locator(BANNER).locator(part('accept')).click()
  await expect.poll(() => ran(page)).toEqual(['marketing', 'performance'])
  const reloaded = page.waitForEvent('load')
  await page.evaluate('crumbgate.withdraw()')
  await reloaded
  await expect(page.locator(BANNER)).toBeVisible()
  expect(await ran(page)).toEqual([])
})

test('the dialog is gone at once, here and when another tab has decided', async ({ page, site, context }) => {
  const count = `run(document.querySelectorAll('[data-crumb="preferences"]').length)`
  await page.goto(site.page({ body: `<script type="text/plain" data-consent="marketing">${count}</script>` }))
  await page.evaluate(`document.addEventListener('crumbgate:change', () => ${count}, { once: true }); crumbgate.open()`)
  await expect(page.locator(PREFERENCES)).toBeVisible()
  await context.addCookies([{ ...cookieFor({ granted: ['performance'] }), url: site.origin }])
  await page.evaluate('document.dispatchEvent(new Event("visibilitychange"))')
  await expect.poll(() => ran(page)).toEqual([0])
  await page.evaluate('crumbgate.open()')
  await page.locator(PREFERENCES).locator(part('accept')).click()
  await expect.poll(() => ran(page)).toEqual([0, 0])
})

test('what is wrong in a call is named, with all that it could have been', async ({ page, site, messages }) => {
  const services = { maps: { category: 'functional' }, films: { category: 'marketing' } }
  await page.goto(site.page({ tag: config({ services }) }))
  await page.evaluate('crumbgate.save({ ads: true, stats: true }, { chat: true })')
  const refused = (words: string) =>
    page.evaluate(`Promise.race([
      crumbgate.when(${words}).catch(({ message }) => message),
      new Promise((done) => setTimeout(done, 0, 'waits')),
    ])`)
  expect(await refused('"ads"')).toBe('No category "ads". Write necessary, functional, performance, marketing.')
  expect(await refused('"marketing", "maps"')).toBe('No service "maps" in marketing. Write one of maps, films.')
  expect(await refused('"marketing", "films"')).toBe('waits')
  await page.goto(site.page({}))
  await page.evaluate('crumbgate.save({}, { films: true })')
  expect(messages).toEqual([
    'crumbgate: save() knows no category "ads", "stats". Write necessary, functional, performance, marketing.',
    'crumbgate: save() knows no service "chat". Write maps, films.',
    'crumbgate: save() knows no service "films". Write none.',
  ])
})

test('what comes right after a withdrawal is held', async ({ page, site, context }) => {
  await comeBack(context, site)
  await page.goto(site.page({ tag: config({ reload: false }) }))
  await page.evaluate(`new Promise((done) => {
    document.addEventListener('crumbgate:change', done)
    const script = document.createElement('script')
    script.type = 'text/plain'
    script.dataset.consent = 'marketing'
    script.textContent = 'run("late")'
    crumbgate.withdraw()
    document.body.append(script)
  })`)
  expect(await ran(page)).toEqual([])
})

test('a held frame names its category alone, and always allowed where the choice cannot be read, allows no more', async ({
  page,
  site,
  context,
  messages,
}) => {
  await context.addCookies([{ name: 'crumbgate', value: 'garbage', url: site.origin }])
  const body = '<iframe data-consent="marketing" data-src="/frame/x" title="x" width="480" height="300"></iframe>'
  await page.goto(site.page({ body }))
  const held = page.frameLocator('iframe')
  await expect(held.locator('p')).toHaveText('It may set cookies that you have not allowed (Marketing).')
  await held.locator(part('always')).click()
  await expect(page.locator('iframe')).toHaveAttribute('src', '/frame/x')
  expect(await page.evaluate('crumbgate.choice.granted')).toEqual(['marketing'])
  expect(messages).toEqual([])
})

test('what waits for a refusal is fetched ahead of its turn too', async ({ page, site }) => {
  await page.addInitScript({
    content: `{
      const { setTimeout } = window
      window.setTimeout = (act, delay, ...rest) => setTimeout(act, delay === 250 ? 60_000 : delay, ...rest)
      window.requestAnimationFrame = () => 0
    }`,
  })
  await page.goto(site.page({ body: '<script type="text/plain" data-consent="!marketing" src="/s/a.js"></script>' }))
  await page.evaluate('crumbgate.reject()')
  await expect.poll(() => site.requests).toContain('/s/a.js')
  expect(await ran(page)).toEqual([])
})

test('the choice says in which language it was made: that of the dialog, the option or the page', async ({
  page,
  site,
}) => {
  const locale = 'crumbgate.accept(), crumbgate.choice.locale'
  const quiet = (attributes: string) => `<script src="/dist/crumbgate.js" data-auto="off" ${attributes}></script>`
  await page.goto(site.page({ lang: 'fr', tag: quiet('') }))
  expect(await page.evaluate(locale)).toBe('fr')
  await page.goto(site.page({ lang: 'fr', tag: quiet('data-lang="de"') }))
  expect(await page.evaluate(locale)).toBe('de')
  // No such language.
  await page.goto(site.page({ lang: 'tlh', tag: quiet('') }))
  await page.evaluate('crumbgate.open()')
  await expect(page.locator(PREFERENCES)).toBeVisible()
  expect(await page.evaluate(locale)).toBe('en')
})

test('a notice is shown also where nothing is read from the browser', async ({ page, site }) => {
  await page.goto(site.page({ tag: config({ regime: 'notice' }) }))
  expect(await page.evaluate('[crumbgate.needsChoice, crumbgate.honoured]')).toEqual([true, null])
  await expect(page.locator(BANNER)).toBeVisible()
})

test('on a page that does not say its language the choice is in English', async ({ page, site }) => {
  await page.goto(site.page({ lang: '', tag: config({ auto: false }) }))
  await page.evaluate('crumbgate.accept()')
  expect(await page.evaluate('crumbgate.choice.locale')).toBe('en')
})

test('on https the choice is kept for https alone; with a domain, for all its hosts', async ({
  page,
  site,
  context,
  messages,
  browserName,
}) => {
  test.skip(browserName !== 'chromium', 'its protocol tells of a cookie what the page cannot ask')
  await page.route('*://www.shop.example/**', async (route) => {
    const { pathname } = new URL(route.request().url())
    await route.fulfill({ response: await route.fetch({ url: site.origin + pathname }) })
  })
  // Playwright would say Lax also where the cookie does not.
  const cdp = await context.newCDPSession(page)
  const kept = async (protocol: string, tag: string) => {
    await page.goto(site.page({ tag }).replace(site.origin, `${protocol}://www.shop.example`))
    await page.evaluate('crumbgate.reject()')
    const { cookies } = await cdp.send('Network.getCookies')
    await context.clearCookies()
    return cookies.map(({ domain, path, secure, sameSite }) => [domain, path, secure, sameSite])
  }
  expect(await kept('http', TAG)).toEqual([['www.shop.example', '/', false, 'Lax']])
  expect(await kept('https', TAG)).toEqual([['www.shop.example', '/', true, 'Lax']])
  expect(await kept('https', config({ domain: 'shop.example' }))).toEqual([['.shop.example', '/', true, 'Lax']])
  expect(messages).toEqual([])
})

test('what another tab has decided stands over an older choice, and gives way to one of the same second (PLT 3)', async ({
  page,
  site,
  context,
}) => {
  const now = Date.now()
  const put = async (id: string, choice: object) => {
    const { name, value } = cookieFor(choice)
    await context.addCookies([{ name, value: value.replace('0'.repeat(32), id.repeat(32)), url: site.origin }])
    await page.evaluate('document.dispatchEvent(new Event("visibilitychange"))')
    return page.evaluate('crumbgate.choice.method')
  }
  await page.goto(site.page({}))
  expect(await put('a', { at: now })).toBe('reject')
  expect(await put('b', { ...ALL, at: now - 60_000 })).toBe('reject')
  expect((await context.cookies()).map(({ value }) => value.split('.')[5])).toEqual(['reject'])
  expect(await put('c', { ...ALL, at: now })).toBe('accept')
  // On a page that has heard of no other, what is in the cookie counts.
  await page.goto(site.page({}))
  await page.evaluate('document.dispatchEvent(new Event("visibilitychange"))')
  expect(await page.evaluate('crumbgate.choice.method')).toBe('accept')
  expect(await put('d', { granted: ['marketing'], at: now - 60_000 })).toBe('custom')
})

test('what was accepted starts with the next frame', async ({ page, site }) => {
  // It would also start after a while, on a page that is not shown.
  await page.addInitScript({
    content: `{
      const { setTimeout } = window
      window.setTimeout = (act, delay, ...rest) => setTimeout(act, delay === 250 ? 60_000 : delay, ...rest)
    }`,
  })
  await page.goto(site.page({ body: HELD }))
  await page.evaluate('crumbgate.accept()')
  await expect.poll(() => ran(page)).toEqual(['marketing', 'performance'])
})

test('the choice has the language of the page where that is one', async ({ page, site }) => {
  const address = site.page({ tag: config({ auto: false }) })
  await page.goto(address)
  for (const [lang, locale] of [
    ['zh-Hant-TW', 'zh-Hant-TW'],
    ['de-1996', 'de-1996'],
    ['_de', 'en'],
    ['de_AT', 'en'],
  ]) {
    await page.evaluate(`document.documentElement.lang = '${lang}'; crumbgate.accept()`)
    expect(await page.evaluate('crumbgate.choice.locale')).toBe(locale)
  }
})
