import { accept, BANNER, config, expect, marked, part, ran, TAG, test } from './site'

// Withdrawal that is verified (REG 7, ACA 46).

test('what a refused service left at parent domains and paths goes, and the rest stays (PLT 5)', async ({
  page,
  context,
  site,
}) => {
  // A public suffix of two parts: nobody's cookies can be set or deleted there.
  const host = 'http://shop.example.co.uk'
  await page.route(`${host}/**`, async (route) => {
    const { pathname } = new URL(route.request().url())
    await route.fulfill({ response: await route.fetch({ url: site.origin + pathname }) })
  })
  const options = { services: { vendor: { category: 'marketing', cookies: ['_v*'] } } }
  const tag = `<script>window.crumbgateConfig = ${JSON.stringify(options)}</script>${TAG}`
  const address = site.page({ tag }, '/deep/er/page').replace(site.origin, host)
  const names = async () => (await context.cookies()).map(({ name }) => name).sort()

  // Left from before Crumbgate was installed.
  await page.goto(site.page({ tag: '' }, '/deep/er/before').replace(site.origin, host))
  await page.evaluate(() => {
    for (const cookie of [
      '_v1=1',
      '_v2=1; Path=/',
      '_v3=1; Path=/; Domain=example.co.uk',
      '_v4=1; Path=/deep; Domain=shop.example.co.uk',
      '_v5=1; Path=/deep/er/; Domain=example.co.uk',
      '_v6=1; Path=/; Domain=co.uk',
      'own=1; Path=/; Domain=example.co.uk',
      'own_v=1',
    ]) {
      // biome-ignore lint/suspicious/noDocumentCookie: as vendors set theirs
      document.cookie = cookie
    }
  })
  expect(await names()).toEqual(['_v1', '_v2', '_v3', '_v4', '_v5', 'own', 'own_v'])

  await page.goto(address)
  await page.locator(BANNER).locator(part('reject')).click()
  await expect.poll(names).toEqual(['crumbgate', 'own', 'own_v'])
})

const options = {
  services: {
    vendor: {
      category: 'marketing',
      cookies: ['_part', '_hidden', '_v*'],
      localStorage: ['v_*'],
      sessionStorage: ['v_*'],
      indexedDB: ['v_*'],
      caches: ['v_*'],
    },
    shop: { category: 'necessary', cookies: ['_vital'], localStorage: ['v_basket'] },
  },
}

test('partitioned cookies go too, and what the site has declared necessary stays', async ({
  page,
  site,
  context,
  messages,
}) => {
  await page.goto(
    site.page({
      tag: config({
        ...options,
        services: {
          ...options.services,
          vendor: { ...options.services.vendor, cookies: ['_part'], localStorage: ['v_a*'] },
        },
      }),
    }),
  )
  await accept(page)
  await page.evaluate(async () => {
    for (const cookie of ['_part=1; Path=/; Secure; Partitioned', '_vital=1; Path=/']) {
      // biome-ignore lint/suspicious/noDocumentCookie: as vendors set theirs
      document.cookie = cookie
    }
    localStorage.setItem('v_a1', '1')
    localStorage.setItem('v_basket', '1')
    sessionStorage.setItem('v_1', '1')
    await caches.open('v_1')
    await new Promise((resolve) => {
      indexedDB.open('v_1').onsuccess = ({ target }) => {
        Reflect.get(Object(target), 'result').close()
        resolve(undefined)
      }
    })
  })
  expect((await context.cookies()).map(({ name }) => name).sort()).toEqual(['_part', '_vital', 'crumbgate'])
  const leftovers = page.evaluate(
    () =>
      new Promise((resolve) => {
        document.addEventListener('crumbgate:change', (event) => resolve(Reflect.get(event, 'detail').leftovers))
      }),
  )
  await page.evaluate('crumbgate.withdraw()')
  expect(await leftovers).toEqual([])
  expect((await context.cookies()).map(({ name }) => name).sort()).toEqual(['_vital', 'crumbgate'])
  expect(
    await page.evaluate(async () => [
      ...Object.keys(localStorage),
      ...Object.keys(sessionStorage),
      ...(await caches.keys()),
      ...(await indexedDB.databases()).map(({ name }) => name),
    ]),
  ).toEqual(['v_basket'])
  expect(messages).toEqual([])
})

test("what would fit the site's own is refused with a message, and deletes nothing of it", async ({
  page,
  site,
  context,
  messages,
}) => {
  await context.addCookies(['_vital', '_v1'].map((name) => ({ name, value: '1', url: site.origin })))
  await page.goto(site.page({ tag: config(options) }))
  await page.locator(BANNER).locator(part('reject')).click()
  await expect(page.locator(BANNER)).toBeHidden()
  await expect.poll(async () => (await context.cookies()).length).toBe(3)
  expect(messages).toHaveLength(1)
  for (const [trace, name, hit] of [
    ['cookies', '_v*', '_vital'],
    ['localStorage', 'v_*', 'v_basket'],
  ]) {
    expect(messages[0]).toContain(
      `services.vendor.${trace}: "${name}" is not right. Write a name that does not fit "${hit}"`,
    )
  }
})

test('what cannot be deleted is reported by name, in the event and on the console, and tried again on the next page', async ({
  page,
  site,
  context,
  messages,
}) => {
  const services = { vendor: { category: 'marketing', cookies: ['_hidden', '_gone', '_back'], indexedDB: ['held'] } }
  const address = site.page({
    tag: config({ services, reload: false }),
    body: marked('', 'run("order:" + document.cookie.includes("_back"))', 'performance'),
  })
  await page.goto(address)
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['order:false'])
  await context.addCookies([
    { name: '_hidden', value: '1', url: site.origin, httpOnly: true },
    { name: '_gone', value: '1', url: site.origin },
  ])
  await page.evaluate(async () => {
    // A script of the page holds it open.
    await new Promise((resolve) => {
      indexedDB.open('held').onsuccess = ({ target }) => {
        Object.assign(window, { held: Reflect.get(Object(target), 'result') })
        resolve(undefined)
      }
    })
    document.addEventListener('crumbgate:change', (event) => {
      Object.assign(window, { leftovers: Reflect.get(event, 'detail').leftovers })
    })
  })
  await page.evaluate('crumbgate.save({ performance: true })')
  const left = ['indexedDB: held', 'cookies: _hidden (HttpOnly)']
  await expect.poll(() => page.evaluate('window.leftovers')).toEqual(left)
  expect(messages).toEqual([`crumbgate: could not be deleted: ${left.join(', ')}`])
  expect((await context.cookies()).map(({ name }) => name).sort()).toEqual(['_hidden', 'crumbgate'])

  // Written as its page was left: gone before anything is released.
  await context.addCookies([{ name: '_back', value: '1', url: site.origin }])
  await page.goto(address)
  expect(await ran(page)).toEqual(['order:false'])
  await expect.poll(() => page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0)
})

test('what only the server can delete is reported also where scripts have run and the page reloads', async ({
  page,
  site,
  context,
  messages,
}) => {
  const services = { vendor: { category: 'marketing', cookies: ['_hidden', '__Secure-vendor', '_gone'] } }
  await page.goto(site.page({ tag: config({ services }), body: marked('', 'run("vendor")') }))
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['vendor'])
  await context.addCookies([
    { name: '_hidden', value: '1', url: site.origin, httpOnly: true },
    { name: '_gone', value: '1', url: site.origin },
  ])
  const reloaded = page.waitForEvent('load')
  await page.evaluate('crumbgate.withdraw()')
  await reloaded
  expect(messages).toEqual(['crumbgate: could not be deleted: cookies: _hidden (HttpOnly)'])
  expect((await context.cookies()).map(({ name }) => name).sort()).toEqual(['_hidden', 'crumbgate'])
})

test('what is hidden at a parent domain is named, and what only https can delete goes (PLT 5)', async ({
  page,
  site,
  context,
  messages,
}) => {
  await page.route('https://www.shop.example/**', async (route) => {
    const { pathname } = new URL(route.request().url())
    await route.fulfill({ response: await route.fetch({ url: site.origin + pathname }) })
  })
  const services = { vendor: { category: 'marketing', cookies: ['_hidden', 'my__host-id', '__Secure-v', '__Host-v'] } }
  const url = 'https://www.shop.example'
  await page.goto(site.page({ tag: config({ services }) }).replace(site.origin, url))
  await accept(page)
  await context.addCookies([
    { name: '_hidden', value: '1', domain: '.shop.example', path: '/', httpOnly: true },
    { name: 'my__host-id', value: '1', url, httpOnly: true },
    { name: '__Secure-v', value: '1', url, secure: true },
    { name: '__Host-v', value: '1', url, secure: true },
  ])
  const leftovers = await page.evaluate(
    `new Promise((done) => {
      document.addEventListener('crumbgate:change', ({ detail }) => detail.choice.method === 'reject' && done(detail.leftovers))
      crumbgate.reject()
    })`,
  )
  const left = ['cookies: _hidden (HttpOnly)', 'cookies: my__host-id (HttpOnly)']
  expect(leftovers).toEqual(left)
  const names = (await context.cookies()).map(({ name }) => name).sort()
  expect(names).toEqual(['_hidden', 'crumbgate', 'my__host-id'])
  expect(messages).toEqual([`crumbgate: could not be deleted: ${left.join(', ')}`])
})
