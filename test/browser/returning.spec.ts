import { accept, comeBack, expect, marked, quoted, ran, test } from './site'

// A visitor who has chosen before: what is allowed runs while the page is parsed.

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

test('a returning visitor who withdraws what has run gets the page afresh', async ({ page, site, context }) => {
  await comeBack(context, site)
  await page.goto(site.page({ body: marked('', 'run("a")') }))
  expect(await ran(page)).toEqual(['a'])
  const reload = page.waitForEvent('load')
  await page.evaluate('crumbgate.withdraw()')
  await reload
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

test('on a returning visit a blocking script blocks, also after an async one', async ({ page, site, context }) => {
  await comeBack(context, site)
  const tags = marked('async src="/s/async.js"') + marked('src="/s/blocking.js?ms=50"')
  await page.goto(site.page({ body: `${tags}<script>run('own')</script>` }))
  expect((await ran(page)).filter((name) => name !== 'async')).toEqual(['blocking', 'own'])
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
