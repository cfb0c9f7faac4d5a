import { accept, BANNER, comeBack, everybodysTurn, expect, keepBack, marked, ran, TAG, test } from './site'

/** Every lane, as a page may have them; `run` notes the order. */
const LANES = [
  marked('src="/s/first.js?ms=60"'),
  marked('', 'run("needs-first:" + ran.includes("first"))'),
  marked('src="/s/second.js?ms=40"'),
  marked('src="/s/third.js"'),
  marked('defer src="/s/deferred.js"'),
  marked('data-type="module"', 'run("module")'),
  marked('', 'run("inline")'),
  marked('src="/s/missing-dir/../../404.js"'),
  marked('', 'run("after-404"); throw new Error("expected")'),
  marked('', 'run("after-throw")'),
  marked('data-type="module" src="/s/module-file.js"'),
].join('')

const IN_ORDER = [
  'first',
  'needs-first:true',
  'second',
  'third',
  'inline',
  'after-404',
  'after-throw',
  'deferred',
  'module',
  'module-file',
]

test('marked scripts stay inert before a choice (REG 1)', { tag: '@everywhere' }, async ({ page, site }) => {
  await page.goto(site.page({ body: LANES }), { waitUntil: 'networkidle' })
  expect(await ran(page)).toEqual([])
  expect(site.requests.filter((path) => path.startsWith('/s/'))).toEqual([])
})

test('after a click they run in the order in which the browser would have run them', { tag: '@everywhere' }, async ({
  page,
  site,
}) => {
  await page.goto(site.page({ body: LANES }))
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(IN_ORDER)
})

for (const pieces of [Number.POSITIVE_INFINITY, 37]) {
  test(`on a returning visit they run as natively, in place${Number.isFinite(pieces) ? ', also when a tag comes in pieces' : ''}`, {
    tag: '@everywhere',
  }, async ({ page, site, context }) => {
    await comeBack(context, site)
    const address = site.page({ body: `${LANES}<script>run("own")</script>`, pieces })
    await page.goto(address)
    const blocking = IN_ORDER.slice(0, 7)
    await expect.poll(() => ran(page)).toEqual([...blocking, 'own', ...IN_ORDER.slice(7)])
  })
}

test('async scripts hold nobody up, and come after the blocking ones before them', async ({ page, site }) => {
  const body = [
    marked('async src="/s/first.js"'),
    marked('async src="/s/slow.js?ms=1500"'),
    marked('src="/s/blocking.js?ms=500"'),
    marked('', 'run("stub")'),
    marked('async src="/s/library.js"'),
    marked('async data-type="module"', 'run("async-module")'),
    marked('src="/s/last.js?ms=250"'),
  ].join('')
  await page.goto(site.page({ body }))
  await accept(page)
  await expect.poll(() => ran(page)).toHaveLength(7)
  const order = await ran(page)
  expect(order.at(0)).toBe('first')
  expect(order.at(-1)).toBe('slow')
  expect(order.filter((name) => /blocking|stub|last/.test(name))).toEqual(['blocking', 'stub', 'last'])
  // As natively: the parser has not come to them before.
  expect(order.indexOf('library')).toBeGreaterThan(order.indexOf('stub'))
  expect(order.indexOf('async-module')).toBeGreaterThan(order.indexOf('stub'))
})

test('a stalled response holds its own lane only', async ({ page, site }) => {
  await page.route('**/s/stalled.js', () => {})
  const later = [marked('async src="/s/later.js"'), marked('src="/s/blocking.js"')]
  const body = [
    marked('src="/s/stalled.js"'),
    marked('async src="/s/library.js"'),
    ...later.map((tag) => tag.replace('"marketing"', '"performance"')),
    '<iframe data-consent="marketing" data-src="/s/embed" title="a"></iframe>',
  ].join('')
  await page.goto(site.page({ body }))
  await page.evaluate('crumbgate.save({ marketing: true })')
  await expect(page.locator('iframe')).toHaveAttribute('src', '/s/embed')
  await expect.poll(() => ran(page)).toEqual(['library'])
  await page.evaluate('crumbgate.accept()')
  await expect.poll(() => ran(page)).toEqual(['library', 'later'])
})

test('document.currentScript, place and attributes are those of the tag', { tag: '@everywhere' }, async ({
  page,
  site,
}) => {
  const body = `<div id="home">${marked('id="here" class="a b" data-x="1" nonce="n" fetchpriority="low"', 'run(document.currentScript.parentElement.id + document.currentScript.className + document.currentScript.dataset.x)')}<p>after</p></div>`
  await page.goto(site.page({ body }))
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['homea b1'])
  expect(await page.locator('#home').evaluate((home) => home.children[0]?.id)).toBe('here')
})

test('a tag of the page keeps its identity, its listeners and every attribute (PLT 18)', async ({ page, site }) => {
  const attributes =
    'crossorigin="anonymous" referrerpolicy="no-referrer" fetchpriority="low" nonce="n" data-x="1" id="it" class="a" src="/s/it.js"'
  await page.goto(site.page({ body: marked(attributes) }))
  await page.evaluate('window.it0 = it; it.addEventListener("load", () => run("its load"))')
  const before = await page.evaluate<string>('it.outerHTML')
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['it', 'its load'])
  expect(await page.evaluate('it === it0 && it.nonce')).toBe('n')
  // Marked again, to the letter: what compares or copies pages finds a held tag.
  expect(await page.evaluate('it.outerHTML')).toBe(before)
})

test('what is blocked on its way holds nobody up', async ({ page, site }) => {
  await page.route('**/s/tracker.js', (route) => route.abort('blockedbyclient'))
  const body = ['', 'defer'].map(
    (kind) => marked(`${kind} src="/s/tracker.js"`) + marked(`${kind} src="/s/x${kind}.js"`),
  )
  await page.goto(site.page({ body: body.join('') }))
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['x', 'xdefer'])
})

test('each script runs once, over grants and withdrawals (FIELD: klaro runs twice)', { tag: '@everywhere' }, async ({
  page,
  site,
}) => {
  await page.goto(
    site.page({
      tag: '<script src="/dist/crumbgate.js" data-reload="off"></script>',
      body: marked('', 'run("once")') + marked('src="/s/file.js"'),
    }),
  )
  for (let turn = 0; turn < 3; turn++) {
    await page.evaluate(
      'new Promise((done) => { document.addEventListener("crumbgate:change", done, { once: true }); crumbgate.accept() })',
    )
    await page.evaluate(
      'new Promise((done) => { document.addEventListener("crumbgate:change", done, { once: true }); crumbgate.withdraw() })',
    )
  }
  await expect.poll(() => ran(page)).toEqual(['once', 'file'])
})

test('tags inserted later are held, and released when allowed', async ({ page, site }) => {
  await page.goto(site.page({ body: '<div id="box"></div>' }))
  await page.evaluate(() => {
    const make = (text: string, src?: string) => {
      const script = document.createElement('script')
      script.type = 'text/plain'
      script.dataset.consent = 'marketing'
      script.text = text
      if (src) script.src = src
      return script
    }
    document.body.append(make('run("made")'), make('', '/s/made-file.js'))
    const box = document.querySelector('#box')
    if (box) box.innerHTML = '<p><script type="text/plain" data-consent="marketing">run("written")</' + 'script></p>'
  })
  expect(await ran(page)).toEqual([])
  await accept(page)
  await expect.poll(async () => (await ran(page)).sort()).toEqual(['made', 'made-file', 'written'])
  // And at once where the category is allowed already.
  await page.evaluate(() => {
    const box = document.querySelector('#box')
    if (box) box.innerHTML = '<script type="text/plain" data-consent="marketing">run("later")</' + 'script>'
  })
  await expect.poll(() => ran(page)).toContain('later')
})

test('a script of one service runs with that service', async ({ page, site }) => {
  await page.goto(
    site.page({
      tag: '<script>window.crumbgateConfig = { services: { films: { category: "marketing" }, pixel: { category: "marketing" } } }</script><script src="/dist/crumbgate.js"></script>',
      body:
        marked('data-service="films"', 'run("films")') +
        marked('data-service="pixel"', 'run("pixel")') +
        marked('', 'run("category")'),
    }),
  )
  await page.evaluate('crumbgate.save({}, { films: true })')
  await expect.poll(() => ran(page)).toEqual(['films'])
  await page.evaluate('crumbgate.save({ marketing: true }, { pixel: false })')
  await expect.poll(() => ran(page)).toEqual(['films', 'category'])
})

test('the dialog is off the screen before the first script runs (PLT 28)', async ({ page, site }) => {
  const body = marked('', 'run(String(document.querySelector("[data-crumb=banner]").checkVisibility()))')
  await page.goto(site.page({ body }))
  await page.evaluate(() => {
    document.addEventListener('click', () =>
      requestAnimationFrame(() => Object.assign(window, { framesBefore: (Reflect.get(window, 'ran') ?? []).length })),
    )
  })
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['false'])
  expect(await page.evaluate('framesBefore')).toBe(0)
})

/** Counted, since seconds tell little on a busy machine. */
const COUNTER = `<script>window.looks = window.calls = 0
  for (const [owner, ...names] of [[Element, 'matches', 'closest', 'getAttribute', 'hasAttribute', 'querySelector', 'querySelectorAll'],
    [Node, 'contains', 'compareDocumentPosition'], [Document, 'querySelector', 'querySelectorAll']])
    for (const name of names) {
      const native = owner.prototype[name]
      owner.prototype[name] = function (...words) {
        calls += 1
        // Who asks for all of something goes through everything.
        looks += name.startsWith('query') ? this.getElementsByTagName('*').length : 1
        return native.apply(this, words)
      }
    }</script>`

for (const visit of ['when they are allowed', 'on a returning visit']) {
  const isReturning = visit === 'on a returning visit'
  test(`twice as many tags are twice as many looks at the page, ${visit} (SEC 12)`, async ({ page, site, context }) => {
    if (isReturning) await comeBack(context, site)
    const looks = async (count: number): Promise<number> => {
      const tags = Array.from({ length: count }, (_, index) =>
        index % 20 ? marked('', `run(${index})`) : marked(`src="/s/${index}.js"`),
      )
      const tag = `${COUNTER}${TAG}`
      await page.goto(site.page({ tag, body: tags.join(''), pieces: 4000, pause: 3 }))
      if (!isReturning) await accept(page)
      await expect.poll(() => page.evaluate('ran.length')).toBe(count)
      const found = Number(await page.evaluate('looks'))
      if (!isReturning) await context.clearCookies()
      return found
    }
    const few = await looks(300)
    expect(few).toBeGreaterThan(300)
    expect((await looks(600)) / few).toBeLessThan(2.5)
  })
}

test('a choice that stops no script asks for no reload: embeds, data blocks, scripts for those who refuse', async ({
  page,
  site,
  browserName,
}) => {
  test.skip(browserName === 'firefox', 'its driver waits for what an object shows')
  const body = [
    '<iframe data-consent="marketing" data-src="/frame/film" title="Film"></iframe>',
    '<object type="text/plain" data-consent="marketing" data-data="/frame/text"></object>',
    marked('id="data" data-type="application/json"', '{}'),
    marked('', 'run("refused")', '!marketing'),
  ].join('')
  await page.goto(site.page({ body }))
  await page.evaluate(
    'document.addEventListener("crumbgate:beforereload", (event) => { event.preventDefault(); run("reload") })',
  )
  const decide = (call: string) =>
    page.evaluate(
      `new Promise((done) => { document.addEventListener("crumbgate:change", () => setTimeout(done), { once: true }); crumbgate.${call}() })`,
    )
  await decide('reject')
  await expect.poll(() => ran(page)).toEqual(['refused'])
  await decide('accept')
  await expect(page.locator('#data')).toHaveAttribute('type', 'application/json')
  await expect(page.frameLocator('iframe').getByText('/frame/film')).toBeVisible()
  await decide('reject')
  await expect(page.locator('iframe')).not.toHaveAttribute('src')
  expect(await ran(page)).toEqual(['refused'])
  expect(site.requests.filter((path) => path === '/frame/film')).toHaveLength(1)
})

test('before a reload nothing new is started', async ({ page, site }) => {
  const body = marked('', 'run("marketing")') + marked('', 'run("performance")', 'performance')
  await page.goto(site.page({ body }))
  await page.evaluate('crumbgate.save({ marketing: true })')
  await expect.poll(() => ran(page)).toEqual(['marketing'])
  await page.evaluate('document.addEventListener("crumbgate:beforereload", () => { sessionStorage.before = ran })')
  const reload = page.waitForEvent('load')
  await page.evaluate('crumbgate.save({ performance: true })')
  await reload
  expect(await page.evaluate('sessionStorage.before')).toBe('marketing')
  await expect.poll(() => ran(page)).toEqual(['performance'])
})

test('a script that Turbo is to run once runs where Crumbgate comes last', async ({ page, site, messages }) => {
  await page.goto(site.page({ tag: '', body: marked('data-turbo-eval="false"', 'run("once")') + TAG }))
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['once'])
  expect(messages).toEqual([])
})

test('defer keeps files in their order, however quick; on inline scripts it counts no more than async', async ({
  page,
  site,
}) => {
  const body = [
    marked('defer src="/s/slow.js?ms=200"'),
    marked('defer src="/s/quick.js"'),
    marked('src="/s/first.js?ms=60"'),
    marked('async', 'run("a")'),
    marked('defer', 'run("b")'),
    marked('', 'run("c")'),
  ]
  await page.goto(site.page({ body: body.join('') }))
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['first', 'a', 'b', 'c', 'slow', 'quick'])
})

test('while a file runs its tag has the type that it would have had', async ({ page, site }) => {
  site.file('/type.js', 'run("type:" + document.currentScript.type)')
  await page.goto(
    site.page({ body: marked('src="/type.js"') + marked('defer data-type="text/javascript" src="/type.js"') }),
  )
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['type:', 'type:text/javascript'])
  await expect(page.locator('[data-consent][type="text/plain"]')).toHaveCount(2)
})

test('what runs as a copy tells its original of its end once, and is not marked', async ({ page, site, messages }) => {
  await page.goto(site.page({ body: '<div id="x"></div>' }))
  const born = marked('nomodule src="/s/old.js"') + marked(`src="/s/it.js" onload="run('its load')"`)
  await page.evaluate(`x.innerHTML = ${JSON.stringify(born)}; x.lastChild.addEventListener('load', () => run('heard'))`)
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['it', 'its load', 'heard'])
  await expect(page.locator('#x > script')).toHaveCount(4)
  await expect(page.locator('#x > [data-consent]')).toHaveCount(2)
  expect(messages).toEqual([])
})

test('scripts of a template wait for its service', async ({ page, site, messages }) => {
  const options = '{ services: { films: { category: "marketing" } } }'
  const template =
    '<template data-consent="marketing" data-service="films"><p id="inside"></p><script>run("inside")</script></template>'
  await page.goto(
    site.page({ tag: `<script>window.crumbgateConfig = ${options}</script>${TAG}`, body: `${template}<p>after</p>` }),
  )
  await page.evaluate('crumbgate.save({}, { films: true })')
  await expect.poll(() => ran(page)).toEqual(['inside'])
  await expect(page.locator('#inside')).toHaveCount(1)
  expect(messages).toEqual([])
})

test('what runs as a copy and fails tells its original of that, once', async ({ page, site, messages }) => {
  await page.goto(site.page({ body: '<div id="x"></div>' }))
  const born = marked(`src="/missing.js" onerror="run('failed')"`)
  await page.evaluate(
    `x.innerHTML = ${JSON.stringify(born)}; x.firstChild.addEventListener('error', () => run('heard'))`,
  )
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['failed', 'heard'])
  expect(messages).toEqual([])
})

test('a tag that is taken out while it loads, and fails, holds nobody up', async ({ page, site }) => {
  const goOn = await keepBack(page, '/s/gone.js', true)
  await page.goto(site.page({ body: marked('id="gone" src="/s/gone.js"') + marked('', 'run("after")') }))
  await accept(page)
  await expect(page.locator('#gone')).toHaveAttribute('type', '')
  await page.evaluate('gone.remove()')
  goOn()
  await expect.poll(() => ran(page)).toEqual(['after'])
})

/** What is on its way has its turn. */
test('what a later choice allows queues up behind an earlier one, and its async scripts behind what stands before them', async ({
  page,
  site,
}) => {
  // The timers of stalled scripts, which nobody waits for here.
  await page.addInitScript(() => {
    const { setTimeout, clearTimeout } = window
    const stalls: (TimerHandler | undefined)[] = []
    Object.assign(window, {
      stalls,
      setTimeout: (act: TimerHandler, delay?: number, ...words: unknown[]) =>
        delay === 3000 ? -stalls.push(act) : setTimeout(act, delay, ...words),
      clearTimeout: (id = 0) => (id < 0 ? Reflect.deleteProperty(stalls, -1 - id) : clearTimeout(id)),
    })
  })
  const [letFirstGo, letSecondGo] = [await keepBack(page, '/s/first.js'), await keepBack(page, '/s/second.js')]
  const module = 'async data-type="module"'
  const body = [
    marked('id="first" src="/s/first.js"', '', 'functional'),
    marked(module, 'run("async")', 'performance'),
    marked('src="/s/second.js"', '', 'marketing'),
  ]
  await page.goto(site.page({ body: body.join('') }))
  const save = async (...names: string[]) => {
    const choice = JSON.stringify(Object.fromEntries(names.map((name) => [name, true])))
    await page.evaluate(
      `new Promise((done) => { document.addEventListener("crumbgate:change", () => done(), { once: true }); crumbgate.save(${choice}) })`,
    )
    await page.evaluate(everybodysTurn)
  }
  await save('functional')
  await save('functional', 'performance')
  await save('functional', 'performance', 'marketing')
  expect(await ran(page)).toEqual([])
  letFirstGo()
  await expect.poll(() => ran(page)).toEqual(['first', 'async'])
  const later = marked(module, 'run("later")') + marked('', 'run("last")')
  await page.evaluate(`document.body.insertAdjacentHTML('beforeend', ${JSON.stringify(later)})`)
  await page.evaluate(everybodysTurn)
  // The first one has come in time.
  await page.evaluate('stalls[0]?.()')
  await page.evaluate(everybodysTurn)
  expect(await ran(page)).toEqual(['first', 'async'])
  letSecondGo()
  await expect.poll(async () => (await ran(page)).slice(0, 3)).toEqual(['first', 'async', 'second'])
  await expect.poll(async () => (await ran(page)).slice(3).sort()).toEqual(['last', 'later'])
})

test('an async script behind a blocking one holds nobody up', async ({ page, site }) => {
  const letGo = await keepBack(page, '/s/async.js')
  const body = marked('src="/s/first.js"') + marked('async src="/s/async.js"') + marked('', 'run("after")')
  await page.goto(site.page({ body }))
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['first', 'after'])
  letGo()
  await expect.poll(() => ran(page)).toEqual(['first', 'after', 'async'])
})

test('after destroy() what waits in a lane stays there, and nothing is left of the release', async ({ page, site }) => {
  const letGo = await keepBack(page, '/s/slow.js')
  const body = marked('id="slow" src="/s/slow.js"') + marked('', 'run("never")') + marked('src="/s/behind.js"')
  await page.goto(site.page({ body }))
  await accept(page)
  await expect.poll(() => page.evaluate('slow.type')).toBe('')
  await page.evaluate('crumbgate.destroy()')
  await expect(page.locator('link[rel=preload]')).toHaveCount(0)
  letGo()
  await expect.poll(() => ran(page)).toEqual(['slow'])
  await page.evaluate(everybodysTurn)
  expect(await ran(page)).toEqual(['slow'])
  expect(await page.evaluate('Object.hasOwn(document, "write")')).toBe(false)
})

test('after a script that has taken long, what is more urgent has its turn', async ({ page, site }) => {
  const work = 'for (const end = performance.now() + 20; performance.now() < end; );'
  const urgent = 'scheduler.postTask(() => run("urgent"), { priority: "user-blocking" })'
  const body = marked('', `${urgent}; ${work} run("first")`) + marked('', 'run("second")')
  await page.goto(site.page({ body }))
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['first', 'urgent', 'second'])
})

test('a tag that fails says so before the next one runs', async ({ page, site }) => {
  const body = marked(`src="/missing.js" onerror="run('failed')"`) + marked('', 'run("after")')
  await page.goto(site.page({ body }))
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['failed', 'after'])
})

test('a script that stalls is passed by the async ones behind it, and by what a later choice allows', async ({
  page,
  site,
}) => {
  // It stalls when the test says so.
  await page.addInitScript(() => {
    const { setTimeout } = window
    Object.assign(window, {
      setTimeout: (act: TimerHandler, delay?: number, ...words: unknown[]) =>
        delay === 3000 ? Object.assign(window, { stall: act }) && 0 : setTimeout(act, delay, ...words),
    })
  })
  const letGo = await keepBack(page, '/s/stalled.js')
  const async = (name: string) => `async src="/s/${name}.js"`
  const body = [
    marked('id="stalled" src="/s/stalled.js"', '', 'functional'),
    marked('', 'run("behind")', 'functional'),
    marked(async('async'), '', 'functional'),
    marked(async('later'), '', 'marketing'),
    marked('defer src="/s/deferred.js"', '', 'marketing'),
  ]
  await page.goto(site.page({ body: body.join('') }))
  await page.evaluate('crumbgate.save({ functional: true })')
  await expect.poll(() => page.evaluate('stalled.type')).toBe('')
  await page.evaluate(everybodysTurn)
  expect(await ran(page)).toEqual([])
  await page.evaluate('stall()')
  await expect.poll(() => ran(page)).toEqual(['async'])
  await page.evaluate('crumbgate.accept()')
  await expect.poll(async () => (await ran(page)).sort()).toEqual(['async', 'deferred', 'later'])
  letGo()
  await expect.poll(async () => (await ran(page)).slice(3)).toEqual(['stalled', 'behind'])
})

test('what waits for a script before it does not run when the choice is taken back meanwhile', async ({
  page,
  site,
}) => {
  const letGo = await keepBack(page, '/s/slow.js')
  const head = '<script>document.addEventListener("crumbgate:beforereload", (event) => event.preventDefault())</script>'
  const body = marked('id="slow" src="/s/slow.js"') + marked('', 'run("never")') + marked('src="/s/never.js"')
  await page.goto(site.page({ head, body }))
  await accept(page)
  await expect.poll(() => page.evaluate('slow.type')).toBe('')
  await page.evaluate('crumbgate.reject()')
  letGo()
  await expect.poll(() => ran(page)).toEqual(['slow'])
  await expect(page.locator('link[rel=preload]')).toHaveCount(0)
  await page.evaluate(everybodysTurn)
  expect(await ran(page)).toEqual(['slow'])
})

for (const visit of ['after a click', 'on a returning visit']) {
  test(`what a script leaves to a microtask is done before the next script, ${visit}`, async ({
    page,
    site,
    context,
  }) => {
    if (visit !== 'after a click') await comeBack(context, site)
    const chain = '(async () => { for (let step = 0; step < 8; step += 1) await step; run("micro") })()'
    await page.goto(site.page({ body: marked('', `${chain}; run("a")`) + marked('', 'run("b")') }))
    if (visit === 'after a click') await accept(page)
    await expect.poll(() => ran(page)).toEqual(['a', 'micro', 'b'])
  })
}

test('a script that Turbo is to run once runs on the first page, however much the page changes before', async ({
  page,
  site,
}) => {
  const many = '<script>for (let n = 0; n < 200; n += 1) document.body.append(document.createElement("i"))</script>'
  const once = marked('data-turbo-eval="false"', 'run("once")')
  // While the page is parsed, and later.
  await page.goto(site.page({ body: once + marked('', 'run("other")') + many }))
  await page.evaluate('for (let n = 0; n < 200; n += 1) document.body.append(document.createElement("i"))')
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['once', 'other'])
})

test('put in and taken out at once, or put in front: also among a hundred other changes as the browser would', async ({
  page,
  site,
  context,
}) => {
  await comeBack(context, site)
  await page.goto(site.page({ body: '<div id="x"></div>' }))
  await page.evaluate(`{
    const make = (text) => {
      const script = Object.assign(document.createElement('script'), { type: 'text/plain', text })
      script.dataset.consent = 'marketing'
      return script
    }
    const flash = make('run("flash")')
    x.append(flash)
    flash.remove()
    x.prepend(make('run(1)'))
    x.prepend(make('run(2)'))
    for (let n = 0; n < 120; n += 1) x.append(document.createElement('i'))
  }`)
  await expect.poll(() => ran(page)).toEqual(['flash', 1, 2])
})

test('what a page changes of its own costs it next to nothing, also where something is held (SEC 12)', async ({
  page,
  site,
}) => {
  await page.goto(site.page({ tag: `${COUNTER}${TAG}`, body: `<main></main>${marked('', 'run("held")')}` }))
  await expect(page.locator(BANNER)).toBeVisible()
  const calls = await page.evaluate(async () => {
    const main = document.querySelector('main')
    const before = Number(Reflect.get(window, 'calls'))
    for (let item = 0; item < 1000; item += 1) {
      const row = document.createElement('div')
      row.innerHTML = '<p><b>text</b></p>'
      main?.append(row)
    }
    // Observers run before this goes on.
    await Promise.resolve()
    return Number(Reflect.get(window, 'calls')) - before
  })
  // One look at the whole page, and some at what it holds.
  expect(calls).toBeLessThan(50)
  await page.evaluate(
    (html) => {
      const main = document.querySelector('main')
      if (main) main.innerHTML = html
    },
    `${'<p></p>'.repeat(200)}<div>${marked('', 'run("put in")')}</div>`,
  )
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['put in', 'held'])
})
