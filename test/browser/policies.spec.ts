import { createHash } from 'node:crypto'
import { accept, expect, marked, type PageSource, RECORDER, ran, test } from './site'

// Content security policies that strict sites have (PLT 20 to 22): the gate works under each, and nothing is reported.

const sha = (text: string, method = 'sha256') => `${method}-${createHash(method).update(text).digest('base64')}`
const textOf = (tag: string) => />(.*)<\/script>/s.exec(tag)?.[1] ?? ''

const WATCH =
  'window.violations = []; document.addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective + " " + event.blockedURI + " " + event.sample))'

const INLINE = 'run("inline")'
const MODULE = 'run("module")'
const WRITER = 'document.write("<b id=written>written</b>"); run("writer:" + !!document.querySelector("#written"))'
const LAST = 'run("last")'
const IN_ORDER = ['inline', 'file', 'writer:true', 'last', 'deferred', 'module']

const body = (nonce: string, writer = WRITER) => {
  const tag = (attributes: string, text = '') =>
    `<script${nonce} type="text/plain" data-consent="marketing" ${attributes}>${text}</script>`
  return [
    tag('', INLINE),
    tag('src="/s/file.js?ms=30"'),
    tag('', writer),
    tag('defer src="/s/deferred.js"'),
    tag('data-type="module"', MODULE),
    tag('', LAST),
    '<iframe data-consent="marketing" data-src="/frame/x" title="x" width="400" height="300"></iframe>',
  ].join('')
}

const NONCE = ' nonce="abc"'
const OTHERS = "style-src 'self'; base-uri 'none'; object-src 'none'"
const POLICIES: Record<string, { policy: string; nonce: string; writer?: string }> = {
  'a nonce': { policy: `script-src 'nonce-abc'; ${OTHERS}`, nonce: NONCE },
  'a nonce and strict-dynamic': { policy: `script-src 'nonce-abc' 'strict-dynamic'; ${OTHERS}`, nonce: NONCE },
  hashes: {
    policy: `script-src 'self' ${[textOf(RECORDER), WATCH, INLINE, MODULE, WRITER, LAST].map((text) => `'${sha(text)}'`).join(' ')}; ${OTHERS}`,
    nonce: '',
  },
  'Trusted Types without any policy': {
    policy: "require-trusted-types-for 'script'; trusted-types 'none'",
    nonce: '',
    writer: 'run("writer:true")',
  },
}

for (const [name, { policy, nonce, writer }] of Object.entries(POLICIES)) {
  test(`${name}: everything runs, on a first visit and later, and nothing is reported`, { tag: '@everywhere' }, async ({
    page,
    site,
    messages,
  }) => {
    const source: PageSource = {
      tag: `<script${nonce}>${WATCH}</script><script${nonce} src="/dist/crumbgate.js"></script>`,
      body: body(nonce, writer),
      headers: { 'Content-Security-Policy': policy },
    }
    const address = site.page(source)
    await page.goto(address)
    await accept(page)
    await expect.poll(() => ran(page)).toEqual(IN_ORDER)
    await expect(page.locator('iframe')).toHaveAttribute('src', '/frame/x')
    expect(await page.evaluate('violations')).toEqual([])
    await page.reload()
    await expect.poll(() => ran(page)).toEqual(IN_ORDER)
    expect(await page.evaluate('violations')).toEqual([])
    expect(messages).toEqual([])
  })
}

test.describe('where Trusted Types are required', () => {
  const born = `<script type="text/plain" data-consent="marketing">run("born")</script><script type="text/plain" data-consent="marketing" src="/s/born-file.js"></script><iframe data-consent="marketing" data-srcdoc="<p>x" title="x"></iframe>`
  const plugins = `<embed data-consent="marketing" data-src="/frame/e" type="text/html"><object data-consent="marketing" data-data="/frame/o" type="text/html"></object>`
  const page = (names: string, markup = born): PageSource => ({
    tag: `<script>${WATCH}; window.P = trustedTypes.createPolicy('p', { createHTML: (text) => text })</script><script src="/dist/crumbgate.js"></script>`,
    body: `<div id="x"></div><script>x.innerHTML = P.createHTML(${JSON.stringify(markup).replaceAll('</', '<\\/')})</script>`,
    headers: { 'Content-Security-Policy': `require-trusted-types-for 'script'; trusted-types ${names}` },
  })

  // Firefox's driver waits for ever for what is in embed and object.
  const markupIn = (browserName: string) => (browserName === 'firefox' ? born : born + plugins)

  test('one policy of ours is all it takes, and only when it is needed', async ({
    page: tab,
    site,
    messages,
    browserName,
  }) => {
    await tab.goto(site.page(page('p crumbgate', markupIn(browserName))))
    await accept(tab)
    await expect.poll(() => ran(tab)).toEqual(['born', 'born-file'])
    await expect(tab.locator('iframe')).toHaveAttribute('srcdoc', '<p>x')
    if (browserName !== 'firefox') {
      await expect(tab.locator('embed')).toHaveAttribute('src', '/frame/e')
      await expect(tab.locator('object')).toHaveAttribute('data', '/frame/o')
    }
    expect(await tab.evaluate('violations')).toEqual([])
    expect(messages).toEqual([])
  })

  test('without it each tag that needs it is named, and the rest goes on', async ({
    page: tab,
    site,
    messages,
    browserName,
  }) => {
    const source = page('p', markupIn(browserName))
    await tab.goto(
      site.page({
        ...source,
        body: `${source.body}<script type="text/plain" data-consent="marketing">run("rest")</script>`,
      }),
    )
    await accept(tab)
    await expect.poll(() => ran(tab)).toEqual(['rest'])
    expect(messages).toHaveLength(browserName === 'firefox' ? 3 : 5)
    for (const message of messages) expect(message).toMatch(/could not be loaded.*: <(script|iframe|embed|object) /)
  })

  test('document.write takes what it would have taken in time', async ({ page: tab, site, messages }) => {
    const write = [
      'try { document.write("<b>text</b>"); run("laundered") } catch (error) { run(error.name) }',
      'document.write(P.createHTML("<i id=trusted></i><script>run(\\"written\\")</scr" + "ipt>"))',
      'run("end:" + !!document.querySelector("#trusted"))',
    ].join(';')
    const source = page('p crumbgate')
    await tab.goto(
      site.page({
        ...source,
        body: `<script>0</script><script type="text/plain" data-consent="marketing">${write}</script>`,
      }),
    )
    await accept(tab)
    await expect.poll(() => ran(tab)).toEqual(['TypeError', 'written', 'end:true'])
    expect(messages).toEqual([])
  })
})

test('what a script writes needs the nonce too', async ({ page, site, messages }) => {
  const write =
    'document.write("<script>run(\\"without\\")</scr" + "ipt><script nonce=abc>run(\\"with\\")</scr" + "ipt>"); run("end")'
  await page.goto(
    site.page({
      tag: '<script nonce="abc" src="/dist/crumbgate.js"></script>',
      body: `<script nonce="abc" type="text/plain" data-consent="marketing">${write}</script>`,
      headers: { 'Content-Security-Policy': "script-src 'nonce-abc' 'strict-dynamic'" },
    }),
  )
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['with', 'end'])
  expect(messages).toEqual([expect.stringMatching(/stays blocked: its nonce.*without/)])
})

test('integrity is kept and honoured; what does not match holds nobody up', async ({ page, site }) => {
  const tag = (name: string, hash: string) =>
    `<script type="text/plain" data-consent="marketing" src="/s/${name}.js" integrity="${hash}" onerror="run('refused')"></script>`
  const good = sha("run('good')", 'sha384')
  const last = '<script type="text/plain" data-consent="marketing" src="/s/last.js"></script>'
  const address = site.page({ body: tag('first', sha("run('first')")) + tag('good', good) + tag('bad', good) + last })
  await page.goto(address)
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['first', 'good', 'refused', 'last'])
  // Fetched ahead of its turn, and still once.
  expect(site.requests.filter((path) => path === '/s/good.js')).toHaveLength(1)
  await page.reload()
  await expect.poll(() => ran(page)).toEqual(['first', 'good', 'refused', 'last'])
})

test('a module is told the nonce, and then releases only what has it', async ({ page, site, messages }) => {
  const body = `${marked('nonce="abc"', 'run("ours")')}<div id="x"></div><script nonce="abc" type="module">
    import { createConsent } from '/dist/index.js'
    x.innerHTML = ${JSON.stringify(marked('', 'run("injected")')).replaceAll('</', '<\\/')}
    window.consent = createConsent({ nonce: 'abc' })
  </script>`
  const headers = { 'Content-Security-Policy': "script-src 'nonce-abc' 'strict-dynamic'" }
  await page.goto(site.page({ tag: '', body, headers }))
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['ours'])
  expect(messages).toEqual([expect.stringContaining('its nonce is not that of the Crumbgate tag')])
})

test('a file is fetched ahead just as its tag asks for it, and so only once', async ({ page, site, messages }) => {
  const wanted = {
    crossorigin: 'anonymous',
    integrity: sha("run('it')"),
    referrerpolicy: 'no-referrer',
    fetchpriority: 'low',
  }
  const attributes = Object.entries(wanted).map(([name, value]) => `${name}="${value}"`)
  await page.goto(site.page({ body: marked(`src="/s/it.js" ${attributes.join(' ')}`) }))
  await page.evaluate(`window.ahead = []
    new MutationObserver((records) => {
      for (const { addedNodes } of records)
        for (const node of addedNodes)
          if (node.rel === 'preload') ahead.push(${JSON.stringify(Object.keys(wanted))}.map((name) => node.getAttribute(name)))
    }).observe(document.head, { childList: true })`)
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['it'])
  expect(await page.evaluate('ahead')).toEqual([Object.values(wanted)])
  expect(site.requests.filter((path) => path === '/s/it.js')).toHaveLength(1)
  expect(messages).toEqual([])
})
