import { readFile, writeFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { cookieFor } from '../../src/testing'
import { accept, BANNER, config, expect, PREFERENCES, part, TAG, test } from './site'

const HELD = '<script type="text/plain" data-consent="marketing">run("marketing")</script>'

test('pasted as it is, it works without any configuration', { tag: '@everywhere' }, async ({
  page,
  site,
  messages,
}) => {
  await page.goto(site.page({ body: HELD }))
  await expect(page.locator(BANNER)).toBeVisible()
  await page.locator(part('settings')).click()
  await expect(page.getByRole('switch')).toHaveCount(4)
  await page.getByRole('switch', { name: 'Marketing' }).check()
  await page.locator(part('save')).click()
  await expect.poll(() => page.evaluate('ran')).toEqual(['marketing'])
  expect(messages).toEqual([])
})

const OPTIONS = '{ "policy": "/privacy", "revision": 2, "texts": { "title": "Biscuits?" } }'
for (const [way, tag, title] of [
  [
    'data attributes',
    '<script src="/dist/crumbgate.js" data-policy="/privacy" data-revision="2"></script>',
    'We use cookies',
  ],
  ['a JSON block', `<script type="application/json" data-crumbgate>${OPTIONS}</script>${TAG}`, 'Biscuits?'],
  ['window.crumbgateConfig', `<script>window.crumbgateConfig = ${OPTIONS}</script>${TAG}`, 'Biscuits?'],
] as const) {
  test(`it is configured by ${way}`, async ({ page, site, messages }) => {
    await page.goto(site.page({ tag }))
    await expect(page.locator(part('policy'))).toHaveAttribute('href', '/privacy')
    await expect(page.getByRole('dialog', { name: title })).toBeVisible()
    await page.evaluate('crumbgate.reject()')
    expect(await page.evaluate('crumbgate.choice.revision')).toBe(2)
    expect(messages).toEqual([])
  })
}

for (const [place, head, end] of [
  ['defer', '<script defer src="/dist/crumbgate.js"></script>', ''],
  ['async', '<script async src="/dist/crumbgate.js"></script>', ''],
  ['a module', '<script type="module" src="/dist/crumbgate.js"></script>', ''],
  ['the end of the body', '', TAG],
] as const) {
  test(`it may stand as ${place}; tags stay inert meanwhile`, async ({ page, site, context, messages }) => {
    const body = `${HELD}<script type="text/plain" data-consent="marketing" src="/s/file.js?ms=50"></script><script type="text/plain" data-consent="marketing">run("after-file")</script>${end}`
    const address = site.page({ tag: head, body })
    await page.goto(address)
    await expect(page.locator(BANNER)).toBeVisible()
    expect(await page.evaluate('ran')).toEqual([])
    await page.locator(BANNER).locator(part('accept')).click()
    const order = ['marketing', 'file', 'after-file']
    await expect.poll(() => page.evaluate('ran')).toEqual(order)
    await context.clearCookies()
    await context.addCookies([
      { ...cookieFor({ granted: ['functional', 'performance', 'marketing'] }), url: site.origin },
    ])
    await page.goto(address)
    await expect.poll(() => page.evaluate('ran')).toEqual(order)
    expect(messages).toEqual([])
  })
}

test('opened from file:// it says in one message why the choice cannot be kept', async ({
  page,
  messages,
  browserName,
}, testInfo) => {
  test.skip(browserName === 'firefox', 'it keeps the cookies of files')
  const outputPath = (name: string) => testInfo.outputPath(name)
  const path = outputPath('page.html')
  await writeFile(outputPath('crumbgate.js'), await readFile('dist/crumbgate.js'))
  await writeFile(
    path,
    `<!doctype html><html lang="en"><meta charset="utf-8"><script src="crumbgate.js"></script><body><script>window.ran = []</script><script type="text/plain" data-consent="marketing">ran.push("marketing")</script>`,
  )
  await page.goto(pathToFileURL(path).href)
  await page.locator(BANNER).locator(part('accept')).click()
  await expect.poll(() => page.evaluate('ran')).toEqual(['marketing'])
  await page.evaluate('crumbgate.save({ marketing: true })')
  await expect(page.locator(BANNER)).toBeHidden()
  expect(messages).toEqual([expect.stringMatching(/file:\/\/ keeps no cookies.*npx serve/)])
})

test('nothing in the address grants anything or chooses a configuration (SEC 9)', async ({ page, site, messages }) => {
  const body = '<script type="text/plain" data-consent="marketing">run("held")</script>'
  const query = 'crumbgate=accept&consent=granted&marketing=true&data-regime=none&config=https://evil.example/c.json'
  await page.goto(`${site.page({ body })}?${query}#${query}`)
  await expect(page.locator(BANNER)).toBeVisible()
  expect(await page.evaluate('[crumbgate.choice, crumbgate.allows("marketing"), ran]')).toEqual([null, false, []])
  expect(site.requests.filter((path) => /evil|c\.json/.test(path.replace(query, '')))).toEqual([])
  expect(messages).toEqual([])
})

test('what was pushed before it loaded is called, then everything else at once', async ({ page, site, messages }) => {
  await page.goto(
    site.page({
      tag: `<script>
        (window.crumbgate ||= []).push((consent) => run('early:' + consent.allows('marketing')))
        crumbgate.push(() => { throw new Error('theirs') }, () => run('early-2'))
      </script>${TAG}`,
      body: '<script>(window.crumbgate ||= []).push((consent) => run("late:" + (consent.choice === null)))</script>',
    }),
  )
  expect(await page.evaluate('ran')).toEqual(['early:false', 'early-2', 'late:true'])
  expect(messages).toEqual(['uncaught: theirs'])
  await page.evaluate('crumbgate.push("nonsense")')
  await expect.poll(() => messages[1]).toContain('crumbgate.push() wants a function')
})

test('pasted twice, the second one says so and does nothing (SEC 12)', async ({ page, site, messages }) => {
  await page.goto(site.page({ tag: TAG + TAG, body: HELD }))
  await expect(page.locator(BANNER)).toHaveCount(1)
  await page.locator(BANNER).locator(part('accept')).click()
  await expect.poll(() => page.evaluate('ran')).toEqual(['marketing'])
  expect(messages).toEqual([expect.stringContaining('twice')])
})

for (const [what, body, message] of [
  [
    'JSON block',
    '<script type="application/json" data-crumbgate>{"policy":"/privacy"}</script>',
    /JSON block stands after/,
  ],
  ['global', '<script>window.crumbgateConfig = { policy: "/privacy" }</script>', /crumbgateConfig was set after/],
] as const) {
  test(`a ${what} that comes too late is named`, async ({ page, site, messages }) => {
    await page.goto(site.page({ body }))
    expect(messages).toEqual([expect.stringMatching(message)])
  })
}

test('a browser without what the dialog needs gets one message, and tags stay inert', async ({
  page,
  site,
  messages,
}) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(window, 'CSSLayerBlockRule')
  })
  await page.goto(site.page({ body: HELD }))
  expect(messages).toEqual([expect.stringContaining('too old')])
  await expect(page.locator(BANNER)).toHaveCount(0)
  expect(await page.evaluate('ran')).toEqual([])
})

test.describe('a wrong configuration', () => {
  for (const [what, config, message] of [
    ['unknown option', '{"colour":"red"}', /colour: "red"/],
    [
      'unknown category',
      '{"services":{"films":{"category":"films"}}}',
      /services\.films\.category: "films" .*"necessary", "functional"/,
    ],
    ['wrong type', '{"revision":"two"}', /revision: "two" .*Write "revision": 1/],
    ['broken JSON', '{policy:"/privacy"}', /JSON block cannot be read/],
    ['prototype keys', '{"__proto__":{"policy":"/evil"}}', /__proto__/],
    ['several at once', '{"colour":"red","revision":-1}', /colour: "red".*revision: -1/s],
  ] as const) {
    test(`gives one error (${what}); the page works and everything optional stays blocked`, async ({
      page,
      site,
      context,
      messages,
    }) => {
      const tag = `<script type="application/json" data-crumbgate>${config}</script>${TAG}`
      const address = site.page({ tag, body: `${HELD}<script>run("own")</script>` })
      await page.goto(address)
      await expect(page.locator(BANNER)).toBeVisible()
      expect(messages).toEqual([expect.stringMatching(message)])
      expect(await page.evaluate('ran')).toEqual(['own'])
      expect(await page.evaluate('({}).policy')).toBeUndefined()
      // An earlier grant does not count while nobody knows what it was for; a choice made now does.
      await context.addCookies([
        { ...cookieFor({ granted: ['functional', 'performance', 'marketing'] }), url: site.origin },
      ])
      await page.goto(address)
      await expect(page.locator(BANNER)).toBeVisible()
      expect(await page.evaluate('ran')).toEqual(['own'])
      await page.locator(BANNER).locator(part('accept')).click()
      await expect.poll(() => page.evaluate('ran')).toEqual(['own', 'marketing'])
    })
  }

  test('does not ask those again who refused', async ({ page, site, context }) => {
    await context.addCookies([{ ...cookieFor(), url: site.origin }])
    await page.goto(site.page({ tag: '<script src="/dist/crumbgate.js" data-colour="red"></script>' }))
    await expect(page.locator(BANNER)).toBeHidden()
    expect(await page.evaluate('crumbgate.needsChoice')).toBe(false)
  })
})

test('a policy that is a part of a page, or found by a query, keeps the banner from no other page', async ({
  page,
  site,
}) => {
  for (const [policy, path, asks] of [
    ['#privacy', '/', true],
    ['/#privacy', '/', true],
    ['/?page_id=3', '/', true],
    ['/?page_id=3', '/?page_id=3&utm=x', false],
    ['/privacy#cookies', '/privacy', false],
    // No address at all.
    ['https://[', '/', true],
  ] as const) {
    site.page({ tag: `<script src="/dist/crumbgate.js" data-policy="${policy}"></script>` }, path.split('?')[0])
    await page.goto(site.origin + path)
    await page.evaluate('new Promise((done) => setTimeout(done))')
    expect(await page.locator(BANNER).isVisible(), `${policy} ${path}`).toBe(asks)
  }
})

test('the banner stays away from the policy page, which can still open the preferences', async ({ page, site }) => {
  const tag = '<script src="/dist/crumbgate.js" data-policy="/privacy/"></script>'
  for (const path of ['/privacy', '/privacy/', '/privacy/index.html']) {
    await page.goto(`${site.page({ tag, body: '<button data-consent-open>Settings</button>' }, path)}?a=b#c`)
    await expect(page.locator(BANNER)).toBeHidden()
    await page.getByText('Settings').click()
    await expect(page.locator(PREFERENCES)).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.locator(PREFERENCES)).toBeHidden()
    await expect(page.locator(BANNER)).toBeHidden()
  }
})

test('the banner stays away with data-auto="off", and comes when asked for', async ({ page, site }) => {
  await page.goto(site.page({ tag: '<script src="/dist/crumbgate.js" data-auto="off"></script>' }))
  expect(await page.evaluate('crumbgate.needsChoice')).toBe(true)
  await expect(page.locator(BANNER)).toBeHidden()
  await page.evaluate('crumbgate.open("banner")')
  await expect(page.locator(BANNER)).toBeVisible()
})

test('the banner stays away from frames of the same site', async ({ page, site }) => {
  const inner = site.page({})
  await page.goto(site.page({ body: `<iframe src="${inner}" title="inner"></iframe>` }))
  await expect(page.locator(BANNER)).toBeVisible()
  await expect(page.frameLocator('iframe').locator('body')).toBeAttached()
  await expect(page.frameLocator('iframe').locator(BANNER)).toHaveCount(0)
})

test('the object, its configuration and a choice are frozen, and what a listener throws stays its own (SEC 11)', async ({
  page,
  site,
  messages,
}) => {
  const tag = config({ services: { films: { category: 'marketing' } } })
  await page.goto(site.page({ tag, body: HELD }))
  await page.evaluate(`
    crumbgate.subscribe(() => { throw new Error('theirs') })
    crumbgate.subscribe((choice) => run(choice.method))
    for (const part of [crumbgate, Object.getPrototypeOf(crumbgate)]) part.allows = part.subscribe = () => true
    crumbgate.reject()`)
  expect(await page.evaluate('crumbgate.allows("marketing")')).toBe(false)
  const open = await page.evaluate(`(() => {
    const { config, choice } = crumbgate
    const { categories, services } = config
    const parts = {
      crumbgate, inner: Object.getPrototypeOf(crumbgate), config, categories, services, choice, granted: choice.granted, denied: choice.denied, chosen: choice.services, signals: choice.signals,
    }
    for (const one of [...categories, ...services]) parts[one.key] = one
    return Object.keys(parts).filter((name) => !Object.isFrozen(parts[name]))
  })()`)
  expect(open).toEqual([])
  await page.evaluate('crumbgate.open("banner")')
  await accept(page)
  await expect.poll(() => page.evaluate('ran')).toEqual(['reject', 'accept', 'marketing'])
  expect(messages).toEqual(['uncaught: theirs', 'uncaught: theirs'])
})

test('where it cannot start, its object does nothing, throws nothing, and the page’s links are links', async ({
  page,
  site,
  messages,
}) => {
  const without = (name: string) =>
    site.page({
      tag: `<script>window.${name} = undefined</script>${TAG}`,
      body: `${HELD}<a href="#away" data-consent-open>Settings</a>`,
    })
  for (const [name, message] of [
    ['CustomEvent', /broken on this page.* TypeError: There is no CustomEvent\.$/],
    ['queueMicrotask', /broken on this page.* TypeError: queueMicrotask /],
  ] as const) {
    messages.length = 0
    await page.goto(without(name))
    const state = await page.evaluate(`(() => {
      crumbgate.subscribe(() => run('heard'))()
      crumbgate.when('marketing').then(() => run('when'))
      crumbgate.accept()
      const { choice, needsChoice, honoured } = crumbgate
      return [choice, needsChoice, honoured, crumbgate.allows('necessary'), crumbgate.allows('marketing')]
    })()`)
    expect(state, name).toEqual([null, true, null, true, false])
    await page.getByText('Settings').click()
    expect(page.url(), name).toMatch(/#away$/)
    await expect(page.locator(PREFERENCES)).toHaveCount(0)
    expect(await page.evaluate('ran'), name).toEqual([])
    expect(messages, name).toEqual([expect.stringMatching(message)])
  }
})

test('several mistakes are one message, with a line for each', async ({ page, site, messages }) => {
  await page.goto(site.page({ tag: config({ colour: 'red', revision: -1 }) }))
  expect(messages).toEqual([expect.stringMatching(/do not count\.\n- colour: "red" .*\n- revision: -1 .*$/)])
})

test('destroyed as soon as it is there, it says so, and nothing else', async ({ page, site }) => {
  const tag = `<script>
    for (const name of ['ready', 'open', 'destroy']) document.addEventListener('crumbgate:' + name, () => run(name))
    window.crumbgate = [(consent) => consent.destroy()]
  </script>${TAG}`
  await page.goto(site.page({ tag }))
  expect(await page.evaluate('ran')).toEqual(['destroy'])
})

test('who has chosen finds nothing of the dialog in the page', async ({ page, site, context }) => {
  await context.addCookies([{ ...cookieFor(), url: site.origin }])
  const told = '<script>document.addEventListener("crumbgate:ready", () => run("ready"))</script>'
  await page.goto(site.page({ tag: told + TAG }))
  expect(await page.evaluate('ran')).toEqual(['ready'])
  await expect(page.locator('#crumbgate-host')).toHaveCount(0)
})

test('the policy page is known by each of its addresses, and a part of a page is none', async ({ page, site }) => {
  const told = `<script>
    for (const name of ['ready', 'open']) document.addEventListener('crumbgate:' + name, () => run(name))
  </script>`
  for (const [policy, path, events] of [
    ['/privacy/', '/privacy/index.htm', ['ready']],
    ['/privacy', '/privacy.htm', ['ready']],
    ['#privacy', '/shop', ['ready', 'open']],
    [' #privacy', '/shop', ['ready', 'open']],
  ] as const) {
    await page.goto(site.page({ tag: told + config({ policy }) }, path))
    expect(await page.evaluate('ran'), `${policy} ${path}`).toEqual(events)
  }
})

test('where it cannot start, what it has begun is undone: links are hidden again, and functions of vendors gone', async ({
  page,
  site,
  messages,
}) => {
  const body = '<button data-consent-open="opt-out" hidden>Do not sell</button>'
  const tag = `<script src="/dist/crumb-signals.js"></script><script>delete window.MutationObserver</script>${config({ regime: 'opt-out', signals: ['meta'] })}`
  await page.goto(site.page({ tag, body }))
  await expect.poll(() => messages).toEqual([expect.stringMatching(/broken on this page/)])
  await expect(page.getByRole('button', { includeHidden: true })).toBeHidden()
  expect(await page.evaluate('"fbq" in window')).toBe(false)
})
