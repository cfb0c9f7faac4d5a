import { cookieFor } from '../../src/testing'
import { BANNER, config, expect, PREFERENCES, part, ran, TAG, test } from './site'

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
  await context.addCookies([{ ...cookieFor(ALL), url: site.origin }])
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
    await page.addInitScript(() => {
      const own = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie')
      Object.defineProperty(Document.prototype, 'cookie', {
        configurable: true,
        get: () => own?.get?.call(document),
        set: (text: string) => text.startsWith('_ad') || own?.set?.call(document, text),
      })
    })
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
