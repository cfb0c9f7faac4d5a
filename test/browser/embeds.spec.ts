import type { Page } from '@playwright/test'
import { accept, BANNER, expect, keepBack, part, TAG, test } from './site'

// Every kind of element that loads something by an attribute (DESIGN sections 1 and 4).

const reject = (page: Page) => page.locator(BANNER).locator(part('reject')).click()
const withdraw = (page: Page) => page.evaluate('crumbgate.withdraw()')

const KINDS = [
  ['iframe', 'data-src="/frame/iframe" title="x"', 'src', '/frame/iframe'],
  ['iframe', 'data-srcdoc="<p>inside" title="x"', 'srcdoc', '<p>inside'],
  ['img', 'data-src="/frame/img" alt="x"', 'src', '/frame/img'],
  ['img', 'data-srcset="/frame/srcset 2x" alt="x"', 'srcset', '/frame/srcset 2x'],
  ['video', 'data-src="/frame/video"', 'src', '/frame/video'],
  ['audio', 'data-src="/frame/audio"', 'src', '/frame/audio'],
  ['embed', 'data-src="/frame/embed" type="text/html"', 'src', '/frame/embed'],
  ['object', 'data-data="/frame/object" type="text/html"', 'data', '/frame/object'],
  ['link', 'rel="stylesheet" data-href="/frame/link"', 'href', '/frame/link'],
] as const

for (const [tag, attributes, name, address] of KINDS) {
  test(`${tag} with data-${name}`, async ({ page, site, messages }) => {
    await page.goto(site.page({ body: `<${tag} id="it" data-consent="marketing" ${attributes}></${tag}>` }))
    const steps = await page.evaluate('history.length')
    // No locators: Firefox's driver takes what an embed or an object loads for the page's next address, and waits for it.
    const attribute = (name: string) => page.evaluate((name) => document.querySelector('#it')?.getAttribute(name), name)
    const asked = () => site.requests.filter((path) => path.startsWith('/frame/'))
    expect(asked()).toEqual([])
    await page.evaluate('crumbgate.accept()')
    await expect.poll(() => attribute(name)).toBe(address)
    if (name !== 'srcdoc') await expect.poll(asked).toContain(address.split(' ')[0])
    else await expect(page.frameLocator('#it').locator('p')).toHaveText('inside')
    await withdraw(page)
    await expect.poll(() => attribute(name)).toBeNull()
    expect(await attribute(`data-${name}`)).toBe(address)
    expect(await page.evaluate('history.length')).toBe(steps)
    expect(messages).toEqual([])
  })
}

test('a frame that is allowed from the start loads, and is no step in the history (PLT 24) @everywhere', async ({
  page,
  site,
  messages,
}) => {
  const frame = (name: string) => `<iframe data-consent="marketing" data-src="/frame/${name}" title="x"></iframe>`
  await page.goto(site.page({}))
  await accept(page)
  const steps = Number(await page.evaluate('history.length'))
  await page.goto(site.page({ body: `${frame('parsed')}<div id="later"></div>` }))
  await page.evaluate((html) => {
    for (const place of document.querySelectorAll('#later')) place.innerHTML = html
  }, frame('made'))
  for (const [index, name] of ['parsed', 'made'].entries())
    await expect(page.frameLocator('iframe').nth(index).locator('p')).toHaveText(`/frame/${name}`)
  expect(await page.evaluate('history.length')).toBe(steps + 1)
  expect(messages).toEqual([])
})

test('sources of a video and of a picture: the media loads again (PLT 23)', async ({ page, site }) => {
  const source = (name: string) => `<source data-consent="marketing" ${name}="/frame/${name}">`
  await page.goto(
    site.page({
      body: `<video id="v">${source('data-src')}</video><picture>${source('data-srcset')}<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt=""></picture>`,
    }),
  )
  await accept(page)
  await expect
    .poll(() => [...new Set(site.requests.filter((path) => path.startsWith('/frame/')))].sort())
    .toEqual(['/frame/data-src', '/frame/data-srcset'])
  await expect.poll(() => page.evaluate('v.networkState')).toBe(3)
  await withdraw(page)
  await expect(page.locator('source').first()).not.toHaveAttribute('src')
})

test('sandbox, allow and loading of a frame are kept (PLT 24)', async ({ page, site }) => {
  const frame = (attributes: string) =>
    `<iframe data-consent="marketing" data-src="/frame/x" title="Film" width="400" height="300" ${attributes}></iframe>`
  await page.goto(
    site.page({ body: frame('sandbox="allow-scripts" allow="fullscreen" loading="lazy"') + frame('sandbox=""') }),
  )
  await reject(page)
  await expect(page.frameLocator('iframe').first().locator('h2')).toHaveText('Not loaded: Film')
  await page.evaluate('crumbgate.accept()')
  for (const [index, sandbox] of ['allow-scripts', ''].entries()) {
    const frame = page.locator('iframe').nth(index)
    await expect(frame).toHaveAttribute('src', '/frame/x')
    await expect(frame).toHaveAttribute('sandbox', sandbox)
    // What is in it cannot be reached: the sandbox holds.
    expect(await frame.evaluate((element) => element instanceof HTMLIFrameElement && element.contentDocument)).toBe(
      null,
    )
  }
  await expect(page.locator('iframe').first()).toHaveAttribute('allow', 'fullscreen')
  await expect(page.locator('iframe').first()).toHaveAttribute('loading', 'lazy')
  await withdraw(page)
  await expect(page.frameLocator('iframe').first().locator('h2')).toHaveText('Not loaded: Film')
  await page.evaluate('crumbgate.destroy()')
  await expect(page.locator('iframe').first()).toHaveAttribute('sandbox', 'allow-scripts')
})

test('a frame whose address comes late, and one that a script changes', async ({ page, site, messages }) => {
  await page.goto(
    site.page({
      body: '<iframe id="late" data-consent="marketing" title="x"></iframe><iframe id="film" data-consent="marketing" data-src="/frame/a" title="x"></iframe>',
    }),
  )
  await accept(page)
  const film = page.locator('#film')
  await expect(film).toHaveAttribute('src', '/frame/a')
  await page.evaluate('late.dataset.src = "/frame/late"')
  await expect(page.locator('#late')).toHaveAttribute('src', '/frame/late')

  // As players do that are driven by script.
  await page.evaluate('film.src = "/frame/a?api=1"')
  await expect.poll(() => site.requests).toContain('/frame/a?api=1')
  await page.evaluate('crumbgate.save({ marketing: true })')
  await page.evaluate('document.body.append(...Array.from({ length: 200 }, () => document.createElement("p")))')
  await page.evaluate('film.dataset.src = "/frame/b"')
  await expect(film).toHaveAttribute('src', '/frame/b')
  await withdraw(page)
  await expect(film).not.toHaveAttribute('src')
  expect(site.requests.filter((path) => path.startsWith('/frame/')).sort()).toEqual([
    '/frame/a',
    '/frame/a?api=1',
    '/frame/b',
    '/frame/late',
  ])
  expect(messages).toEqual([])
})

test('one frame that shows no page of ours leaves the dialog alone', async ({ page, site, messages }) => {
  await page.goto(
    site.page({
      body: `<iframe data-consent="marketing" src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>" data-src="/frame/x" title="x"></iframe>`,
    }),
  )
  await expect(page.locator(BANNER)).toBeVisible()
  await reject(page)
  await expect(page.locator(BANNER)).toBeHidden()
  expect(messages).toEqual([])
})

test.describe('the placeholder of a held frame', () => {
  const SERVICES = `<script>window.crumbgateConfig = { services: { films: { category: 'marketing', title: 'Film service' } } }</script>${TAG}`
  const FRAME =
    '<iframe data-consent="marketing" data-service="films" data-src="/frame/film" title="Our film" width="480" height="270"></iframe>'

  test('names the service and the category, and moves nothing (PLT 24)', async ({ page, site, messages }) => {
    await page.addInitScript(() => {
      Object.assign(window, { shifts: 0 })
      new PerformanceObserver((list) => Object.assign(window, { shifts: list.getEntries().length })).observe({
        type: 'layout-shift',
        buffered: true,
      })
    })
    await page.goto(site.page({ tag: SERVICES, body: `<p>Before</p>${FRAME}<p id="after">After</p>` }))
    await reject(page)
    const held = page.frameLocator('iframe')
    await expect(held.locator('h2')).toHaveText('Not loaded: Film service')
    await expect(held.locator('p')).toContainText('Marketing')
    const before = await page.locator('#after').boundingBox()
    await held.locator(part('always')).click()
    await expect(page.locator('iframe')).toHaveAttribute('src', '/frame/film')
    expect(await page.locator('#after').boundingBox()).toEqual(before)
    expect(await page.evaluate('shifts')).toBe(0)
    // The service, not the whole category.
    expect(await page.evaluate('[crumbgate.allows("marketing", "films"), crumbgate.allows("marketing")]')).toEqual([
      true,
      false,
    ])
    expect(messages).toEqual([])
  })

  test('is left out where there is no room for it, and goes with destroy()', async ({ page, site }) => {
    const pixel = FRAME.replace('"480"', '"1"').replace('"270"', '"1"')
    await page.goto(site.page({ tag: SERVICES, body: FRAME + pixel }))
    await reject(page)
    await expect(page.frameLocator('iframe').first().locator('h2')).toBeVisible()
    expect(await page.frameLocator('iframe').nth(1).locator('body > *').count()).toBe(0)
    await page.evaluate('crumbgate.destroy()')
    expect(await page.frameLocator('iframe').first().locator('body > *').count()).toBe(0)
  })

  const FAR = `${FRAME}<div style="height:9000px"></div>${FRAME.replace('title', 'sandbox="allow-scripts" title')}`
  const parts = (page: Page) =>
    page
      .locator('iframe')
      .evaluateAll((frames) =>
        frames.map((frame) => frame instanceof HTMLIFrameElement && frame.contentDocument?.body?.childElementCount),
      )

  test('comes at once to a frame that is near the screen', async ({ page, site, messages }) => {
    // The browser is never idle.
    await page.addInitScript('window.requestIdleCallback = () => 0')
    await page.goto(site.page({ tag: SERVICES, body: FAR.replace(/ sandbox="[^"]*"/, '') }))
    await reject(page)
    await expect.poll(() => parts(page)).toEqual([1, 0])
    await page.evaluate('scrollTo(0, 9000)')
    await expect.poll(() => parts(page)).toEqual([1, 1])
    // Scrolled past again, it has one still.
    await page.evaluate('scrollTo(0, 0)')
    await page.evaluate('scrollTo(0, 9000)')
    await expect(page.frameLocator('iframe').nth(1).locator('h2')).toBeInViewport()
    expect(await parts(page)).toEqual([1, 1])
    expect(messages).toEqual([])
  })

  test('comes in idle time to all others, for those who do not scroll: screen readers, search, print', async ({
    page,
    site,
    messages,
  }) => {
    await page.goto(site.page({ tag: SERVICES, body: FAR }))
    await expect.poll(() => parts(page)).toEqual([1, 1])
    // By keyboard too, without a step past it.
    await reject(page)
    await page.evaluate('scrollTo(0, 0)')
    const focused = () => page.evaluate('document.activeElement === document.querySelectorAll("iframe")[1]')
    for (let step = 0; step < 4 && !(await focused()); step += 1) await page.keyboard.press('Tab')
    expect(await focused()).toBe(true)
    expect(messages).toEqual([])
  })

  test('comes to frames that a script puts in, hides or moves', async ({ page, site }) => {
    await page.goto(site.page({ tag: SERVICES, body: '<div id="a"></div><div id="b" hidden></div>' }))
    await reject(page)
    await page.evaluate((html) => {
      const [a] = document.querySelectorAll('#a')
      if (a) a.innerHTML = html
    }, FRAME)
    const held = page.frameLocator('iframe')
    await expect(held.locator('h2')).toBeVisible()
    await page.evaluate('b.append(document.querySelector("iframe")); b.hidden = false')
    await expect(held.locator('h2')).toBeVisible()
    await held.locator(part('once')).click()
    await expect(page.locator('iframe')).toHaveAttribute('src', '/frame/film')
  })
})

test('a copy of a loaded embed is loaded already, and is withdrawn like any other', async ({
  page,
  site,
  messages,
}) => {
  await page.goto(site.page({ body: '<img id="film" data-consent="marketing" data-src="/frame/film" alt="">' }))
  await accept(page)
  await expect(page.locator('#film')).toHaveAttribute('src', '/frame/film')
  await page.evaluate('window.late = film.cloneNode(); document.body.append(film.cloneNode())')
  expect(await page.locator('img[src]').count()).toBe(2)
  await withdraw(page)
  await expect(page.locator('img[src]')).toHaveCount(0)
  await page.evaluate('document.body.append(late)')
  expect(await page.locator('img').count()).toBe(3)
  expect(await page.locator('img[src]').count()).toBe(0)
  expect(messages).toEqual([])
})

test('what stood in its place comes back, such as a preview, whatever was loaded meanwhile', async ({ page, site }) => {
  const preview = 'data:image/gif;base64,R0lGODlhAQABAAAAACw='
  await page.goto(
    site.page({ body: `<img id="film" data-consent="marketing" src="${preview}" data-src="/frame/a" alt="">` }),
  )
  await accept(page)
  const film = page.locator('#film')
  await expect(film).toHaveAttribute('src', '/frame/a')
  await page.evaluate('film.dataset.src = "/frame/b"')
  await expect(film).toHaveAttribute('src', '/frame/b')
  await withdraw(page)
  await expect(film).toHaveAttribute('src', preview)
})

test('a video keeps the focus when its address changes, and gives up what it has when it is withdrawn (PLT 23)', async ({
  page,
  site,
}) => {
  const film = '<video id="film" data-consent="marketing" data-src="/frame/a" controls></video>'
  await page.goto(site.page({ body: film }))
  await accept(page)
  await expect.poll(() => page.evaluate('film.networkState')).toBe(3)
  await page.evaluate('film.focus(); film.dataset.src = "/frame/b"')
  await expect(page.locator('#film')).toHaveAttribute('src', '/frame/b')
  expect(await page.evaluate('document.activeElement.id')).toBe('film')
  await expect.poll(() => page.evaluate('film.networkState')).toBe(3)
  await withdraw(page)
  await expect(page.locator('#film')).not.toHaveAttribute('src')
  await expect.poll(() => page.evaluate('film.networkState')).toBe(0)
})

test('a script as an address is refused also beside another one; an address that speaks of one is not', async ({
  page,
  site,
  messages,
}) => {
  const frame = (id: string, addresses: string) =>
    `<iframe id="${id}" data-consent="marketing" ${addresses} title="x"></iframe>`
  const frames = [
    frame('a', 'data-src="javascript:parent.run(1)" data-href="/x"'),
    frame('b', 'data-src="/frame/javascript:b"'),
  ]
  await page.goto(site.page({ body: frames.join('') }))
  await accept(page)
  await expect(page.locator('#b')).toHaveAttribute('src', '/frame/javascript:b')
  await expect(page.locator('#a')).not.toHaveAttribute('src')
  expect(await page.evaluate('ran')).toEqual([])
  expect(messages).toEqual([expect.stringMatching(/javascript: addresses are never loaded.*<iframe id="a"/)])
})

test('a frame that has no address is the page’s own, and one that is put in and taken out at once loads later', async ({
  page,
  site,
  messages,
}) => {
  await page.goto(site.page({}))
  await page.evaluate(() => {
    const make = () => Object.assign(document.createElement('iframe'), { title: 'x' })
    const own = make()
    own.dataset.consent = 'necessary'
    document.body.append(own)
    own.contentDocument?.body.append('Own text')
    const film = make()
    Object.assign(film.dataset, { consent: 'necessary', src: '/frame/film' })
    document.body.append(film)
    film.remove()
    Object.assign(window, { film })
  })
  expect(await page.frameLocator('iframe').locator('body').textContent()).toBe('Own text')
  await page.evaluate('document.body.append(film)')
  await expect(page.frameLocator('iframe').nth(1).locator('p')).toHaveText('/frame/film')
  expect(messages).toEqual([])
})

test('a sandbox that lets the placeholder in stays where it is (PLT 24)', async ({ page, site }) => {
  const sandbox = 'allow-scripts allow-same-origin'
  await page.goto(
    site.page({
      body: `<iframe data-consent="marketing" data-src="/frame/x" title="Film" width="400" height="300" sandbox="${sandbox}"></iframe>`,
    }),
  )
  await reject(page)
  await expect(page.frameLocator('iframe').locator('h2')).toHaveText('Not loaded: Film')
  expect(await page.locator('iframe').getAttribute('sandbox')).toBe(sandbox)
})

test('embeds load when allowed, and go back when it is withdrawn, without a step in the history (PLT 23)', {
  tag: '@everywhere',
}, async ({ page, site }) => {
  const body =
    '<iframe data-consent="marketing" data-src="/frame/film" title="Film" width="300" height="150"></iframe><img data-consent="marketing" data-src="/frame/pixel" alt=""><a data-consent-open href="#x">Settings</a>'
  await page.goto(site.page({ body }))
  const steps = await page.evaluate(() => history.length)
  expect(site.requests.filter((path) => path.startsWith('/frame/'))).toEqual([])
  for (let turn = 0; turn < 2; turn++) {
    await page.evaluate('crumbgate.accept()')
    await expect(page.frameLocator('iframe').getByText('/frame/film')).toBeVisible()
    await expect(page.locator('img')).toHaveAttribute('src', '/frame/pixel')
    await page.evaluate('crumbgate.withdraw()')
    await expect(page.locator('iframe')).not.toHaveAttribute('src')
    await expect(page.locator('img')).not.toHaveAttribute('src')
  }
  expect(await page.evaluate(() => history.length)).toBe(steps)
})

const heldFrame = (consent: string, attributes = '') =>
  `<iframe data-consent="${consent}" data-src="/frame/x" title="Film" width="200" height="200" ${attributes}></iframe>`

test('a frame that is a screen away says at once what it is; not one that stands in for another, or asks for what is unknown', async ({
  page,
  site,
  messages,
}) => {
  // The browser is never idle.
  await page.addInitScript('window.requestIdleCallback = () => 0')
  const frames = ['markting', '!marketing', 'performance !marketing', 'marketing'].map((consent) => heldFrame(consent))
  await page.goto(site.page({ body: `<div style="height: 125vh"></div>${frames.join('')}` }))
  await expect(page.frameLocator('iframe').nth(3).locator('h2')).toHaveText('Not loaded: Film')
  for (const index of [0, 1, 2]) expect(await page.frameLocator('iframe').nth(index).locator('h2').count()).toBe(0)
  expect(messages).toEqual([expect.stringMatching(/stays blocked\. .*data-consent="markting"/)])
})

test('frames further away say what they are once the page has loaded, and nothing after destroy()', async ({
  page,
  site,
}) => {
  await page.addInitScript('window.idle = []; window.requestIdleCallback = (act) => idle.push(act)')
  const goOn = await keepBack(page, '/frame/image')
  const far = heldFrame('marketing') + heldFrame('marketing', 'sandbox="allow-scripts"')
  const body = `<img src="/frame/image" alt=""><div style="height: 9000px"></div>${far}`
  await page.goto(site.page({ body }), { waitUntil: 'domcontentloaded' })
  await expect(page.locator(part('banner'))).toBeVisible()
  expect(await page.evaluate('[document.readyState, idle.length]')).toEqual(['interactive', 0])
  goOn()
  await expect.poll(() => page.evaluate('idle.length')).toBeGreaterThan(1)
  await page.evaluate('idle.shift()()')
  await expect(page.frameLocator('iframe').first().locator('h2')).toHaveText('Not loaded: Film')
  await page.evaluate('crumbgate.destroy(); idle.forEach((act) => act())')
  await expect(page.locator('iframe').nth(1)).toHaveAttribute('sandbox', 'allow-scripts')
})

test('frames far away say what they are also in Safari, which has no idle time', async ({ page, site, messages }) => {
  await page.addInitScript('window.requestIdleCallback = undefined')
  await page.goto(site.page({ body: `<div style="height: 9000px"></div>${heldFrame('marketing')}` }))
  await expect(page.frameLocator('iframe').locator('h2')).toHaveText('Not loaded: Film')
  expect(messages).toEqual([])
})

test('destroy() ends everything also where the browser cannot tell what is near the screen', async ({
  page,
  site,
  messages,
}) => {
  await page.addInitScript('window.IntersectionObserver = undefined')
  await page.goto(site.page({ body: heldFrame('marketing') }))
  const held = page.frameLocator('iframe').locator('h2')
  await expect(held).toHaveText('Not loaded: Film')
  await page.evaluate('crumbgate.destroy()')
  await expect(held).toHaveCount(0)
  await expect(page.locator(part('banner'))).toHaveCount(0)
  expect(messages).toEqual([])
})

test('a held frame that the page makes empty again says what it is again', async ({ page, site, messages }) => {
  await page.goto(site.page({ body: heldFrame('marketing') }))
  const held = page.frameLocator('iframe').locator('h2')
  await expect(held).toHaveText('Not loaded: Film')
  // As scripts do that stop a player.
  await page.evaluate(`new Promise((done) => {
    const [frame] = document.querySelectorAll('iframe')
    frame.addEventListener('load', () => done(), { once: true })
    frame.src = 'about:blank'
  })`)
  await expect(held).toHaveText('Not loaded: Film')
  expect(messages).toEqual([])
})

test('a frame that is allowed says nothing of being held, nor one that has no address to hold', async ({
  page,
  site,
  messages,
}) => {
  const frame = (consent: string) => `<iframe data-consent="${consent}" title="own" width="200" height="200"></iframe>`
  await page.goto(site.page({ body: frame('necessary') + frame('marketing') + heldFrame('marketing') }))
  await expect(page.frameLocator('iframe').nth(2).locator('h2')).toHaveText('Not loaded: Film')
  for (const index of [0, 1]) expect(await page.frameLocator('iframe').nth(index).locator('h2').count()).toBe(0)
  expect(messages).toEqual([])
})
