import { compare } from '../browser/compare'
import { BANNER, test as base, config, expect, marked, PREFERENCES, part } from '../browser/site'
import { KEYS, startWebKit, whyNoWebKit } from './webdriver.mjs'

// The main job in WebKitGTK, which has no driver in Playwright.
const test = base.extend<object, { webkit: Awaited<ReturnType<typeof startWebKit>> }>({
  webkit: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names out of the pattern
    async ({}, use) => {
      const webkit = await startWebKit()
      await use(webkit)
      await webkit.close()
    },
    { scope: 'worker' },
  ],
})

test.skip(whyNoWebKit() !== undefined, `${whyNoWebKit()}`)
test.beforeEach(async ({ webkit, site }) => {
  await webkit.visit(site.page({ tag: '' }))
  await webkit.forgetCookies()
})

const isShown = (selector: string) =>
  `!!document.querySelector(${JSON.stringify(selector)})?.getClientRects().length && getComputedStyle(document.querySelector(${JSON.stringify(selector)})).opacity === "1"`

test('marked scripts and frames wait for the choice, run in order, and again on the next visit', async ({
  webkit,
  site,
}) => {
  const body = [
    marked('src="/s/first.js?ms=60"'),
    marked('', 'run("needs-first:" + ran.includes("first"))'),
    marked('defer src="/s/deferred.js"'),
    marked('data-type="module"', 'run("module")'),
    marked('', 'run("inline")'),
    '<iframe data-consent="marketing" data-src="/frame/film" title="Film"></iframe>',
  ].join('')
  const address = site.page({ body })
  await webkit.visit(address)
  await expect.poll(() => webkit.evaluate(isShown(BANNER))).toBe(true)
  expect(await webkit.evaluate('ran')).toEqual([])
  await webkit.click(`${BANNER} ${part('accept')}`)
  const all = ['first', 'needs-first:true', 'inline', 'deferred', 'module']
  await expect.poll(() => webkit.evaluate('ran')).toEqual(all)
  await expect
    .poll(() => webkit.evaluate('document.querySelector("iframe").contentWindow.location.pathname'))
    .toBe('/frame/film')
  await webkit.visit(address)
  await expect.poll(() => webkit.evaluate('ran')).toEqual(all)
  expect(await webkit.evaluate(isShown(BANNER))).toBe(false)
  // What was withdrawn does not come back.
  await webkit.evaluate('crumbgate.withdraw()')
  await expect.poll(() => webkit.evaluate('crumbgate.choice?.method + ran.length').catch(() => '')).toBe('reject0')
})

test('the dialog by keyboard', async ({ webkit, site }) => {
  await webkit.visit(site.page({ body: '<a href="/x">Link</a>', tag: config({ policy: '/privacy' }) }))
  await expect.poll(() => webkit.evaluate(isShown(BANNER))).toBe(true)
  const focused = () => webkit.evaluate('document.activeElement.dataset.crumb ?? document.activeElement.tagName')
  expect(await focused()).toBe('BODY')
  const seen = []
  for (let index = 0; index < 4; index += 1) {
    await webkit.press(KEYS.Tab)
    seen.push(await focused())
  }
  expect(seen).toEqual(expect.arrayContaining(['reject', 'accept', 'settings']))
  await webkit.evaluate(`document.querySelector('${part('settings')}').focus()`)
  await webkit.press(KEYS.Enter)
  await expect.poll(() => webkit.evaluate(isShown(PREFERENCES))).toBe(true)
  // Escape is no choice, and leads back.
  await webkit.press(KEYS.Escape)
  await expect.poll(() => webkit.evaluate(isShown(BANNER))).toBe(true)
  expect(await webkit.evaluate('crumbgate.choice')).toBe(null)
  await webkit.evaluate('crumbgate.open()')
  await expect.poll(() => webkit.evaluate(isShown(PREFERENCES))).toBe(true)
  await webkit.evaluate(`document.querySelector('${PREFERENCES} input[name=marketing]').focus()`)
  await webkit.press(KEYS.Space)
  await webkit.evaluate(`document.querySelector('${PREFERENCES} ${part('save')}').focus()`)
  await webkit.press(KEYS.Enter)
  await expect.poll(() => webkit.evaluate('crumbgate.choice?.granted')).toEqual(['marketing'])
  expect(await webkit.evaluate(isShown(BANNER))).toBe(false)
})

test('nothing violates a strict content security policy, also with Trusted Types', async ({ webkit, site }) => {
  const nonce = 'abc123'
  const policy = `default-src 'self'; script-src 'nonce-${nonce}'; style-src 'self'; require-trusted-types-for 'script'`
  const tag = `<script nonce="${nonce}">window.violations = []; document.addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective + event.blockedURI))</script><script nonce="${nonce}" src="/dist/crumbgate.js"></script>`
  const held = `<script type="text/plain" data-consent="marketing" nonce="${nonce}">run('held')</script>`
  await webkit.visit(site.page({ tag, body: held, headers: { 'Content-Security-Policy': policy } }))
  await expect.poll(() => webkit.evaluate(isShown(BANNER))).toBe(true)
  await webkit.evaluate('crumbgate.open()')
  await expect.poll(() => webkit.evaluate(isShown(PREFERENCES))).toBe(true)
  await webkit.click(`${PREFERENCES} ${part('accept')}`)
  await expect.poll(() => webkit.evaluate('ran')).toEqual(['held'])
  expect(await webkit.evaluate('violations')).toEqual([])
})

for (const from of [0, 10, 20]) {
  test(`random pages ${from} to ${from + 9} run as if unmarked`, async ({ webkit, site }) => {
    test.setTimeout(200_000)
    for (let seed = from; seed < from + 10; seed += 1) {
      await test
        .step(`seed ${seed}`, () => compare(webkit, site, seed))
        .catch((error) => {
          throw new Error(`seed ${seed}\n${error.message}`)
        })
    }
  })
}
