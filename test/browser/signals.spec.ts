import type { Page } from '@playwright/test'
import { cookieFor } from '../../src/testing'
import { accept, BANNER, comeBack, config, expect, marked, PREFERENCES, part, test } from './site'

// What each vendor is told, read from its real queue (E2E 11).

const SIGNALS = '<script src="/dist/crumb-signals.js"></script>'
const tag = (options: object) => SIGNALS + config(options)

/** What is in a queue: `arguments` as `['arguments', …]`, anything else as it is. */
const queue = (page: Page, name: string) =>
  page.evaluate<unknown[], string>(
    (key) =>
      Array.from(Reflect.get(window, key), (item) =>
        Object.prototype.toString.call(item) === '[object Arguments]' ? ['arguments', ...Object(item)] : item,
      ),
    name,
  )

const TYPES = {
  ad_storage: 'denied',
  ad_user_data: 'denied',
  ad_personalization: 'denied',
  analytics_storage: 'denied',
  functionality_storage: 'denied',
  personalization_storage: 'denied',
  security_storage: 'granted',
}
const GRANTED = Object.fromEntries(Object.keys(TYPES).map((type) => [type, 'granted']))
const DEFAULT = ['arguments', 'consent', 'default', TYPES]
const update = (types: object) => ['arguments', 'consent', 'update', types]

/** The owner's own Google tag, unmarked. */
const GTAG =
  "<script>window.dataLayer = window.dataLayer || []; function gtag() { dataLayer.push(arguments) } gtag('config', 'G-1')</script>"
const CONFIG = ['arguments', 'config', 'G-1']

test.describe('Google Consent Mode', () => {
  test('one default before any tag, of all seven types, then one update for each change (FIELD 68publishers#82)', async ({
    page,
    site,
    messages,
  }) => {
    const body = marked('', 'run("update:" + (dataLayer.at(-1)[1] === "update"))')
    await page.goto(site.page({ tag: tag({ signals: ['google'], reload: false }), head: GTAG, body }))
    expect(await queue(page, 'dataLayer')).toEqual([DEFAULT, CONFIG])
    await accept(page)
    await expect.poll(() => page.evaluate('ran')).toEqual(['update:true'])
    expect(await queue(page, 'dataLayer')).toEqual([DEFAULT, CONFIG, update(GRANTED)])
    await page.evaluate('crumbgate.withdraw()')
    await expect.poll(() => queue(page, 'dataLayer')).toEqual([DEFAULT, CONFIG, update(GRANTED), update(TYPES)])
    await page.evaluate('crumbgate.accept(); crumbgate.save({ marketing: true })')
    const ads = { ad_storage: 'granted', ad_user_data: 'granted', ad_personalization: 'granted' }
    await expect
      .poll(() => queue(page, 'dataLayer'))
      .toEqual([DEFAULT, CONFIG, update(GRANTED), update(TYPES), update({ ...TYPES, ...ads })])
    expect(messages).toEqual([])
  })

  test('on a return visit the update comes at once, before any tag (FIELD FAZ#149)', async ({
    page,
    site,
    context,
  }) => {
    await comeBack(context, site)
    await page.goto(site.page({ tag: tag({ signals: ['google'] }), head: GTAG }))
    expect(await queue(page, 'dataLayer')).toEqual([DEFAULT, update(GRANTED), CONFIG])
  })

  test('what another tab has decided is told here too', async ({ page, site, context }) => {
    const address = site.page({ tag: tag({ signals: 'google' }) })
    await page.goto(address)
    const other = await context.newPage()
    await other.goto(address)
    await accept(other)
    await expect.poll(() => queue(page, 'dataLayer')).toEqual([DEFAULT, update(GRANTED)])
  })

  test('its switches, other types and regions', async ({ page, site, context }) => {
    const google = {
      waitForUpdate: 500,
      urlPassthrough: true,
      adsDataRedaction: true,
      types: { analytics_storage: 'functional' },
      regions: { 'US-CA': ['performance'], US: ['performance', 'functional', 'marketing'] },
      dataLayer: 'layer',
    }
    const address = site.page({ tag: tag({ signals: { google } }) })
    await page.goto(address)
    const there = (types: object, region: string) => [
      'arguments',
      'consent',
      'default',
      { ...types, wait_for_update: 500, region: [region] },
    ]
    const start = [
      ['arguments', 'set', 'url_passthrough', true],
      ['arguments', 'set', 'ads_data_redaction', true],
      ['arguments', 'consent', 'default', { ...TYPES, wait_for_update: 500 }],
    ]
    expect(await queue(page, 'layer')).toEqual([...start, there(TYPES, 'US-CA'), there(GRANTED, 'US')])
    await page.evaluate('crumbgate.save({ functional: true })')
    const functional = {
      ...TYPES,
      analytics_storage: 'granted',
      functionality_storage: 'granted',
      personalization_storage: 'granted',
    }
    await expect.poll(async () => (await queue(page, 'layer')).at(-1)).toEqual(update(functional))
    // A refusal is not opened by Google's idea of the region, nor what may be one.
    await context.addCookies([{ ...cookieFor(), url: site.origin }])
    await page.goto(address)
    expect(await queue(page, 'layer')).toEqual([...start, update(TYPES)])
    await context.addCookies([{ name: 'crumbgate', value: 'garbage', url: site.origin }])
    await page.goto(address)
    expect(await queue(page, 'layer')).toEqual(start)
    await context.clearCookies()
    await page.goto(site.page({ tag: `<meta name="sec-gpc" content="1">${tag({ signals: { google } })}` }))
    expect(await queue(page, 'layer')).toEqual(start)
  })

  test('a service that names the signal decides for its category', async ({ page, site }) => {
    const services = {
      analytics: { category: 'performance', signal: 'google' },
      insights: { category: 'performance', signal: 'google' },
      other: { category: 'performance' },
      ads: { category: 'marketing', signal: 'gtm' },
    }
    await page.goto(site.page({ tag: tag({ signals: ['google'], services }) }))
    await page.evaluate('crumbgate.save({ performance: true, marketing: true }, { analytics: false })')
    await expect
      .poll(async () => (await queue(page, 'dataLayer')).at(-1))
      .toEqual(
        update({
          ...GRANTED,
          analytics_storage: 'denied',
          functionality_storage: 'denied',
          personalization_storage: 'denied',
        }),
      )
    await page.evaluate('crumbgate.save({}, { analytics: true, insights: true })')
    await expect
      .poll(async () => (await queue(page, 'dataLayer')).at(-1))
      .toEqual(update({ ...TYPES, analytics_storage: 'granted' }))
  })

  test('a page that has written a default itself, or starts Crumbgate again, gets no second one', async ({
    page,
    site,
  }) => {
    const own = `<script>window.dataLayer = []; function gtag() { dataLayer.push(arguments) } gtag('consent', 'default', { ad_storage: 'granted' })</script>`
    const event = '<script>window.dataLayer = [["event", "default"]]</script>'
    await page.goto(site.page({ tag: event + tag({ signals: ['google'] }) }))
    expect(await queue(page, 'dataLayer')).toEqual([['event', 'default'], DEFAULT])
    await page.goto(site.page({ tag: own + tag({ signals: ['google'] }) }))
    expect(await queue(page, 'dataLayer')).toEqual([
      ['arguments', 'consent', 'default', { ad_storage: 'granted' }],
      update(TYPES),
    ])
    await page.goto(
      site.page({
        tag: '',
        head: `<script type="module">
          import { createConsent } from '/dist/core.js'
          import { connect, googleConsentMode } from '/dist/signals/index.js'
          createConsent({ signals: connect(googleConsentMode()) }).destroy()
          createConsent({ signals: connect(googleConsentMode()) }).accept()
        </script>`,
      }),
    )
    await expect.poll(() => queue(page, 'dataLayer')).toEqual([DEFAULT, update(TYPES), update(GRANTED)])
  })
})

test('Google Tag Manager gets one event after each update (FIELD K#564)', async ({ page, site, messages }) => {
  const address = site.page({ tag: tag({ signals: ['gtm'] }) })
  await page.goto(address)
  expect(await queue(page, 'dataLayer')).toEqual([DEFAULT])
  await accept(page)
  const event = (granted: boolean) => ({
    event: 'crumbgate_update',
    crumbgate: { necessary: true, functional: granted, performance: granted, marketing: granted },
  })
  await expect.poll(() => queue(page, 'dataLayer')).toEqual([DEFAULT, update(GRANTED), event(true)])
  await page.goto(address)
  expect(await queue(page, 'dataLayer')).toEqual([DEFAULT, update(GRANTED), event(true)])
  await page.evaluate('crumbgate.withdraw()')
  await expect.poll(async () => (await queue(page, 'dataLayer')).slice(3)).toEqual([update(TYPES), event(false)])
  expect(messages).toEqual([])
})

test('Microsoft Advertising: a default, then updates of ad_storage', async ({ page, site }) => {
  const address = site.page({ tag: tag({ signals: ['uet'] }) })
  await page.goto(address)
  const denied = ['consent', 'default', { ad_storage: 'denied' }]
  expect(await queue(page, 'uetq')).toEqual(denied)
  await accept(page)
  const granted = ['consent', 'update', { ad_storage: 'granted' }]
  await expect.poll(() => queue(page, 'uetq')).toEqual([...denied, ...granted])
  await page.goto(address)
  expect(await queue(page, 'uetq')).toEqual([...denied, ...granted])
  const head = `<script type="module">
    import { createConsent } from '/dist/core.js'
    import { connect, microsoftUet } from '/dist/signals/index.js'
    for (const _ of [1, 2]) createConsent({ signals: connect(microsoftUet()) }).destroy()
    window.isOver = true
  </script>`
  await page.context().clearCookies()
  await page.goto(site.page({ tag: '', head }))
  await expect.poll(() => page.evaluate('window.isOver')).toBe(true)
  expect((await queue(page, 'uetq')).filter((item) => item === 'default')).toHaveLength(1)
})

test('Microsoft Clarity itself stores nothing until it is told, and nothing after (real script)', async ({
  page,
  site,
  context,
  messages,
}) => {
  // As its tag does, which loads the script, then starts it.
  const start = `clarity("start", { projectId: "shop", upload: "${site.origin}/collect", track: false, content: true, delay: 100 })`
  const body = `<h1>Shop</h1><script src="/npm/clarity-js/build/clarity.min.js"></script><script>${start}</script>`
  const sent: string[] = []
  await page.route('**/collect', (route) => {
    sent.push(route.request().url())
    return route.fulfill({ status: 200, contentType: 'text/plain', body: '' })
  })
  await page.goto(site.page({ tag: tag({ signals: ['clarity'], reload: false }), body }))
  const names = async () => (await context.cookies()).map(({ name }) => name).sort()
  // Not before it is at work.
  await expect.poll(() => sent.length).toBeGreaterThan(0)
  expect(await names()).toEqual([])
  await accept(page)
  await expect.poll(names).toEqual(['_clck', '_clsk', 'crumbgate'])
  await page.evaluate('crumbgate.withdraw()')
  await expect.poll(names).toEqual(['crumbgate'])
  // It stumbles over its own end now and then, when it is stopped while it sends.
  expect(messages.filter((text) => !text.includes("reading 'sequence'"))).toEqual([])
})

test('Microsoft Clarity, not loaded yet: each state waits in its queue', async ({ page, site }) => {
  await page.goto(site.page({ tag: tag({ signals: ['clarity'] }) }))
  await accept(page)
  const state = (analytics: string, ads: string) => [
    'arguments',
    'consentv2',
    { ad_Storage: ads, analytics_Storage: analytics },
  ]
  await expect
    .poll(() =>
      page.evaluate<unknown[]>(
        'clarity.q.map((item) => [Object.prototype.toString.call(item).slice(8, -1).toLowerCase(), ...item])',
      ),
    )
    .toEqual([state('denied', 'denied'), state('granted', 'granted')])
})

test.describe('Meta pixel', () => {
  // In the manner of its snippet: nothing happens where `fbq` is there already.
  const SNIPPET = `<script>
    if (!window.fbq) {
      const fbq = window.fbq = function () { fbq.callMethod ? fbq.callMethod.apply(fbq, arguments) : fbq.queue.push(arguments) }
      fbq.queue = []
      window.loaded = true
    }
    fbq('init', '1')
    fbq('track', 'PageView')
  </script>`
  const calls = (page: Page) => page.evaluate<unknown[]>('fbq.queue.map((item) => [...item])')
  const OWN = [
    ['init', '1'],
    ['track', 'PageView'],
  ]

  test('its snippet loads, and what we say stands before its own commands', async ({ page, site, messages }) => {
    await page.goto(site.page({ tag: tag({ signals: ['meta'], reload: false }), head: SNIPPET }))
    expect(await page.evaluate('loaded')).toBe(true)
    expect(await calls(page)).toEqual([['consent', 'revoke'], ...OWN])
    await accept(page)
    await expect.poll(() => calls(page)).toEqual([['consent', 'revoke'], ...OWN, ['consent', 'grant']])
    await page.evaluate('crumbgate.withdraw()')
    await expect.poll(async () => (await calls(page)).at(-1)).toEqual(['consent', 'revoke'])
    expect(messages).toEqual([])
  })

  test('held, it is granted when it starts, and revoked with a withdrawal', async ({ page, site }) => {
    const held = SNIPPET.replace('<script>', '<script type="text/plain" data-consent="marketing">')
    await page.goto(site.page({ tag: tag({ signals: ['meta'], reload: false }), body: held }))
    expect(await page.evaluate('typeof fbq')).toBe('undefined')
    await accept(page)
    await expect.poll(() => page.evaluate('typeof fbq')).toBe('function')
    expect(await calls(page)).toEqual([['consent', 'grant'], ...OWN])
    await page.evaluate('crumbgate.withdraw()')
    await expect.poll(async () => (await calls(page)).at(-1)).toEqual(['consent', 'revoke'])
  })
})

test('a pixel that is there already, or is none, gets what it can take, and nothing is thrown into the page', async ({
  page,
  site,
  messages,
}) => {
  const pixel = (value: string) => `<script>window.said = []; window.fbq = ${value}</script>`
  const ready = 'Object.assign((...words) => said.push(words.join()), { callMethod() {}, queue: [] })'
  await page.goto(site.page({ tag: tag({ signals: ['meta'] }), head: pixel(ready) }))
  await expect.poll(() => page.evaluate('said')).toEqual(['consent,revoke'])
  for (const value of ['{}', 'Object.assign(() => {}, { queue: Object.freeze([]) })', '5']) {
    messages.length = 0
    await page.goto(site.page({ tag: tag({ signals: ['meta'] }), head: pixel(value) }))
    await expect
      .poll(() => messages, value)
      .toEqual([expect.stringContaining('crumbgate: the signal "meta" does not work')])
  }
  await page.goto(site.page({ tag: tag({ signals: ['meta'] }) }))
  await page.evaluate('crumbgate.destroy()')
  expect(await page.evaluate('"fbq" in window')).toBe(false)
  // Ended and started again, as by React's StrictMode.
  const head = `<script type="module">
    import { createConsent } from '/dist/core.js'
    import { connect, metaPixel } from '/dist/signals/index.js'
    const signals = connect(metaPixel())
    createConsent({ signals }).destroy()
    createConsent({ signals })
    window.said = []
    window.fbq = ${ready}
  </script>`
  await page.goto(site.page({ tag: '', head }))
  await expect.poll(() => page.evaluate('window.said')).toEqual(['consent,revoke'])
})

test('TikTok pixel: its functions are called where they are there', async ({ page, site }) => {
  const stub = `<script>window.said = []; window.ttq = { push() {} }; for (const name of ['holdConsent', 'grantConsent', 'revokeConsent']) ttq[name] = () => said.push(name)</script>`
  await page.goto(site.page({ tag: stub + tag({ signals: ['tiktok'] }) }))
  await accept(page)
  await expect.poll(() => page.evaluate('said')).toEqual(['holdConsent', 'grantConsent'])
})

test('TikTok pixel: held, then granted or revoked', async ({ page, site }) => {
  const address = site.page({ tag: tag({ signals: ['tiktok'] }) })
  await page.goto(address)
  await accept(page)
  await expect.poll(() => queue(page, 'ttq')).toEqual([['holdConsent'], ['grantConsent']])
  await page.evaluate('crumbgate.withdraw()')
  await expect.poll(() => queue(page, 'ttq')).toEqual([['holdConsent'], ['grantConsent'], ['revokeConsent']])
  await page.goto(address)
  expect(await queue(page, 'ttq')).toEqual([['revokeConsent']])
})

test('Matomo: consent is required, then given or forgotten; for its cookies alone too', async ({
  page,
  site,
  context,
}) => {
  for (const [what, given] of [
    ['Consent', {}],
    ['CookieConsent', { cookiesOnly: true }],
  ] as const) {
    await context.clearCookies()
    const head = '<script>window.told = 0; document.addEventListener("crumbgate:change", () => { told += 1 })</script>'
    const address = site.page({ tag: tag({ signals: { matomo: given } }), head })
    await page.goto(address)
    expect(await queue(page, '_paq')).toEqual([[`require${what}`]])
    await accept(page)
    await expect.poll(() => queue(page, '_paq')).toEqual([[`require${what}`], [`set${what}Given`]])
    await page.evaluate('crumbgate.withdraw()')
    await expect.poll(async () => (await queue(page, '_paq')).at(-1)).toEqual([`forget${what}Given`])
    await page.goto(address)
    expect(await queue(page, '_paq')).toEqual([[`require${what}`]])
    // Nothing to forget, for which it would write a cookie.
    await page.evaluate('crumbgate.save({ functional: true })')
    await expect.poll(() => page.evaluate('told')).toBe(1)
    expect(await queue(page, '_paq')).toEqual([[`require${what}`]])
  }
})

test('a signal of your own, as the README has it, beside one by name', async ({ page, site }) => {
  const own = `<script>
    window.crumbgateConfig = {
      signals: [
        'google',
        {
          name: 'acme',
          apply({ choice, allows }) {
            window.acme = window.acme || []
            acme.push([choice ? choice.method : 'undecided', allows('marketing')])
          },
        },
      ],
    }
  </script>`
  await page.goto(site.page({ tag: `${SIGNALS}${own}<script src="/dist/crumbgate.js"></script>` }))
  expect(await queue(page, 'acme')).toEqual([['undecided', false]])
  expect(await queue(page, 'dataLayer')).toEqual([DEFAULT])
  await accept(page)
  await expect
    .poll(() => queue(page, 'acme'))
    .toEqual([
      ['undecided', false],
      ['accept', true],
    ])
})

test.describe('queues that refuse', () => {
  const body = marked('', 'run("released")')
  test('one message, and the page goes on', async ({ page, site, context, messages }) => {
    for (const [what, spoil, signals, name] of [
      ['frozen', 'window.dataLayer = Object.freeze([])', ['google'], 'dataLayer'],
      ['throws', 'window.dataLayer = { push() { throw new Error("broken") } }', ['google'], 'dataLayer'],
      ['a number', 'window.uetq = 5', ['uet'], 'uetq'],
      ['text', 'window._paq = "text"', ['matomo'], '_paq'],
      ['no function', 'window.clarity = {}', ['clarity'], 'clarity'],
      ['not to be defined', 'Object.defineProperty(window, "fbq", { value: null })', ['meta'], 'fbq'],
    ] as const) {
      messages.length = 0
      await context.clearCookies()
      await page.goto(site.page({ tag: `<script>${spoil}</script>${tag({ signals })}`, body }))
      await accept(page)
      await expect.poll(() => page.evaluate('ran'), what).toEqual(['released'])
      const message = `the signal "${signals[0]}" does not work: look at window.${name}`
      expect(messages, what).toEqual([expect.stringContaining(message)])
    }
  })

  test('an element by the name of the queue is none', async ({ page, site, messages }) => {
    await page.goto(site.page({ tag: `<p id="dataLayer"></p>${tag({ signals: ['google'] })}` }))
    expect(await queue(page, 'dataLayer')).toEqual([DEFAULT])
    expect(messages).toEqual([])
  })

  test('types that are none of Google’s, or name no category, are told of once', async ({ page, site, messages }) => {
    const types = { ad_storage: 'markt', ad_storag: 'marketing', analytics_storage: 'performance' }
    await page.goto(site.page({ tag: tag({ signals: { google: { types } } }) }))
    await page.evaluate('crumbgate.accept(), crumbgate.reject()')
    expect(messages).toEqual([
      expect.stringContaining('google: types: "ad_storage": "markt" is not right. Write'),
      expect.stringContaining('google: types: "ad_storag": "marketing" is not right. Write'),
    ])
  })

  test('two signals for one queue: the first counts, and one message says so', async ({ page, site, messages }) => {
    await page.goto(site.page({ tag: tag({ signals: ['google', 'gtm'] }) }))
    expect(await queue(page, 'dataLayer')).toEqual([DEFAULT])
    expect(messages).toHaveLength(1)
    expect(messages[0]).toContain('write only one of "gtm" and "google"')
  })
})

test('names that are wrong, and their file missing, are told with what to write', async ({ page, site, messages }) => {
  const signals = { google: { waitForUpdat: 5 }, gogle: {}, gpc: { header: 1 } }
  await page.goto(site.page({ tag: tag({ signals }) }))
  expect(messages).toHaveLength(1)
  expect(messages[0]).toContain(
    'signals.google: {"waitForUpdat":5} is not right. Write { } with types (object), waitForUpdate',
  )
  expect(messages[0]).toContain('signals.gogle: there is no such name. Write one of google, gtm, uet, clarity')
  expect(messages[0]).toContain('signals.gpc: {"header":1} is not right')
  messages.length = 0
  await page.goto(site.page({ tag: config({ signals: ['google'], region: 'US', services: ['youtube'] }) }))
  expect(messages).toHaveLength(1)
  for (const file of ['crumb-signals', 'crumb-services']) {
    expect(messages[0]).toContain(`Put <script src="/dist/${file}.js"></script> before the Crumbgate tag`)
  }
  await page.locator(part('settings')).click()
  await expect(page.locator(PREFERENCES)).toBeVisible()
  await expect(page.locator(BANNER)).toBeHidden()
})

test('where it has to ask, that the browser refuses is said on the page only where it stands over an acceptance', async ({
  page,
  site,
}) => {
  await page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { configurable: true, get: () => true })
  })
  await page.goto(site.page({ tag: tag({ signals: ['gpc'], auto: false }) }))
  const said = page.locator(part('reopen'))
  await page.evaluate('crumbgate.open()')
  await expect(page.locator(PREFERENCES)).toBeVisible()
  await page.evaluate('crumbgate.close()')
  await expect(page.locator(PREFERENCES)).toBeHidden()
  await expect(said).toBeHidden()
  expect(await page.evaluate('[crumbgate.choice, crumbgate.honoured]')).toEqual([null, 'gpc'])
  await page.evaluate('crumbgate.reject()')
  await expect(page.locator(part('status'))).not.toBeEmpty()
  await expect(said).toBeHidden()
})
