import { cookieFor } from '../../src/testing'
import { accept, comeBack, expect, marked, part, ran, test } from './site'

// What a tag may say, what it is taken for, and what its owner is told of it.

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

test('speculation rules get their type back and work', async ({ page, site, browserName }) => {
  test.skip(browserName === 'firefox', 'Firefox has none')
  const rules = `{ "prefetch": [{ "urls": ["${site.page({ tag: '' }, '/ahead')}"], "eagerness": "immediate" }] }`
  await page.goto(site.page({ body: marked('data-type="speculationrules"', rules) }))
  await accept(page)
  await expect.poll(() => site.requests).toContain('/ahead')
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

test('of a long tag a message shows the beginning', async ({ page, site, messages }) => {
  await page.goto(site.page({ body: marked('id="long"', 'x'.repeat(1000), 'markting') }))
  await expect.poll(() => messages).toHaveLength(1)
  expect(messages[0]).toContain('id="long"')
  expect(messages[0]).not.toContain('x'.repeat(200))
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
