import { cookieFor } from '../../src/testing'
import { accept, comeBack, expect, keepBack, marked, part, quoted, ran, TAG, test } from './site'

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

test('consecutive external scripts download side by side', async ({ page, site }) => {
  const body = [1, 2, 3, 4].map((n) => marked(`src="/s/s${n}.js?ms=${2500 - n * 500}"`)).join('')
  await page.goto(site.page({ body }))
  await accept(page)
  await expect.poll(() => site.requests.filter((path) => path.startsWith('/s/'))).toHaveLength(4)
  expect(await ran(page)).toEqual([])
  await expect.poll(() => ran(page)).toEqual(['s1', 's2', 's3', 's4'])
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

test('a choice while thousands of tags are still being parsed keeps their order', async ({ page, site }) => {
  const count = 3000
  const tags = Array.from({ length: count }, (_, index) => marked('', `run(${index})`))
  tags.splice(count / 2, 0, '<script>crumbgate.accept()</script>')
  await page.goto(site.page({ body: tags.join(''), pieces: 3000, pause: 3 }))
  await expect.poll(() => page.evaluate('ran.length')).toBe(count)
  expect(await page.evaluate('ran.every((one, index) => one === index)')).toBe(true)
})

test('names of form controls (SEC 6), and a page that keeps errors to itself, hold nobody up', async ({
  page,
  site,
  messages,
}) => {
  const body = `<script>addEventListener('error', (event) => event.stopImmediatePropagation(), true)</script>
    <form><input name="insertBefore">${marked('', 'run("in a form")')}</form>${marked('src="/missing.js"')}${marked('', 'run("after")')}`
  await page.goto(site.page({ body }))
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['in a form', 'after'])
  expect(messages).toEqual([])
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

test('speculation rules get their type back and work', async ({ page, site, browserName }) => {
  test.skip(browserName === 'firefox', 'Firefox has none')
  const rules = `{ "prefetch": [{ "urls": ["${site.page({ tag: '' }, '/ahead')}"], "eagerness": "immediate" }] }`
  await page.goto(site.page({ body: marked('data-type="speculationrules"', rules) }))
  await accept(page)
  await expect.poll(() => site.requests).toContain('/ahead')
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

test('expressions: all of, any of, and refused, on every page load', { tag: '@everywhere' }, async ({
  page,
  site,
  context,
}) => {
  const body = [
    marked('', 'run("both")', 'performance marketing'),
    marked('', 'run("either")', 'performance|marketing'),
    marked('', 'run("refused")', '!marketing'),
    marked('', 'run("necessary")', 'necessary'),
  ].join('')
  const address = site.page({ body })
  await page.goto(address)
  expect(await ran(page)).toEqual(['necessary'])
  await context.addCookies([{ ...cookieFor({ granted: ['performance'] }), url: site.origin }])
  for (let visit = 0; visit < 2; visit++) {
    await page.goto(address)
    expect(await ran(page)).toEqual(['either', 'refused', 'necessary'])
  }
})

test('data blocks get their type back and stay data', async ({ page, site }) => {
  const body = marked('id="data" data-type="application/json"', '{"a":1}') + marked('', 'run("after")')
  await page.goto(site.page({ body }))
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['after'])
  await expect(page.locator('#data')).toHaveAttribute('type', 'application/json')
})

test('an import map is there before the modules that need it', async ({ page, site, context }) => {
  const body =
    marked('data-type="importmap"', '{"imports":{"thing":"/s/thing.js"}}') +
    marked('data-type="module"', 'import "thing"; run("module")')
  const address = site.page({ body })
  await page.goto(address)
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['thing', 'module'])
  await context.clearCookies()
  await comeBack(context, site)
  await page.goto(address)
  await expect.poll(() => ran(page)).toEqual(['thing', 'module'])
})

test('nomodule scripts stay out and delay nobody', async ({ page, site }) => {
  await page.goto(site.page({ body: marked('nomodule src="/s/old.js"') + marked('', 'run("new")') }))
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['new'])
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

test('with a nonce on our tag only tags with the same one are released (PLT 20)', async ({ page, site, messages }) => {
  const head =
    '<script nonce="abc" type="text/plain" data-consent="marketing">run("mine")</script><script id="injected" type="text/plain" data-consent="marketing">run("injected")</script><script nonce="abc" type="text/plain" data-consent="marketing" src="/s/file.js"></script>'
  await page.goto(
    site.page({
      tag: '<script nonce="abc" src="/dist/crumbgate.js"></script>',
      head,
      headers: { 'Content-Security-Policy': "script-src 'nonce-abc' 'strict-dynamic'; style-src 'self'" },
    }),
  )
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['mine', 'file'])
  expect(messages).toEqual([expect.stringMatching(/stays blocked: its nonce.*<script id="injected"/)])
})

test.describe('mistakes in tags are named once', () => {
  for (const [title, body, message] of [
    [
      'no type',
      '<script id="t" data-consent="marketing">run("t")</script>',
      /has run already\. Add type="text\/plain".*<script id="t" data-consent="marketing">/,
    ],
    [
      'unknown category',
      marked('id="t"', 'run("t")', 'markting'),
      /stays blocked\. Write data-consent="necessary" or "functional".*<script .*id="t"/,
    ],
    ['empty', marked('id="t"', 'run("t")', ''), /stays blocked.*<script .*id="t"/],
    [
      'unknown service',
      marked('id="t" data-service="films"', 'run("t")'),
      /Write in the option services: "films": { "category": "marketing" }/,
    ],
    ['data-src on a script', marked('id="t" data-src="/s/t.js"'), /loads nothing: data-src is for embeds\. Write src/],
    [
      'an embed with its address in the open',
      '<iframe data-consent="marketing" src="/frame/x" title="x"></iframe>',
      /has loaded already\. Write data-src instead of src .*: <iframe /,
    ],
    [
      'a source with its address in the open',
      '<video data-consent="marketing"><source src="/s/film.mp4"></video>',
      /has loaded already\. Write data-src .*: <video /,
    ],
    [
      'a tag that loads nothing',
      '<picture data-consent="marketing"></picture>',
      /is not held\. Write data-consent on .*: <picture /,
    ],
    [
      'a script as an address',
      '<iframe data-consent="marketing" data-src=" java&#10;script:parent.run(1)" title="x"></iframe>',
      /stays blocked: javascript: addresses/,
    ],
  ] as const) {
    test(title, async ({ page, site, messages }) => {
      await page.goto(site.page({ body }))
      await expect.poll(() => messages).toHaveLength(1)
      const before = await ran(page)
      await page.evaluate(
        'new Promise((done) => { document.addEventListener("crumbgate:change", done); crumbgate.accept() })',
      )
      expect(messages).toEqual([expect.stringMatching(message)])
      expect(await ran(page)).toEqual(before)
    })
  }
})

test('names that clobber the document change nothing (SEC 6)', async ({ page, site, messages }) => {
  const head =
    '<img name="currentScript"><img name="querySelectorAll"><img name="querySelector"><img name="createElement"><img name="body"><form name="head"></form>'
  await page.goto(
    site.page({
      tag: '',
      body: `${head}<script src="/dist/crumbgate.js" data-policy="/privacy"></script>${marked('', 'run("released")')}`,
    }),
  )
  await expect(page.locator(part('policy'))).toHaveAttribute('href', '/privacy')
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['released'])
  expect(messages).toEqual([])
})

for (const visit of ['when they are allowed', 'on a returning visit']) {
  const isReturning = visit === 'on a returning visit'
  // Counted, since seconds tell little on a busy machine.
  test(`twice as many tags are twice as many looks at the page, ${visit} (SEC 12)`, async ({ page, site, context }) => {
    const head = `<script>window.looks = 0
      for (const [owner, ...names] of [[Element, 'matches', 'closest', 'getAttribute', 'hasAttribute', 'querySelector', 'querySelectorAll'],
        [Node, 'contains', 'compareDocumentPosition'], [Document, 'querySelector', 'querySelectorAll']])
        for (const name of names) {
          const native = owner.prototype[name]
          owner.prototype[name] = function (...words) {
            // Who asks for all of something goes through everything.
            looks += name.startsWith('query') ? this.getElementsByTagName('*').length : 1
            return native.apply(this, words)
          }
        }</script>`
    if (isReturning) await comeBack(context, site)
    const looks = async (count: number): Promise<number> => {
      const tags = Array.from({ length: count }, (_, index) =>
        index % 20 ? marked('', `run(${index})`) : marked(`src="/s/${index}.js"`),
      )
      const tag = `${head}${TAG}`
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

test('each file is fetched ahead once, and never again once it has run', async ({ page, site }) => {
  const body = [marked('src="/s/a.js"'), marked('src="/s/b.js"'), marked('src="/s/c.js"', '', 'performance')]
  await page.goto(site.page({ body: body.join('') }))
  await page.evaluate(`window.ahead = []
    new MutationObserver((records) => {
      for (const { addedNodes } of records)
        for (const node of addedNodes) if (node.rel === 'preload') ahead.push(new URL(node.href).pathname)
    }).observe(document.head, { childList: true })`)
  await page.evaluate('crumbgate.save({ marketing: true })')
  await expect.poll(() => ran(page)).toEqual(['a', 'b'])
  await page.evaluate('crumbgate.accept()')
  await expect.poll(() => ran(page)).toEqual(['a', 'b', 'c'])
  expect(await page.evaluate('ahead')).toEqual(['/s/a.js', '/s/b.js', '/s/c.js'])
})

test('on a returning visit a module comes before what the page itself defers after it', async ({
  page,
  site,
  context,
  browserName,
}) => {
  test.skip(browserName === 'firefox', 'held modules come after the page’s own there')
  await comeBack(context, site)
  const body = `${marked('data-type="module"', 'run("module")')}<script defer src="/s/own.js"></script>`
  await page.goto(site.page({ body }))
  await expect.poll(() => ran(page)).toEqual(['module', 'own'])
})

test('on a returning visit deferred scripts keep their order', async ({ page, site, context, browserName }) => {
  test.skip(browserName === 'firefox', 'it is asked there how a script was born, and answers a moment later')
  await comeBack(context, site)
  // Born of innerHTML, the parser does not start it: what is deferred after it follows it in our lane.
  const inner = quoted(marked('defer src="/s/second.js"'))
  const add = `const box = document.createElement('div'); box.innerHTML = ${inner}; document.body.append(box)`
  const body = [
    marked('nomodule src="/s/old.js"'),
    marked('defer src="/s/first.js?ms=300"'),
    `<script>${add}</script>`,
    marked('defer src="/s/third.js"'),
  ].join('')
  await page.goto(site.page({ body }))
  await expect.poll(() => ran(page)).toEqual(['first', 'second', 'third'])
})

test('a template is put in place while the rest of the page is still on its way', async ({ page, site, context }) => {
  await comeBack(context, site)
  // The parser is in it when it is first seen.
  const template = `<script>document.write('<template data-consent="functional"><p id="inside">')</script>Map</p></template>`
  const body = `${template}<p>after</p><script>run(!!document.querySelector('#inside'))</script>`
  await page.goto(site.page({ body }))
  expect(await ran(page)).toEqual([true])
})

test('on a returning visit tags are marked again once the page is parsed', async ({ page, site, context }) => {
  await comeBack(context, site)
  // Nothing comes behind the last tag that could be noticed.
  await page.goto(site.page({ body: marked('src="/s/a.js"') + marked('', 'run("b")'), pieces: 10, pause: 1 }))
  await expect.poll(() => ran(page)).toEqual(['a', 'b'])
  await expect(page.locator('[data-consent][type="text/plain"]')).toHaveCount(2)
})

test('of a long tag a message shows the beginning', async ({ page, site, messages }) => {
  await page.goto(site.page({ body: marked('id="long"', 'x'.repeat(1000), 'markting') }))
  await expect.poll(() => messages).toHaveLength(1)
  expect(messages[0]).toContain('id="long"')
  expect(messages[0]).not.toContain('x'.repeat(200))
})

test('a script that Turbo is to run once runs where Crumbgate comes last', async ({ page, site, messages }) => {
  await page.goto(site.page({ tag: '', body: marked('data-turbo-eval="false"', 'run("once")') + TAG }))
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['once'])
  expect(messages).toEqual([])
})

test('where Crumbgate comes last, files of a returning visitor are fetched side by side', async ({
  page,
  site,
  context,
}) => {
  await comeBack(context, site)
  const asked = () => site.requests.filter((path) => path.startsWith('/s/')).sort()
  await page.route('**/s/1.js', async (route) => {
    await expect.poll(asked).toEqual(['/s/2.js', '/s/3.js'])
    await route.continue()
  })
  const body = [1, 2, 3].map((name) => marked(`src="/s/${name}.js"`)).join('') + TAG
  await page.goto(site.page({ tag: '', body }))
  await expect.poll(() => ran(page)).toEqual(['1', '2', '3'])
})

test('JavaScript by any of its names keeps its place, and what is data stays data', async ({
  page,
  site,
  messages,
}) => {
  const types = [
    'text/javascript',
    'application/x-ecmascript',
    ' TEXT/jscript ',
    'text/javascript1.5',
    'text/livescript',
  ]
  const data = ['text/template', 'text/javascript1.6', 'text/javascript; charset=utf-8']
  const body = [
    marked('src="/s/first.js?ms=60"'),
    ...types.map((type, index) => marked(`data-type="${type}"`, `run(${index})`)),
    marked('', 'run("spaced")').replace('"text/plain"', '" text/plain "'),
    ...data.map((type) => marked(`class="data" data-type="${type}"`, 'run("data")')),
  ]
  await page.goto(site.page({ body: body.join('') }))
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['first', ...types.keys(), 'spaced'])
  expect(await page.evaluate('[...document.querySelectorAll(".data")].map(({ type }) => type)')).toEqual(data)
  expect(messages).toEqual([])
})

test('of what is marked and not held only what runs is told of', async ({ page, site, messages }) => {
  const tag = (type: string) => `<script type="${type}" data-consent="marketing">0</script>`
  await page.goto(site.page({ body: tag('application/json') + tag('module') }))
  await expect(page.locator(part('banner'))).toBeVisible()
  expect(messages).toEqual([expect.stringMatching(/has run already.*<script type="module"/)])
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

test('a returning visitor who withdraws what has run gets the page afresh', async ({ page, site, context }) => {
  await comeBack(context, site)
  await page.goto(site.page({ body: marked('', 'run("a")') }))
  expect(await ran(page)).toEqual(['a'])
  const reload = page.waitForEvent('load')
  await page.evaluate('crumbgate.withdraw()')
  await reload
  expect(await ran(page)).toEqual([])
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

/** What is on its way has its turn. */
const everybodysTurn = 'new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))'

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

test('scripts that come when all is allowed are fetched side by side', async ({ page, site }) => {
  const letGo = await keepBack(page, '/s/first.js')
  await page.goto(site.page({}))
  await accept(page)
  const later = marked('src="/s/first.js"') + marked('src="/s/second.js"')
  await page.evaluate(`document.body.insertAdjacentHTML('beforeend', ${JSON.stringify(later)})`)
  await expect.poll(() => site.requests).toContain('/s/second.js')
  expect(await ran(page)).toEqual([])
  letGo()
  await expect.poll(() => ran(page)).toEqual(['first', 'second'])
  await expect(page.locator('link[rel=preload]')).toHaveCount(0)
})

test('deferred scripts and modules are fetched side by side', async ({ page, site, browserName }) => {
  test.skip(browserName === 'firefox', 'modules and other deferred scripts wait for one another there')
  const letGo = await keepBack(page, '/s/first.js')
  const module = 'data-type="module" src='
  const body = marked('defer src="/s/first.js"') + marked(`${module}"/s/second.js"`) + marked(`${module}"/s/third.js"`)
  await page.goto(site.page({ body }))
  await accept(page)
  await expect.poll(() => site.requests).toEqual(expect.arrayContaining(['/s/second.js', '/s/third.js']))
  expect(await ran(page)).toEqual([])
  letGo()
  await expect.poll(() => ran(page)).toEqual(['first', 'second', 'third'])
})

test('a module is asked for once', async ({ page, site }) => {
  const modules = ['a', 'b'].map((name) => marked(`data-type="module" src="/s/${name}.js"`))
  await page.goto(site.page({ body: modules.join('') }))
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['a', 'b'])
  expect(site.requests.filter((path) => path.startsWith('/s/')).sort()).toEqual(['/s/a.js', '/s/b.js'])
})

test('what is taken back while it is being gathered is not fetched any more', async ({ page, site }) => {
  // Each look at the clock takes longer than a stretch of work, and the visitor has a say in between.
  await page.addInitScript({
    content: `
      const { now } = Date
      let passed = 0
      Date.now = () => now() + (passed += 10)
      const rest = scheduler.yield.bind(scheduler)
      let turns = 0
      scheduler.yield = () => {
        turns += 1
        if (turns === 4) crumbgate.reject()
        return rest()
      }`,
  })
  const scripts = ['a', 'b', 'c'].map((name) => `<script src="/s/${name}.js"></script>`).join('')
  await page.goto(site.page({ body: `<template data-consent="marketing">${scripts}</template>` }))
  await page.evaluate(`new Promise((done) => {
    document.addEventListener('crumbgate:change', ({ detail }) => detail.choice.granted.length || done())
    crumbgate.accept()
  })`)
  await page.evaluate('fetch("/s/end.js").then(() => {})')
  expect(site.requests.filter((path) => path.startsWith('/s/'))).toEqual(['/s/end.js'])
  expect(await ran(page)).toEqual([])
})

test('on a returning visit deferred scripts run before DOMContentLoaded, and those of templates after them', async ({
  page,
  site,
  context,
}) => {
  await comeBack(context, site)
  const head = '<script>document.addEventListener("DOMContentLoaded", () => run("ready"))</script>'
  const template = '<template data-consent="marketing"><script defer src="/s/inner.js"></script></template><p></p>'
  await page.goto(site.page({ head, body: marked('defer src="/s/deferred.js?ms=200"') + template }))
  await expect.poll(() => ran(page)).toEqual(['deferred', 'ready', 'inner'])
})

test('a choice while the page is parsed: deferred scripts wait for its end, and for the blocking ones before', async ({
  page,
  site,
}) => {
  const [letSlowGo, letOwnGo] = [await keepBack(page, '/s/slow.js'), await keepBack(page, '/s/own.js')]
  const body = [
    marked('id="slow" src="/s/slow.js"'),
    marked('defer src="/s/deferred.js"'),
    '<script>crumbgate.accept()</script><script src="/s/own.js"></script>',
    marked('', 'run("after")'),
    '<script>run("last")</script>',
  ]
  await page.goto(site.page({ body: body.join('') }), { waitUntil: 'commit' })
  await expect.poll(() => page.evaluate('window.slow?.type')).toBe('')
  await expect.poll(() => site.requests).toContain('/s/deferred.js')
  await page.evaluate(everybodysTurn)
  expect(await ran(page)).toEqual([])
  letOwnGo()
  await expect.poll(() => page.evaluate('document.readyState')).toBe('interactive')
  await page.evaluate(everybodysTurn)
  expect(await ran(page)).toEqual(['own', 'last'])
  letSlowGo()
  await expect.poll(() => ran(page)).toEqual(['own', 'last', 'slow', 'after', 'deferred'])
})

test('a choice while a script has come in part: it waits for those before it', async ({ page, site }) => {
  const letGo = await keepBack(page, '/s/first.js')
  const long = `run('long') /* ${'x'.repeat(9000)} */`
  const body = `${marked('src="/s/first.js"')}<script>crumbgate.accept()</script>${marked('', long)}<p></p>`
  await page.goto(site.page({ body, pieces: 600, pause: 25 }), { waitUntil: 'commit' })
  await expect.poll(() => page.evaluate('document.readyState')).toBe('interactive')
  await page.evaluate(everybodysTurn)
  expect(await ran(page)).toEqual([])
  letGo()
  await expect.poll(() => ran(page)).toEqual(['first', 'long'])
})

test('on a returning visit a script that came by innerHTML keeps none after it from running in place', async ({
  page,
  site,
  context,
}) => {
  await comeBack(context, site)
  const inner = JSON.stringify(`<p>${marked('', 'run("inner")')}</p>`).replaceAll('</', '<\\/')
  const body = [
    `<div id="x"></div><script>x.innerHTML = ${inner}</script><p></p>`,
    marked('src="/s/blocking.js"'),
    '<script>run("own")</script>',
  ]
  await page.goto(site.page({ body: body.join('') }))
  await expect.poll(() => ran(page)).toEqual(['inner', 'blocking', 'own'])
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

test('on a returning visit a blocking script blocks, also after an async one', async ({ page, site, context }) => {
  await comeBack(context, site)
  const tags = marked('async src="/s/async.js"') + marked('src="/s/blocking.js?ms=50"')
  await page.goto(site.page({ body: `${tags}<script>run('own')</script>` }))
  expect((await ran(page)).filter((name) => name !== 'async')).toEqual(['blocking', 'own'])
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

test('a tag that fails says so before the next one runs', async ({ page, site }) => {
  const body = marked(`src="/missing.js" onerror="run('failed')"`) + marked('', 'run("after")')
  await page.goto(site.page({ body }))
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['failed', 'after'])
})

test('on a returning visit a tag between head and body, or with something behind the body, runs in place', async ({
  page,
  site,
  context,
}) => {
  await comeBack(context, site)
  const own = (name: string) => `<script>run("${name}")</script>`
  const head = `</head>\n${marked('src="/s/between.js"')}${own('own')}`
  const add = '<script>document.documentElement.append(document.createElement("i"))</script>'
  const body = `${add}${marked('src="/s/last.js"')}${own('end')}`
  await page.goto(site.page({ head, body }))
  await expect.poll(() => ran(page)).toEqual(['between', 'own', 'last', 'end'])
})

test('a template that is the last thing on the page is put in place', async ({ page, site }) => {
  await page.goto(site.page({ body: '<template data-consent="functional"><p id="inside">Map</p></template>' }))
  await accept(page)
  await expect(page.locator('#inside')).toHaveCount(1)
})

test('a choice while the page is parsed starts no deferred script before its end', async ({ page, site }) => {
  const letGo = await keepBack(page, '/s/own.js')
  const head = '<script>document.addEventListener("crumbgate:change", () => run("choice"))</script>'
  const body = `${marked('defer src="/s/deferred.js"')}<script>crumbgate.accept()</script><script src="/s/own.js"></script>`
  await page.goto(site.page({ head, body }), { waitUntil: 'commit' })
  await expect.poll(() => page.evaluate('window.ran ?? []')).toEqual(['choice'])
  await expect.poll(() => site.requests).toContain('/s/deferred.js')
  await page.evaluate(everybodysTurn)
  expect(await ran(page)).toEqual(['choice'])
  letGo()
  await expect.poll(() => ran(page)).toEqual(['choice', 'own', 'deferred'])
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

test('on a returning visit deferred scripts keep their order, whoever had to wait', async ({ page, site, context }) => {
  await comeBack(context, site)
  // Nothing is left to the parser while another one is waited for.
  const inner = quoted(marked('src="/s/inner.js"'))
  const add = `const box = document.createElement('div'); box.innerHTML = ${inner}; document.body.append(box)`
  const body = [
    marked('nomodule src="/s/old.js"'),
    marked('defer src="/s/first.js?ms=300"'),
    `<script>${add}</script>`,
    marked('defer src="/s/second.js"'),
    '<script src="/s/own.js"></script>',
    marked('defer src="/s/third.js"'),
  ].join('')
  await page.route('**/s/own.js', async (route) => {
    await expect.poll(() => ran(page)).toContain('inner')
    await route.continue()
  })
  await page.goto(site.page({ body }))
  await expect.poll(() => ran(page)).toEqual(['inner', 'own', 'first', 'second', 'third'])
})

for (const visit of ['after a click', 'on a returning visit']) {
  test(`what a script leaves to a microtask is done before the next script, ${visit}`, async ({
    page,
    site,
    context,
  }) => {
    if (visit !== 'after a click') await comeBack(context, site)
    const chain = 'Promise.resolve().then(() => run("micro")).then(() => run("again"))'
    await page.goto(site.page({ body: marked('', `${chain}; run("a")`) + marked('', 'run("b")') }))
    if (visit === 'after a click') await accept(page)
    await expect.poll(() => ran(page)).toEqual(['a', 'micro', 'again', 'b'])
  })
}

test('a choice while the page is parsed: a deferred script that ends the page waits for the blocking ones', async ({
  page,
  site,
}) => {
  const [letSlowGo, letOwnGo] = [await keepBack(page, '/s/slow.js'), await keepBack(page, '/s/own.js')]
  const body = [
    marked('id="slow" src="/s/slow.js"'),
    '<script>crumbgate.accept()</script><script src="/s/own.js"></script>',
    marked('defer src="/s/deferred.js"'),
  ]
  await page.goto(site.page({ body: body.join('') }), { waitUntil: 'commit' })
  await expect.poll(() => page.evaluate('window.slow?.type')).toBe('')
  letOwnGo()
  await expect.poll(() => page.evaluate('document.readyState')).toBe('interactive')
  // Time for one that has started too early.
  await page.evaluate('fetch("/s/deferred.js").then(() => {})')
  await page.evaluate(everybodysTurn)
  letSlowGo()
  await expect.poll(() => ran(page)).toEqual(['own', 'slow', 'deferred'])
})

test('on a returning visit what a template defers waits for what is deferred before it, whatever runs in between', async ({
  page,
  site,
  context,
}) => {
  await comeBack(context, site)
  const template =
    '<template data-consent="marketing"><script>run("inline")</script><script defer src="/s/inner.js"></script></template><p></p>'
  await page.goto(site.page({ body: marked('defer src="/s/deferred.js?ms=200"') + template }))
  await expect.poll(() => ran(page)).toEqual(['inline', 'deferred', 'inner'])
})

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
