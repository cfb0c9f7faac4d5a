import { accept, comeBack, expect, keepBack, marked, quoted, ran, TAG, test } from './site'

// Browsers treat a script by how it was born: by the parser, by createElement, by innerHTML, as a clone. The gate has to
// tell them apart, and whoever made a script has to find it where it was.

const INNER = marked('src="/s/inner.js"')

test('by innerHTML, before Crumbgate is there: they run, and hold nobody up (PLT 15)', async ({
  page,
  site,
  messages,
}) => {
  const body = `<div id="x"></div><script>x.innerHTML = ${quoted(INNER)}</script>${marked('', 'run("after")')}${TAG}`
  await page.goto(site.page({ tag: '', body }))
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['inner', 'after'])

  await page.context().clearCookies()
  await page.goto(site.page({ tag: '', body: '<div id="x"></div>' }))
  await page.evaluate(`x.innerHTML = ${quoted(INNER + marked('', 'run("after")'))}`)
  await page.addScriptTag({ url: '/dist/crumbgate.js' })
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['inner', 'after'])
  expect(messages).toEqual([])
})

test('by innerHTML, as the last thing while the page is parsed', async ({ page, site, messages }) => {
  const add = `const box = document.createElement('div'); box.innerHTML = ${quoted(INNER)}; document.body.append(box)`
  const body = `<script>${add}</script>${marked('', 'run("after")')}${marked('defer src="/s/deferred.js"')}`
  const address = site.page({ body })
  await page.goto(address)
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['inner', 'after', 'deferred'])
  await page.goto(address)
  await expect.poll(async () => (await ran(page)).sort()).toEqual(['after', 'deferred', 'inner'])
  expect(messages).toEqual([])
})

test('by the parser, inline and async, on a returning visit', async ({ page, site, context }) => {
  await comeBack(context, site)
  for (const pieces of [Number.POSITIVE_INFINITY, 40]) {
    await page.goto(site.page({ body: `${marked('async', 'run("a")')}${marked('', 'run("b")')}`, pieces }))
    await expect.poll(async () => (await ran(page)).sort()).toEqual(['a', 'b'])
  }
})

test('by the parser, while another script puts something behind it', async ({ page, site, context, messages }) => {
  await comeBack(context, site)
  const busy = '<script>setInterval(() => document.body.append(document.createElement("i")), 1)</script>'
  const long = `/* ${'x'.repeat(600)} */`
  const body = `${busy}${marked('src="/s/first.js?ms=30"')}${marked('', `${long}run("a")${long}`)}${marked('', `${long}run("b")`)}<p>end</p>`
  await page.goto(site.page({ body, pieces: 50, pause: 3 }))
  await expect.poll(() => ran(page)).toEqual(['first', 'a', 'b'])
  expect(messages).toEqual([])
})

test('in a template that came by innerHTML', async ({ page, site }) => {
  const template = `<template data-consent="marketing"><script src="/s/lib.js?ms=30"></script><script data-consent="marketing" type="text/plain">run("needs:" + ran.includes("lib"))</script></template>`
  await page.goto(site.page({ body: '<div id="x"></div>' }))
  await page.evaluate(`x.innerHTML = ${quoted(template)}`)
  await page.evaluate(`document.body.insertAdjacentHTML('beforeend', ${quoted(marked('', 'run("after")'))})`)
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['lib', 'needs:true', 'after'])
})

test('by createElement with an async attribute: its maker hears of its end', async ({ page, site }) => {
  await page.goto(site.page({}))
  await accept(page)
  await page.evaluate(`(() => {
    const script = document.createElement('script')
    Object.assign(script, { type: 'text/plain', src: '/s/a.js', onload: () => run('its load') })
    script.setAttribute('async', '')
    script.dataset.consent = 'marketing'
    document.body.append(script)
  })()`)
  await expect.poll(() => ran(page)).toEqual(['a', 'its load'])
})

test('by createElement with async = false, as the last thing while the page is parsed', async ({
  page,
  site,
  context,
}) => {
  await comeBack(context, site)
  const add = `const script = document.createElement('script')
    Object.assign(script, { type: 'text/plain', async: false, src: '/s/made.js', onload: () => run('its load') })
    script.dataset.consent = 'marketing'; document.head.append(script)`
  await page.goto(site.page({ head: `<script>${add}</script>` }))
  await expect.poll(() => ran(page)).toEqual(['made', 'its load'])
})

test('moved and removed while they wait: they run once, when they are back', async ({ page, site }) => {
  const body = `${marked('src="/s/slow.js?ms=1500"')}<div id="box">${marked('', 'run("inline")')}</div>`
  await page.goto(site.page({ body }))
  // The change is told once the release has begun.
  const remove =
    'document.addEventListener("crumbgate:change", () => { window.taken = box; box.remove() }, { once: true })'
  await page.evaluate(`${remove}; crumbgate.accept()`)
  await expect.poll(() => ran(page)).toEqual(['slow'])
  await page.evaluate('document.body.append(taken)')
  await expect.poll(() => ran(page)).toEqual(['slow', 'inline'])
  await page.evaluate('document.body.prepend(taken)')
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))')
  expect(await ran(page)).toEqual(['slow', 'inline'])
})

test('as a clone: held like the original, which runs once (PLT 13)', async ({ page, site, messages }) => {
  await page.goto(site.page({ body: `<div id="box">${marked('', 'run("a")')}${marked('src="/s/b.js"')}</div>` }))
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['a', 'b'])
  // The browser runs no clone of a script that has run.
  await page.evaluate('document.body.append(box.cloneNode(true))')
  await page.evaluate(`(() => {
    const script = document.createElement('script')
    Object.assign(script, { type: 'text/plain', text: 'run("next")' })
    script.dataset.consent = 'marketing'
    document.body.append(script)
  })()`)
  await expect.poll(() => ran(page)).toEqual(['a', 'b', 'next'])
  expect(messages).toEqual([])
})

test('a script that runs as a copy is still where its maker put it, and inert', async ({ page, site }) => {
  await page.goto(site.page({ body: '<div id="x"></div>' }))
  await page.evaluate(
    `x.innerHTML = ${quoted(marked('id="mine"', 'run(document.currentScript.id)'))}; window.mine = x.firstChild`,
  )
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['mine'])
  expect(await page.evaluate('mine.parentNode === x && mine.type')).toBe('text/plain')
  // What a framework keeps of it and puts back runs nothing without being asked for.
  expect(await page.evaluate('x.querySelectorAll("script:not([type=\\"text/plain\\"])").length')).toBe(0)
  await page.evaluate('x.removeChild(mine)')
})

test('attributes that are bound late count', async ({ page, site }) => {
  await page.goto(
    site.page({
      body: '<iframe id="f" title="f"></iframe><iframe id="g" data-consent="marketing" data-src="/frame/1" title="g"></iframe>',
    }),
  )
  await accept(page)
  await page.evaluate('f.dataset.src = "/frame/f"; f.dataset.consent = "marketing"')
  await expect(page.locator('#f')).toHaveAttribute('src', '/frame/f')
  await page.evaluate('g.dataset.src = "/frame/2"')
  await expect(page.locator('#g')).toHaveAttribute('src', '/frame/2')
  await page.evaluate('f.dataset.consent = "unknown"')
  await expect(page.locator('#f')).not.toHaveAttribute('src')
})

test('by createElement, before the choice: they start after the tags before them, and hold nobody up', async ({
  page,
  site,
  messages,
}) => {
  const make = (text: string) =>
    `{ const made = document.createElement('script'); Object.assign(made, ${text}, { type: 'text/plain' }); made.dataset.consent = 'marketing'; document.body.append(made) }`
  await page.goto(site.page({ head: marked('src="/s/head.js?ms=50"'), body: marked('', 'run("body")') }))
  await page.evaluate(`${make('{ src: "/s/slow.js?ms=600" }')} ${make('{ text: "run(\'made\')" }')}`)
  await page.evaluate(`document.body.insertAdjacentHTML('beforeend', ${quoted(marked('', 'run("after")'))})`)
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['head', 'body', 'made', 'after', 'slow'])
  expect(messages).toEqual([])
})

test('by the parser, in pieces, while one that was born of innerHTML is waited for: the tag itself runs', async ({
  page,
  site,
  context,
  browserName,
}) => {
  test.skip(browserName === 'firefox', 'it is asked there how a script was born, and answers a moment later')
  await comeBack(context, site)
  const add = `const box = document.createElement('div'); box.innerHTML = ${quoted(INNER)}; document.body.append(box)`
  const long = `/* ${'x'.repeat(300)} */`
  const text = `${long}run(document.currentScript === it ? 'itself' : 'a copy')${long}`
  await page.route('**/s/inner.js', async (route) => {
    await expect.poll(() => page.evaluate('document.readyState')).not.toBe('loading')
    await route.continue()
  })
  const body = `<script>${add}</script>${marked('id="it"', text)}<p>end</p>`
  await page.goto(site.page({ body, pieces: 50, pause: 3 }))
  await expect.poll(() => ran(page)).toEqual(['inner', 'itself'])
})

test('by createElement, while tags of the page are waited for: it starts at once, where it was put', async ({
  page,
  site,
}) => {
  const goOn = await keepBack(page, '/s/slow.js')
  await page.goto(site.page({ body: `${marked('id="slow" src="/s/slow.js"')}<div id="x"></div>` }))
  await accept(page)
  await expect(page.locator('#slow')).toHaveAttribute('type', '')
  await page.evaluate(`{
    const made = document.createElement('script')
    Object.assign(made, { type: 'text/plain', text: 'run("made")' }).dataset.consent = 'marketing'
    x.append(made)
  }`)
  // Before a script counts as stalled.
  await expect.poll(() => ran(page), { timeout: 2000 }).toEqual(['made'])
  expect(await page.locator('#x > script').count()).toBe(1)
  goOn()
  await expect.poll(() => ran(page)).toEqual(['made', 'slow'])
})

test('put in and taken out at once: what the browser would have started runs, and nothing else', async ({
  page,
  site,
  messages,
  browserName,
}) => {
  test.skip(browserName === 'firefox', 'it is asked there how a script was born, and answers a moment later')
  await page.goto(site.page({ body: '<div id="x"></div>' }))
  await page.evaluate(
    'new Promise((done) => { document.addEventListener("crumbgate:change", () => done(), { once: true }); crumbgate.accept() })',
  )
  await page.evaluate(`{
    const flash = (properties, consent) => {
      const script = Object.assign(document.createElement('script'), properties)
      if (consent) script.dataset.consent = consent
      x.append(script)
      script.remove()
      return script
    }
    const type = 'text/plain'
    window.made = [flash({ type, text: 'run("inline")' }, 'marketing'), flash({ type, src: '/s/file.js' }, 'marketing')]
    flash({ type, text: 'run("not marked")' })
    flash({ text: 'run("not held")' }, 'marketing')
    x.innerHTML = ${quoted(marked('', 'run("born")'))}
    window.born = x.firstChild
    born.remove()
  }`)
  await expect.poll(() => ran(page)).toEqual(['not held', 'inline', 'file'])
  await expect.poll(() => page.evaluate('made.map(({ type }) => type)')).toEqual(['text/plain', 'text/plain'])
  expect(await page.evaluate('made.some(({ isConnected }) => isConnected)')).toBe(false)
  // The browser has not started it, so it is not over.
  await page.evaluate('x.append(born)')
  await expect.poll(() => ran(page)).toEqual(['not held', 'inline', 'file', 'born'])
  expect(messages).toEqual([expect.stringMatching(/has run already.*not held/)])
})

test('a hundred and more at once run in their order', async ({ page, site, messages }) => {
  await page.goto(site.page({}))
  await page.evaluate(
    'new Promise((done) => { document.addEventListener("crumbgate:change", () => done(), { once: true }); crumbgate.accept() })',
  )
  await page.evaluate(`for (let index = 0; index < 150; index++) {
    const made = document.createElement('script')
    Object.assign(made, { type: 'text/plain', text: 'run(' + index + ')' }).dataset.consent = 'marketing'
    document.body.append(made)
  }`)
  await expect.poll(() => page.evaluate('ran')).toEqual(Array.from({ length: 150 }, (_, index) => index))
  expect(messages).toEqual([])
})

test('a service that is bound late counts', async ({ page, site }) => {
  const options = '{ "services": { "films": { "category": "marketing" }, "maps": { "category": "marketing" } } }'
  const tag = `<script>window.crumbgateConfig = ${options}</script>${TAG}`
  const attributes = 'data-consent="marketing" data-service="films" data-src="/frame/f" title="f"'
  await page.goto(site.page({ tag, body: `<iframe id="f" ${attributes}></iframe>` }))
  await page.evaluate('crumbgate.save({}, { films: true })')
  await expect(page.locator('#f')).toHaveAttribute('src', '/frame/f')
  await page.evaluate('f.dataset.service = "maps"')
  await expect(page.locator('#f')).not.toHaveAttribute('src')
})

test('attributes of tags that are not marked are none of ours, as of images that load lazily', async ({
  page,
  site,
  messages,
}) => {
  await page.goto(site.page({ body: '<img id="lazy" alt="">' }))
  await page.evaluate('lazy.dataset.src = "/frame/a"')
  await page.evaluate('new Promise((done) => setTimeout(done))')
  expect(await page.evaluate('lazy.hasAttribute("src")')).toBe(false)
  expect(messages).toEqual([])
})

test('by innerHTML with async, and by the parser: the one runs as a copy, the other itself', async ({
  page,
  site,
  context,
  messages,
}) => {
  await comeBack(context, site)
  site.file('/who.js', 'run(document.currentScript === it ? "itself" : "a copy")')
  const held = marked('id="it" async src="/who.js"')
  for (const source of [{ head: held }, { tag: '', body: held + TAG }]) {
    await page.goto(site.page(source))
    await expect.poll(() => ran(page)).toEqual(['itself'])
  }
  await page.evaluate(`{
    const box = document.createElement('div')
    document.body.append(box)
    box.innerHTML = ${quoted(marked('async src="/s/born.js"'))}
  }`)
  await expect.poll(() => ran(page)).toEqual(['itself', 'born'])
  expect(messages).toEqual([])
})

test('by createElement, not marked: async = false keeps their order as ever', async ({ page, site }) => {
  await page.goto(site.page({}))
  await page.evaluate(`for (const name of ['slow.js?ms=150', 'quick.js']) {
    const made = Object.assign(document.createElement('script'), { async: false, src: '/s/' + name })
    document.head.append(made)
  }`)
  await expect.poll(() => ran(page)).toEqual(['slow', 'quick'])
})

test('destroy() gives the browser its own async back, unless somebody else has put something over it', async ({
  page,
  site,
}) => {
  const setter = 'Object.getOwnPropertyDescriptor(HTMLScriptElement.prototype, "async")?.set'
  await page.addInitScript(`window.native = ${setter}`)
  const address = site.page({})
  await page.goto(address)
  expect(await page.evaluate(`${setter} === native`)).toBe(false)
  await page.evaluate('crumbgate.destroy()')
  expect(await page.evaluate(`${setter} === native`)).toBe(true)
  await page.goto(address)
  await page.evaluate(`{
    const { async } = Object.getOwnPropertyDescriptors(HTMLScriptElement.prototype)
    window.theirs = function (value) { async.set.call(this, value) }
    Object.defineProperty(HTMLScriptElement.prototype, 'async', { ...async, set: theirs })
    crumbgate.destroy()
  }`)
  expect(await page.evaluate(`${setter} === theirs`)).toBe(true)
})

test('by the parser, moved before the choice: they keep the order of the page', async ({ page, site }) => {
  await page.goto(site.page({ body: marked('id="slow" src="/s/slow.js?ms=150"') + marked('', 'run("after")') }))
  await page.evaluate('document.body.prepend(slow)')
  await page.evaluate('new Promise((done) => setTimeout(done))')
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['slow', 'after'])
})

test('by innerHTML, while the page is parsed: what the parser cannot be in runs at once, the rest when it is done', async ({
  page,
  site,
  context,
  messages,
  browserName,
}) => {
  test.skip(browserName === 'firefox', 'it is asked there how a script was born, and answers a moment later')
  await comeBack(context, site)
  const add = `const box = document.createElement('div'); box.innerHTML = ${quoted(marked('', 'run("box")'))}
    document.body.append(box)`
  const more = `run("own"); x.innerHTML = ${quoted(marked('src="/s/body.js"'))}
    document.head.insertAdjacentHTML('beforeend', ${quoted(marked('src="/s/head.js"'))})`
  await page.goto(site.page({ body: `<div id="x"></div><script>${add}</script><script>${more}</script><p>end</p>` }))
  await expect.poll(async () => (await ran(page)).slice(2).sort()).toEqual(['body', 'head'])
  expect((await ran(page)).slice(0, 2)).toEqual(['box', 'own'])
  expect(messages).toEqual([])
})
