import { cookieFor } from '../../src/testing'
import { accept, expect, marked, part, ran, TAG, test } from './site'

const ALL = ['functional', 'performance', 'marketing']

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
    await context.addCookies([{ ...cookieFor({ granted: ALL }), url: site.origin }])
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
  await context.addCookies([{ ...cookieFor({ granted: ALL }), url: site.origin }])
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
    if (isReturning) await context.addCookies([{ ...cookieFor({ granted: ALL }), url: site.origin }])
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
