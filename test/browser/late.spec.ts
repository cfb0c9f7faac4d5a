import { cookieFor } from '../../src/testing'
import { accept, BANNER, everybodysTurn, expect, keepBack, marked, part, ran, test } from './site'

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
  await page.evaluate(everybodysTurn)
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

test('at most twenty files are fetched ahead, of the first two hundred tags', async ({ page, site }) => {
  const many = (count: number, consent: string) =>
    Array.from({ length: count }, (_, index) => marked(`src="/s/${consent}${index}.js"`, '', consent)).join('')
  await page.goto(site.page({ body: many(199, 'performance') + many(30, 'marketing') }))
  const counts = await page.evaluate(`['save({ marketing: true })', 'accept()', 'reject()'].map((call) => {
    Function('crumbgate.' + call)()
    return document.querySelectorAll('link[rel=preload]').length
  })`)
  expect(counts).toEqual([1, 20, 20])
  await expect(page.locator('link[rel=preload]')).toHaveCount(0)
  expect(await ran(page)).toEqual([])
})

test('what runs as a copy of its tag is not run again by a second copy of Crumbgate (SEC 12)', async ({
  page,
  site,
  messages,
}) => {
  await page.goto(site.page({ body: '<div id="x"></div>' }))
  const inner = JSON.stringify(marked('', 'run("a")'))
  await page.evaluate(`x.innerHTML = ${inner}`)
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['a'])
  await page.evaluate(`import('/dist/core.js').then(({ createConsent }) => void createConsent())`)
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))')
  expect(await ran(page)).toEqual(['a'])
  expect(messages).toEqual([])
})

test('what ran before destroy() and a new start counts: withdrawn, the page starts afresh', async ({
  page,
  site,
  messages,
}) => {
  await page.goto(site.page({ body: marked('', 'run("a")') }))
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['a'])
  await page.evaluate('crumbgate.destroy()')
  await page.addScriptTag({ url: '/dist/crumbgate.js' })
  expect(messages).toEqual([])
  const reload = page.waitForEvent('load')
  await page.evaluate('crumbgate.withdraw()')
  await reload
  expect(await ran(page)).toEqual([])
})

test('destroy() while the page is parsed leaves what follows as it is', async ({ page, site }) => {
  const frame = '<iframe data-consent="necessary" data-src="/frame/a" title="a"></iframe>'
  await page.goto(site.page({ body: `<script>crumbgate.destroy()</script>${frame}` }))
  await expect(page.locator('iframe')).not.toHaveAttribute('src')
  expect(site.requests).not.toContain('/frame/a')
})

test('a template is empty while Turbo keeps a copy of the page', async ({ page, site, context }) => {
  await context.addCookies([{ ...cookieFor({ granted: ['functional'] }), url: site.origin }])
  const template = '<template data-consent="functional"><p id="inside">Map</p></template><p>after</p>'
  await page.goto(site.page({ body: template }))
  await expect(page.locator('#inside')).toHaveCount(1)
  const tell = (name: string) =>
    page.evaluate(`new Promise((done) => { document.dispatchEvent(new Event('turbo:${name}')); setTimeout(done) })`)
  await tell('before-cache')
  expect(await page.locator('#inside').count()).toBe(0)
  await tell('render')
  expect(await page.locator('#inside').count()).toBe(1)
})

/** Every step takes long, and then the browser has its turn for as long as the test says. */
const SLOW = `{
  const { now } = Date
  let late = 0
  Date.now = () => now() + (late += 20)
  const turns = []
  let isOver = false
  Object.defineProperty(window, 'scheduler', {
    value: { yield: () => new Promise((resolve) => (isOver ? resolve() : turns.push(resolve))) },
  })
  window.turns = turns
  window.endTurn = () => turns.splice(0).forEach((end) => end())
  window.endTurns = () => ((isOver = true), endTurn())
}`

test('what comes while a choice is acted on piece by piece comes after it', async ({ page, site }) => {
  await page.addInitScript({ content: SLOW })
  const body = ['a', 'b', 'c'].map((name) => marked('', `run("${name}")`)).join('')
  await page.goto(site.page({ body: `${body}<div id="x"></div>` }))
  await page.evaluate('crumbgate.accept()')
  await expect.poll(() => page.evaluate('turns.length')).toBe(1)
  await page.evaluate('endTurn()')
  expect(await page.evaluate('turns.length')).toBe(1)
  await page.evaluate(`x.innerHTML = ${JSON.stringify(marked('', 'run("late")'))}`)
  await page.evaluate('endTurns()')
  await expect.poll(() => ran(page)).toEqual(['a', 'b', 'c', 'late'])
})

test('destroy() ends a choice that is being acted on', async ({ page, site }) => {
  await page.addInitScript({ content: SLOW })
  const data = (id: string) => marked(`id="${id}" data-type="application/json"`, '{}')
  await page.goto(site.page({ body: data('one') + data('two') }))
  await page.evaluate('crumbgate.accept()')
  await expect.poll(() => page.evaluate('turns.length')).toBe(1)
  await page.evaluate('endTurn()')
  await page.evaluate('crumbgate.destroy(); endTurns()')
  await page.evaluate('new Promise((done) => setTimeout(done))')
  expect(await page.evaluate('[one.type, two.type]')).toEqual(['application/json', 'text/plain'])
})

test('in a held template only what comes from elsewhere is told of, however its address is written', async ({
  page,
  site,
  messages,
}) => {
  const host = new URL(site.origin).host.replace('localhost', '127.0.0.1')
  const image = (address: string) => `<img alt="" src="${address}">`
  const own = image(`${site.origin}/frame/own`) + image(`/frame/own?to=http://${host}/frame/x`)
  const template = `<template data-consent="marketing">${own}${image(`//${host}/frame/other`)}</template>`
  await page.goto(site.page({ body: `${template}<p>after</p>` }))
  await expect(page.locator(BANNER)).toBeVisible()
  expect(messages).toEqual([expect.stringMatching(/although in a template.*: <img alt="" src="\/\/\S*\/other">$/)])
})

test('a script of a template runs as itself, with nothing beside it', async ({ page, site, browserName }) => {
  test.skip(browserName === 'firefox', 'A copy runs there in any case')
  const script = '<script id="it">run(document.querySelectorAll("#it").length)</script>'
  await page.goto(site.page({ body: `<template data-consent="marketing">${script}</template><p>after</p>` }))
  await accept(page)
  await expect.poll(() => page.evaluate('ran')).toEqual([1])
})

test('a browser that cannot say when it has had its turn is given one all the same', async ({ page, site }) => {
  await page.addInitScript(() => {
    const { now } = Date
    let late = 0
    Date.now = () => {
      late += 20
      return now() + late
    }
    Object.defineProperty(window, 'scheduler', { value: undefined })
  })
  await page.goto(site.page({ body: ['a', 'b', 'c'].map((name) => marked('', `run("${name}")`)).join('') }))
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['a', 'b', 'c'])
})

test('what a script writes stands there once, and is what was written', async ({ page, site, messages }) => {
  const script = (attributes: string, text: string) =>
    `<scr' + 'ipt class="written" ${attributes}>${text}</scr' + 'ipt>`
  const written = [
    script('', 'run("classic")'),
    script('type="module"', 'run("module:" + !document.currentScript)'),
    script('type="application/json"', '{ "a": 1 }'),
  ].join('')
  await page.goto(site.page({ body: marked('', `document.write('${written}'); run("end")`) }))
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['classic', 'end', 'module:true'])
  expect(await page.evaluate('[...document.querySelectorAll(".written")].map(({ type }) => type)')).toEqual([
    '',
    'module',
    'application/json',
  ])
  expect(messages).toEqual([])
})

test('what a page without a head is allowed runs there too', async ({ page, site, messages }) => {
  await page.goto(site.page({ body: marked('src="/s/a.js"') + marked('src="/s/b.js"') }))
  await expect(page.locator(BANNER)).toBeVisible()
  await page.evaluate('document.head.remove()')
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['a', 'b'])
  expect(messages).toEqual([])
})

/** What Turbo tells when it is about to keep a copy of the page, and when it has put one in. */
const turboTells = (name: string) =>
  `new Promise((done) => { document.dispatchEvent(new Event('turbo:${name}')); setTimeout(done) })`

test('while Turbo keeps a copy of the page what was let go is out of it, and nothing else', async ({
  page,
  site,
  context,
}) => {
  await context.addCookies([{ ...cookieFor({ granted: ['functional'] }), url: site.origin }])
  const body = [
    '<iframe data-consent="functional" data-src="/frame/a" title="a"></iframe>',
    '<img data-consent="marketing" src="/frame/preview" data-src="/frame/b" alt="">',
    marked('', 'run("once")', 'functional'),
  ]
  await page.goto(site.page({ body: body.join('') }))
  await expect(page.locator('iframe')).toHaveAttribute('src', '/frame/a')
  await page.evaluate(turboTells('before-cache'))
  expect(await page.locator('iframe').getAttribute('src')).toBe(null)
  expect(await page.locator('img').getAttribute('src')).toBe('/frame/preview')
  await page.evaluate(turboTells('render'))
  expect(await page.locator('iframe').getAttribute('src')).toBe('/frame/a')
  await page.evaluate(
    'new Promise((done) => { document.addEventListener("crumbgate:change", () => setTimeout(done), { once: true }); crumbgate.save({ functional: true, performance: true }) })',
  )
  expect(await ran(page)).toEqual(['once'])
})

test('after destroy() what has loaded stays, and what comes is left alone, whatever Turbo does', async ({
  page,
  site,
  context,
}) => {
  await context.addCookies([{ ...cookieFor({ granted: ['functional'] }), url: site.origin }])
  const frame = '<iframe data-consent="functional" data-src="/frame/a" title="a"></iframe>'
  await page.goto(site.page({ body: frame }))
  await expect(page.locator('iframe')).toHaveAttribute('src', '/frame/a')
  await page.evaluate('crumbgate.destroy()')
  await page.evaluate(turboTells('before-cache'))
  expect(await page.locator('iframe').getAttribute('src')).toBe('/frame/a')
  await page.evaluate(`document.body.insertAdjacentHTML('beforeend', ${JSON.stringify(frame)})`)
  await page.evaluate(turboTells('render'))
  expect(await page.locator('iframe').nth(1).getAttribute('src')).toBe(null)
})

test('a script that something on the page refuses to put in is named, and the next one runs', async ({
  page,
  site,
  messages,
}) => {
  await page.addInitScript(() => {
    const { replaceWith } = Element.prototype
    Element.prototype.replaceWith = function (...nodes) {
      if (this.id === 'refused') throw new Error('no')
      replaceWith.apply(this, nodes)
    }
  })
  await page.goto(site.page({ body: marked('id="refused"', 'run("refused")') + marked('', 'run("next")') }))
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['next'])
  expect(messages).toEqual([expect.stringMatching(/could not be loaded \(Error: no\): <script .*id="refused"/)])
})

test('an async script that listens too late is called, and the page left as it was; what it writes is lost, as natively', async ({
  page,
  site,
}) => {
  site.file('/async.js', 'addEventListener("load", () => run("load")); document.write("<b id=lost></b>"); run("async")')
  const write = 'document.write("<b id=kept></b>"); run("inline")'
  await page.goto(site.page({ body: marked('async src="/async.js"') + marked('', write) }))
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['inline', 'async', 'load'])
  await expect.poll(() => page.evaluate('Object.hasOwn(document, "write")')).toBe(false)
  expect(await page.evaluate('Object.hasOwn(document, "addEventListener")')).toBe(false)
  expect(await page.locator('#kept').count()).toBe(1)
  expect(await page.locator('#lost').count()).toBe(0)
})

test('a copy of a script that has run never ends: the page is left as it was all the same', async ({ page, site }) => {
  await page.addInitScript(() => {
    const { setTimeout } = window
    // Patience ends when the test says so.
    Object.assign(window, {
      setTimeout: (act: TimerHandler, delay?: number, ...words: unknown[]) =>
        delay === 30_000 ? Object.assign(window, { loseIt: act }) : setTimeout(act, delay, ...words),
    })
  })
  await page.goto(site.page({ body: `<div id="box">${marked('src="/s/a.js"')}</div>` }))
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['a'])
  await page.evaluate('document.body.append(box.cloneNode(true))')
  await expect.poll(() => page.evaluate('Object.hasOwn(document, "write")')).toBe(true)
  await page.evaluate('loseIt()')
  await expect.poll(() => page.evaluate('Object.hasOwn(document, "write")')).toBe(false)
  expect(await ran(page)).toEqual(['a'])
})

test('listeners that come too late wait for an inline module too, and handlers of the page are not called again', async ({
  page,
  site,
}) => {
  const own = `<script>window.onload = () => run('own')
    document.onreadystatechange = () => document.readyState === 'complete' && run('own state')</script>`
  const body = `${own}${marked('', 'addEventListener("load", () => run("load"))')}${marked('data-type="module"', 'run("module")')}`
  await page.goto(site.page({ body }))
  await expect.poll(() => ran(page)).toEqual(['own state', 'own'])
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['own state', 'own', 'module', 'load'])
})

test('scripts that are written deferred or async go to the end, or hold nobody up', async ({ page, site }) => {
  const letGo = await keepBack(page, '/s/async.js')
  const write = `document.write('<script defer src="/s/late.js"></scr' + 'ipt><script async src="/s/async.js"></scr' + 'ipt>')`
  const body = [
    marked('', `${write}; run("author")`),
    marked('src="/s/next.js?ms=200"'),
    marked('defer src="/s/deferred.js"'),
  ]
  await page.goto(site.page({ body: body.join('') }))
  await accept(page)
  const inOrder = ['author', 'next', 'deferred', 'late']
  await expect.poll(() => ran(page)).toEqual(inOrder)
  letGo()
  await expect.poll(() => ran(page)).toEqual([...inOrder, 'async'])
})

test('what stands behind a script that is waited for is not run when the choice is taken back', async ({
  page,
  site,
}) => {
  const goOn = await keepBack(page, '/s/slow.js')
  await page.goto(site.page({ body: marked('id="slow" src="/s/slow.js"') + marked('', 'run("never")') }))
  await accept(page)
  await expect(page.locator('#slow')).toHaveAttribute('type', '')
  await page.evaluate(`document.addEventListener('crumbgate:beforereload', (event) => event.preventDefault())
    new Promise((done) => { document.addEventListener('crumbgate:change', () => done(), { once: true }); crumbgate.reject() })`)
  goOn()
  await expect.poll(() => ran(page)).toEqual(['slow'])
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))')
  expect(await ran(page)).toEqual(['slow'])
})

test('a script that comes while the page still loads hears each event once, in time', async ({ page, site }) => {
  const goOn = await keepBack(page, '/frame/image')
  const listen = [
    'document.addEventListener("readystatechange", () => run(document.readyState))',
    'document.addEventListener("DOMContentLoaded", () => run("ready"))',
    'addEventListener("load", () => run("load"))',
    'window.onload = () => run("onload")',
  ]
  const body = `<img src="/frame/image" alt="">${marked('', listen.join(';'))}`
  await page.goto(site.page({ body }), { waitUntil: 'domcontentloaded' })
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['ready'])
  goOn()
  await expect.poll(() => ran(page)).toEqual(['ready', 'complete', 'load', 'onload'])
})

test('a script that comes late hears what it would have heard, as it would have, and what is still to come', async ({
  page,
  site,
  messages,
}) => {
  const listen = [
    'const note = (event) => run([event.type, event.currentTarget === window, event.bubbles].join())',
    // These never come there.
    'document.addEventListener("load", note); addEventListener("readystatechange", note)',
    'document.addEventListener("DOMContentLoaded", note)',
    'addEventListener("DOMContentLoaded", note); addEventListener("load", note)',
    'const other = ({ type }) => run("other:" + type)',
    'addEventListener("DOMContentLoaded", other); addEventListener("load", other)',
    'removeEventListener("DOMContentLoaded", other)',
    'addEventListener("load", ({ target }) => run("target:" + (target === document)))',
    'for (const place of [document, window]) place.addEventListener("click", note)',
  ]
  await page.goto(site.page({ body: marked('', listen.join(';')) }))
  await page.evaluate(
    'new Promise((done) => { document.addEventListener("crumbgate:change", () => setTimeout(done), { once: true }); crumbgate.accept() })',
  )
  const heard = [
    'DOMContentLoaded,false,true',
    'DOMContentLoaded,true,true',
    'load,true,false',
    'other:load',
    'target:true',
  ]
  await expect.poll(() => ran(page)).toEqual(heard)
  await page.evaluate('document.body.click()')
  expect(await ran(page)).toEqual([...heard, 'click,false,true', 'click,true,true'])
  expect(messages).toEqual([])
})

test('what the page itself listens with, before and meanwhile, is not called again', async ({ page, site }) => {
  const goOn = await keepBack(page, '/s/slow.js')
  const own = 'window.onload = () => run("own load"); document.onreadystatechange = () => run(document.readyState)'
  const body = marked('id="slow" src="/s/slow.js"') + marked('', 'addEventListener("load", () => run("load"))')
  await page.goto(site.page({ head: `<script>${own}</script>`, body }))
  await accept(page)
  await expect(page.locator('#slow')).toHaveAttribute('type', '')
  await page.evaluate('addEventListener("load", () => run("never"))')
  await page.addScriptTag({ content: 'addEventListener("load", () => run("never"))' })
  goOn()
  await expect.poll(() => ran(page)).toEqual(['interactive', 'complete', 'own load', 'slow', 'load'])
})

test('handlers of the document that pass on to the one before are called once', async ({ page, site }) => {
  const chain = (name: string) =>
    marked(
      '',
      `{ const old = document.onreadystatechange; document.onreadystatechange = () => { old?.(); run("${name}") } }`,
    )
  await page.goto(site.page({ body: chain('a') + chain('b') }))
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['a', 'b'])
})

test('what the page, or a script, has put over a method of the document stays there', async ({ page, site }) => {
  const own =
    'window.own = document.addEventListener = (...all) => EventTarget.prototype.addEventListener.apply(document, all)'
  const body = marked('', 'window.theirs = document.writeln = () => {}; run("a")')
  await page.goto(site.page({ head: `<script>${own}</script>`, body }))
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['a'])
  await expect
    .poll(() => page.evaluate('[document.addEventListener === own, document.writeln === theirs]'))
    .toEqual([true, true])
})

test('a script that is written in pieces runs once, wherever it is cut, and leaves nothing else behind', async ({
  page,
  site,
  messages,
}) => {
  const write = [
    'document.open().write("<scr"); document.write("ipt>run(\'pi"); document.write("ec")',
    'document.write("es\')</scr"); document.write("ipt>")',
    'document.write("<p></p><scr"); document.write("ipt>run(\'cu"); document.write("t\')</scr" + "ipt>")',
    'document.write("<p><scr", "ipt>run(\'ar"); document.write("gs\')</scr", "ipt></p>")',
    'run([...home.childNodes].map((node) => node.nodeType === 3 ? node.data : "").join(""))',
  ]
  await page.goto(site.page({ body: `<div id="home">${marked('', write.join(';'))}</div>` }))
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['pieces', 'cut', 'args', ''])
  expect(await page.evaluate('[...home.childNodes].map(({ nodeName }) => nodeName)')).toEqual([
    'SCRIPT',
    'SCRIPT',
    'P',
    'SCRIPT',
    'P',
  ])
  expect(messages).toEqual([])
})

test('a tag that a script writes waits for its own choice, and noscript is for those without', async ({
  page,
  site,
  messages,
}) => {
  const held = `<scr' + 'ipt type="text/plain" data-consent="performance">run("held")</scr' + 'ipt>`
  const write = `document.write('${held}<b></b><noscript id="no"><img src="/frame/pixel" alt=""></noscript>'); run("end")`
  await page.goto(site.page({ body: marked('', write) }))
  await page.evaluate('crumbgate.save({ marketing: true })')
  await expect.poll(() => ran(page)).toEqual(['end'])
  expect(await page.evaluate('[no.children.length, no.textContent]')).toEqual([0, '<img src="/frame/pixel" alt="">'])
  await page.evaluate('crumbgate.accept()')
  await expect.poll(() => ran(page)).toEqual(['end', 'held'])
  expect(messages).toEqual([])
})

test('custom elements that scripts of the head write belong to the body, whatever they are called', async ({
  page,
  site,
}) => {
  const write = (name: string) => marked('', `document.write("<${name}></${name}>"); run("${name}")`)
  await page.goto(site.page({ head: write('card-title') + write('title-card') }))
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['card-title', 'title-card'])
  expect(await page.locator('body > card-title').count()).toBe(1)
  expect(await page.locator('body > title-card').count()).toBe(1)
})

test('a script writes also where the page has no head', async ({ page, site, messages }) => {
  await page.goto(site.page({ body: marked('', 'document.write("<i id=written></i>"); run("end")') }))
  await expect(page.locator(BANNER)).toBeVisible()
  await page.evaluate('document.head.remove()')
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['end'])
  expect(await page.locator('#written').count()).toBe(1)
  expect(messages).toEqual([])
})

test('a page that writes itself anew while scripts are released is written anew', async ({ page, site }) => {
  const goOn = await keepBack(page, '/s/slow.js')
  await page.goto(site.page({ body: marked('id="slow" src="/s/slow.js"') }))
  await accept(page)
  await expect(page.locator('#slow')).toHaveAttribute('type', '')
  await page.evaluate(`{
    const own = document.createElement('script')
    own.text = 'document.open(); document.write("<p id=anew></p>"); document.close()'
    document.body.append(own)
  }`)
  goOn()
  expect(await page.locator('#anew').count()).toBe(1)
  expect(await page.locator('#slow').count()).toBe(0)
})

test('a browser whose scheduler cannot yield, as Chromium before 129, has its turn all the same', async ({
  page,
  site,
}) => {
  await page.addInitScript(() => {
    const { now } = Date
    let late = 0
    Date.now = () => {
      late += 20
      return now() + late
    }
    Object.defineProperty(window, 'scheduler', { value: {} })
  })
  await page.goto(site.page({ body: ['a', 'b', 'c'].map((name) => marked('', `run("${name}")`)).join('') }))
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['a', 'b', 'c'])
})

test('a script that is written inside something runs once, whatever is written after it', async ({
  page,
  site,
  messages,
}) => {
  const write = `document.write('<div><scr' + 'ipt>run("nested")</scr' + 'ipt>'); document.write('<b>'); document.write('</b></div>'); run("end")`
  await page.goto(site.page({ body: marked('', write) }))
  await accept(page)
  await expect.poll(() => ran(page)).toContain('end')
  expect(await ran(page)).toEqual(['nested', 'end'])
  expect(messages).toEqual([])
})

test('of what a script writes for browsers without scripts nothing is fetched', async ({ page, site }) => {
  const noscript = '<noscript class="no"><img src="/frame/pixel" alt=""></noscript>'
  const write = `document.write('${noscript}'); document.write('<div>${noscript}</div><img src="/frame/after" alt="">'); run("end")`
  await page.goto(site.page({ head: marked('', write), body: marked('', write) }))
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['end', 'end'])
  await expect.poll(() => site.requests).toContain('/frame/after')
  expect(await page.evaluate('[...document.querySelectorAll(".no")].map(({ textContent }) => textContent)')).toEqual(
    Array.from({ length: 4 }, () => '<img src="/frame/pixel" alt="">'),
  )
  expect(site.requests).not.toContain('/frame/pixel')
})

test('DOMContentLoaded that the window hears late comes from the document', async ({ page, site }) => {
  const listen = 'addEventListener("DOMContentLoaded", ({ target }) => run(target === document))'
  await page.goto(site.page({ head: `<script>${listen}</script>`, body: marked('', listen) }))
  await accept(page)
  await expect.poll(() => page.evaluate('ran')).toEqual([true, true])
})

test('what scripts of the head write begins the body in their order, whenever they run', async ({ page, site }) => {
  const write = (id: string) =>
    marked('', `document.write("<p id=${id}></p>"); document.write("<b id=${id}2></b>"); run("${id}")`)
  await page.goto(site.page({ head: write('first') + write('second'), body: '<p id="own"></p>' }))
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['first', 'second'])
  await page.evaluate(everybodysTurn)
  const found = await page.evaluate(() =>
    [...document.body.childNodes].map((node) => (node instanceof Element ? node.id : node.textContent)),
  )
  expect(found.slice(0, 5)).toEqual(['first', 'first2', 'second', 'second2', 'own'])
})
