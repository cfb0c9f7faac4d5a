import { cookieFor } from '../../src/testing'
import { accept, BANNER, expect, marked, part, ran, test } from './site'

// What a script finds that is released after the page has been parsed (DESIGN section 4), and what happens to the page
// around it.

test('document.write lands behind the script, at once, and wipes nothing (PLT 16)', async ({
  page,
  site,
  messages,
}) => {
  const write = [
    'document.write("<div id=one>")',
    'run("sees:" + !!document.querySelector("#one"))',
    'document.write("<b id=two>te")',
    'document.write("xt</b></div><scr" + "ipt>run(\\"written\\")</scr" + "ipt><i id=three></i>")',
    'document.open(); document.close()',
    'run("end")',
  ].join(';')
  await page.goto(site.page({ body: `<p id="before"></p>${marked('id="author"', write)}<p id="after"></p>` }))
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['sees:true', 'written', 'end'])
  const order = await page.evaluate(() => [...document.querySelectorAll('[id]:not([id^=crumb])')].map(({ id }) => id))
  expect(order).toEqual(['before', 'author', 'one', 'two', 'three', 'after'])
  expect(await page.locator('#one #two').textContent()).toBe('text')
  expect(messages).toEqual([])
})

test('document.writeln writes a line, behind its script', async ({ page, site, messages }) => {
  const write = 'document.writeln("<pre id=lines>one"); document.writeln("two</pre>"); run("end")'
  await page.goto(site.page({ body: `${marked('', write)}<p id="after"></p>` }))
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['end'])
  expect(await page.locator('#lines').textContent()).toBe('one\ntwo')
  expect(await page.locator('#lines ~ #after').count()).toBe(1)
  expect(messages).toEqual([])
})

test('a script that is written in pieces runs once, when it is complete', async ({ page, site, messages }) => {
  const write = `document.write('<scr' + 'ipt>run("pie'); document.write('ces")</scr' + 'ipt>'); run("end")`
  await page.goto(site.page({ body: marked('', write) }))
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['pieces', 'end'])
  expect(messages).toEqual([])
})

test('what a script of the head writes begins the body where it belongs there', async ({ page, site, messages }) => {
  const write = 'document.write("<meta name=written><p id=first>First</p>text<b id=second></b>"); run("end")'
  await page.goto(site.page({ head: marked('', write), body: '<p id="own"></p>' }))
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['end'])
  expect(await page.locator('head > meta[name="written"]').count()).toBe(1)
  expect(await page.evaluate(() => [...document.body.querySelectorAll(':scope > [id]')].map(({ id }) => id))).toEqual([
    'first',
    'second',
    'own',
  ])
  expect(messages).toEqual([])
})

test('scripts written by a script run before the next blocking script', async ({ page, site }) => {
  const write =
    'document.write("<script src=/s/written.js?ms=60></scr" + "ipt><script>run(\\"inline:\\" + ran.includes(\\"written\\"))</scr" + "ipt>"); run("author")'
  const body = marked('', write) + marked('src="/s/next.js"') + marked('', 'run("last")')
  await page.goto(site.page({ body }))
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['author', 'written', 'inline:true', 'next', 'last'])
})

test('listeners registered too late are called once, those of the page never again (PLT 17)', async ({
  page,
  site,
}) => {
  const own = '<script>addEventListener("load", () => run("own"))</script>'
  const listen = [
    'addEventListener("load", () => run("load"))',
    'document.addEventListener("DOMContentLoaded", (event) => run("ready:" + (event.target === document)))',
    'const never = () => run("never"); addEventListener("load", never); removeEventListener("load", never)',
    'window.onload = () => run("onload")',
  ].join(';')
  await page.goto(site.page({ body: own + marked('', listen) + marked('defer src="/s/deferred.js?ms=40"') }))
  await expect.poll(() => ran(page)).toEqual(['own'])
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['own', 'deferred', 'ready:true', 'load', 'onload'])
  expect(
    await page.evaluate(() => Object.hasOwn(document, 'addEventListener') || Object.hasOwn(document, 'write')),
  ).toBe(false)
})

test('listeners wait for the deferred lane, whoever else has ended', async ({ page, site }) => {
  const body = `${marked('async src="/s/fast.js"')}${marked('', 'document.addEventListener("DOMContentLoaded", () => run("ready"))')}${marked('defer src="/s/deferred.js?ms=600"')}`
  await page.goto(site.page({ body }))
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['fast', 'deferred', 'ready'])
})

test('a listener that is an object, and a handler of the document, hear what they came too late for', async ({
  page,
  site,
  messages,
}) => {
  const listen = [
    'addEventListener("load", { handleEvent({ type }) { run(type + ":" + (this !== window)) } })',
    'document.onreadystatechange = ({ type }) => run(type + ":" + document.readyState)',
    'addEventListener("load", null)',
  ]
  await page.goto(site.page({ body: marked('', listen.join(';')) }))
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['readystatechange:complete', 'load:true'])
  // Once.
  await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))')
  expect(await ran(page)).toHaveLength(2)
  expect(messages).toEqual([])
})

test('handlers that pass on to the one before, and a listener added twice, are called once', async ({ page, site }) => {
  const chain = (name: string) =>
    marked('', `{ const old = window.onload; window.onload = () => { old?.(); run("${name}") } }`)
  const twice = marked(
    '',
    'const twice = () => run("twice"); addEventListener("load", twice); addEventListener("load", twice)',
  )
  await page.goto(site.page({ body: chain('a') + chain('b') + twice }))
  await accept(page)
  await expect.poll(async () => (await ran(page)).sort()).toEqual(['a', 'b', 'twice'])
})

test('a template is put in place, its scripts in order, and taken back', async ({ page, site, context }) => {
  const template =
    '<template data-consent="functional"><p id="inside">Map</p><script src="/s/library.js?ms=40"></script><script>run("needs:" + ran.includes("library"))</script><script type="module">run("module:" + !document.currentScript)</script></template><p>after</p>'
  await page.goto(site.page({ body: template }))
  expect(await page.locator('#inside').count()).toBe(0)
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['library', 'needs:true', 'module:true'])
  expect(await page.locator('#inside').count()).toBe(1)

  await context.clearCookies()
  await context.addCookies([{ ...cookieFor({ granted: ['functional'] }), url: site.origin }])
  await page.goto(site.page({ body: template, pieces: 30 }))
  await expect.poll(() => ran(page)).toEqual(['library', 'needs:true', 'module:true'])
  await page.evaluate(
    'addEventListener("beforeunload", () => {}); document.addEventListener("crumbgate:beforereload", (e) => e.preventDefault()); crumbgate.withdraw()',
  )
  await expect(page.locator('#inside')).toHaveCount(0)
})

test('a held frame says what it is; loaded once it goes with the next decision, always it stays', async ({
  page,
  site,
}) => {
  const frame =
    '<iframe data-consent="marketing" data-src="/frame/film" title="Our film" width="400" height="260"></iframe>'
  const address = site.page({ body: frame })
  await page.goto(address)
  await page.locator(BANNER).locator(part('reject')).click()
  const held = page.frameLocator('iframe')
  await expect(held.locator('h2')).toHaveText('Not loaded: Our film')
  const box = await page.locator('iframe').boundingBox()
  expect([box?.width, box?.height]).toEqual([404, 264])
  const steps = await page.evaluate('history.length')

  await held.locator(part('once')).focus()
  await page.keyboard.press('Enter')
  await expect(held.locator('p')).toHaveText('/frame/film')
  expect(await page.evaluate('document.activeElement.localName')).toBe('iframe')
  expect(await page.evaluate('crumbgate.allows("marketing")')).toBe(false)

  await page.reload()
  await held.locator(part('always')).click()
  await expect(held.locator('p')).toHaveText('/frame/film')
  expect(await page.evaluate('crumbgate.choice.granted')).toEqual(['marketing'])
  await page.evaluate('crumbgate.withdraw()')
  await expect(held.locator('h2')).toHaveText('Not loaded: Our film')
  expect(await page.evaluate('history.length')).toBe(steps)
})

test('a choice in one tab counts in the others', async ({ page, site, context }) => {
  const address = site.page({ body: marked('', 'run("a")', 'performance') })
  await page.goto(address)
  const other = await context.newPage()
  await other.goto(address)
  await page.bringToFront()
  await accept(page)
  await expect.poll(() => ran(other)).toEqual(['a'])
  await expect(other.locator(BANNER)).toBeHidden()
  const left = other.waitForEvent('load')
  await page.evaluate('crumbgate.withdraw()')
  await left
  expect(await ran(other)).toEqual([])
})

test('a page written anew is looked after like the first', async ({ page, site }) => {
  await page.goto(site.page({}))
  await accept(page)
  await page.evaluate(() => {
    document.open()
    document.write(
      '<!doctype html><body><a href="#" data-consent-open>Settings</a><script type="text/plain" data-consent="marketing">window.here = 1</scr' +
        'ipt><p></p>',
    )
    document.close()
  })
  await expect.poll(() => page.evaluate('window.here')).toBe(1)
  await page.getByText('Settings').click()
  await expect(page.locator(part('preferences'))).toBeVisible()
})

test('after destroy() and a new start nothing runs twice, and what waited is released', async ({ page, site }) => {
  const modules = `<script type="module">import { createConsent } from '/dist/core.js'; window.create = createConsent; run('ready')</script>`
  const body = `${modules}${marked('', 'run("a")', 'performance')}${marked('', 'run("b")', 'marketing')}`
  await page.goto(site.page({ tag: '', body }))
  await expect.poll(() => ran(page)).toEqual(['ready'])
  await page.evaluate('window.first = create(); first.save({ performance: true })')
  await expect.poll(() => ran(page)).toEqual(['ready', 'a'])
  await page.evaluate('first.destroy(); window.second = create(); second.accept()')
  await expect.poll(() => ran(page)).toEqual(['ready', 'a', 'b'])
})

test('a second copy on the page runs nothing a second time (SEC 12)', async ({ page, site, messages }) => {
  const copy = `<script type="module">import { createConsent } from '/dist/core.js'; createConsent()</script>`
  const body = `${marked('', 'run("a")')}${marked('src="/s/b.js"')}${copy}`
  await page.goto(site.page({ body }))
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['a', 'b'])
  await page.reload()
  await expect.poll(() => ran(page)).toEqual(['a', 'b'])
  expect(messages).toEqual([])
})

test('a stalled script holds its own lane only', async ({ page, site }) => {
  const body = [
    marked('src="/s/stalled.js?ms=60000"', '', 'performance'),
    marked('', 'run("behind")', 'performance'),
    marked('async src="/s/async.js"', '', 'performance'),
    marked('defer src="/s/deferred.js"', '', 'marketing'),
  ].join('')
  await page.goto(site.page({ body }))
  await page.evaluate('crumbgate.save({ performance: true })')
  await expect.poll(() => ran(page)).toEqual(['async'])
  await page.evaluate('crumbgate.accept()')
  await expect.poll(() => ran(page)).toEqual(['async', 'deferred'])
})

test('what waits in a lane is not run when the choice is taken back meanwhile', async ({ page, site }) => {
  await page.goto(site.page({ body: marked('src="/s/slow.js?ms=2000"') + marked('', 'run("never")') }))
  // Asked for before that, but started by then.
  await page.evaluate(
    'new Promise((resolve) => { document.addEventListener("crumbgate:change", resolve, { once: true }); crumbgate.accept() }).then(() => {})',
  )
  await expect.poll(() => site.requests.includes('/s/slow.js?ms=2000')).toBe(true)
  await page.evaluate(
    'document.addEventListener("crumbgate:beforereload", (e) => e.preventDefault()); crumbgate.reject()',
  )
  await expect.poll(() => ran(page)).toEqual(['slow'])
  await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50)))')
  expect(await ran(page)).toEqual(['slow'])
})

test('what a choice allows is fetched before the next frame, and runs after it', async ({ page, site, messages }) => {
  await page.addInitScript(() => {
    const { setTimeout } = window
    // The frame comes when the test says so.
    const stretched = (act: TimerHandler, delay?: number) => setTimeout(act, delay === 250 ? 60_000 : delay)
    const frames: FrameRequestCallback[] = []
    Object.assign(window, {
      setTimeout: stretched,
      requestAnimationFrame: (act: FrameRequestCallback) => frames.push(act),
      nextFrame: () => frames.splice(0).forEach((act) => void act(0)),
    })
  })
  const held = ['marketing', 'performance', '!marketing'].map((consent, index) =>
    marked(`src="/s/${index}.js"`, '', consent),
  )
  const others = [
    marked('data-type="module" src="/s/module.mjs"'),
    marked('nomodule src="/s/old.js"'),
    marked('', 'run("inline")'),
  ]
  await page.goto(site.page({ body: [...held, ...others].join('') }))
  await expect(page.locator(BANNER)).toBeVisible()
  const asked = () => site.requests.filter((path) => path.startsWith('/s/'))
  expect(asked()).toEqual([])
  await page.evaluate('crumbgate.save({ marketing: true })')
  await expect.poll(asked).toEqual(['/s/0.js'])
  expect(await ran(page)).toEqual([])
  await page.evaluate('nextFrame()')
  await expect.poll(() => ran(page)).toContain('inline')
  expect((await ran(page)).slice(0, 2)).toEqual(['0', 'inline'])
  expect(asked().filter((path) => path.endsWith('0.js'))).toHaveLength(1)
  for (const never of ['/s/1.js', '/s/2.js', '/s/old.js']) expect(asked()).not.toContain(never)
  await expect(page.locator('link[rel=preload]')).toHaveCount(0)
  expect(messages).toEqual([])
})

test('what was to be fetched ahead leaves nothing behind when the choice is taken back, or while prerendering', async ({
  page,
  site,
  messages,
}) => {
  await page.addInitScript(() => {
    if (location.hash === '#early') Object.defineProperty(Document.prototype, 'prerendering', { get: () => true })
  })
  const address = site.page({ body: marked('src="/s/a.js"') })
  await page.goto(address)
  await page.evaluate('crumbgate.accept(); crumbgate.reject()')
  await expect(page.locator('link[rel=preload]')).toHaveCount(0)
  expect(await ran(page)).toEqual([])
  await page.goto('about:blank')
  site.requests.length = 0
  await page.goto(`${address}#early`)
  await page.evaluate('crumbgate.accept()')
  await expect(page.locator('link[rel=preload]')).toHaveCount(0)
  expect(site.requests).not.toContain('/s/a.js')
  expect(messages).toEqual([])
})

test('a page that lets nothing be fetched ahead has its choice all the same', async ({ page, site, messages }) => {
  await page.addInitScript(() => {
    const { append } = Element.prototype
    Element.prototype.append = function (...nodes) {
      if (nodes.some((node) => node instanceof HTMLLinkElement)) throw new Error('no links')
      append.apply(this, nodes)
    }
  })
  await page.goto(site.page({ body: marked('src="/s/a.js"') }))
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['a'])
  await expect.poll(() => messages).toHaveLength(1)
})

test('a held template asks nobody for what is marked in it; what is not is named, since Firefox fetches it', {
  tag: '@everywhere',
}, async ({ page, site, messages, browserName }) => {
  const elsewhere = site.origin.replace('localhost', '127.0.0.1')
  const body = `<template data-consent="marketing">
    ${marked(`src="${elsewhere}/s/marked.js"`)}<script>run('inline')</script>
    <img alt="" data-consent="marketing" data-src="${elsewhere}/frame/image"><img alt="" src="/frame/own">
    <link rel="stylesheet" href="${elsewhere}/frame/sheet"><img alt="" srcset="${elsewhere}/frame/set 1x">
    </template><script src="/s/after.js"></script>`
  await page.goto(site.page({ body }))
  await expect(page.locator(BANNER)).toBeVisible()
  const told = (tag: string) =>
    `crumbgate: is fetched by Firefox, although in a template. Mark it too, as it would be outside: ${tag}`
  expect(messages).toEqual([
    told(`<link rel="stylesheet" href="${elsewhere}/frame/sheet">`),
    told(`<img alt="" srcset="${elsewhere}/frame/set 1x">`),
  ])
  // The day on which it does not, the message can go.
  const fetched = () => site.requests.filter((path) => /sheet|set/.test(path)).sort()
  const wanted = browserName === 'firefox' ? ['/frame/set', '/frame/sheet'] : []
  await expect.poll(fetched).toEqual(wanted)
  expect(site.requests.filter((path) => /marked|image/.test(path))).toEqual([])
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['after', 'marked', 'inline'])
  await expect.poll(() => site.requests).toContain('/frame/image')
})
