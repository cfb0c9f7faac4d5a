import type { Page } from '@playwright/test'
import { BANNER, config, expect, marked, PREFERENCES, part, ran, test } from './site'

// What a browser, an extension or a page may have taken away or broken, one at a time. The page goes on, nothing is allowed
// by mistake, and where the choice, the dialog or the declaration suffers, one message says so.

/** Counts the times at which Crumbgate has met what is broken. */
const COUNT = `window.hits = 0
  const hit = () => { if (/\\/dist\\/crumb/.test(new Error().stack)) hits += 1 }
  const fail = () => { hit(); throw new Error('broken') }`
const gone = (name: string, owner = 'window') =>
  `Object.defineProperty(${owner}, '${name}', { configurable: true, get() { hit() } })`
const throws = (name: string, owner = 'window') =>
  `Object.defineProperty(${owner}, '${name}', { configurable: true, get: fail, set: fail })`
const failing = (name: string, owner = 'window') => `${owner}.${name} = function () { fail() }`

interface Fault {
  script: string
  /** What the owner hears; nothing if left out. */
  says?: readonly RegExp[]
  /** Not used by Crumbgate, and so never met. */
  isUnused?: true
}
const NO_COOKIE = [/^the browser refused the cookie, so the choice holds until this page is left/]
const NOTHING = [/^something that Crumbgate needs is broken on this page, so tagged scripts stay blocked/]
const NO_DIALOG = [/^the dialog cannot be shown, so nothing optional is allowed/]
const NO_TABLE = [/^<crumb-table> cannot be filled/]
const ENGLISH = [/^the texts in "de" cannot be loaded, so they are English/]

const unknown = (trace: string) => [new RegExp(`^could not be deleted: ${trace}: ad \\(not known\\)`)]

/** Where everything works that does not need what is broken. */
const HARMLESS: Record<string, Fault> = {
  'document.cookie throws': { script: throws('cookie', 'Document.prototype'), says: NO_COOKIE },
  'document.cookie is absent': {
    script: `delete Document.prototype.cookie
      const { getOwnPropertyDescriptor } = Object
      Object.getOwnPropertyDescriptor = (owner, name) => (name === 'cookie' && hit(), getOwnPropertyDescriptor(owner, name))`,
    says: NO_COOKIE,
  },
  'localStorage throws': { script: throws('localStorage'), says: unknown('localStorage') },
  'localStorage is absent': { script: gone('localStorage'), says: unknown('localStorage') },
  'localStorage takes nothing': { script: failing('setItem', 'Storage.prototype') },
  'sessionStorage throws': { script: throws('sessionStorage'), says: unknown('sessionStorage') },
  'sessionStorage is absent': { script: gone('sessionStorage'), says: unknown('sessionStorage') },
  'indexedDB throws': { script: throws('indexedDB'), says: unknown('indexedDB') },
  'indexedDB is absent': { script: gone('indexedDB'), says: unknown('indexedDB') },
  'indexedDB lists nothing': { script: failing('databases', 'IDBFactory.prototype'), says: unknown('indexedDB') },
  'caches throw': { script: throws('caches'), says: unknown('caches') },
  'caches are absent': { script: gone('caches') },
  'ResizeObserver is absent': { script: gone('ResizeObserver') },
  'IntersectionObserver is absent': { script: gone('IntersectionObserver') },
  'requestIdleCallback is absent': { script: gone('requestIdleCallback') },
  'requestIdleCallback throws': { script: failing('requestIdleCallback') },
  'BroadcastChannel is absent': { script: gone('BroadcastChannel') },
  'BroadcastChannel throws': { script: failing('BroadcastChannel') },
  'BroadcastChannel posts nothing': { script: failing('postMessage', 'BroadcastChannel.prototype') },
  'getComputedStyle throws': { script: failing('getComputedStyle'), says: [/^the dialog has failed/] },
  'showPopover throws': { script: failing('showPopover', 'HTMLElement.prototype') },
  'showPopover is absent': { script: gone('showPopover', 'HTMLElement.prototype') },
  'CSS is absent': { script: gone('CSS') },
  'fetch is absent': { script: gone('fetch'), says: ENGLISH },
  'fetch throws': { script: failing('fetch'), says: ENGLISH },
  'crypto is absent': { script: gone('crypto') },
  'crypto cannot give random numbers': { script: failing('getRandomValues', 'Crypto.prototype') },
  'crypto.subtle throws': { script: throws('subtle', 'Crypto.prototype') },
  'locks throw': { script: throws('locks', 'Navigator.prototype') },
  'locks are absent': { script: gone('locks', 'Navigator.prototype') },
  'customElements are absent': { script: gone('customElements'), says: NO_TABLE },
  'customElements throw': { script: failing('define', 'CustomElementRegistry.prototype'), says: NO_TABLE },
  'Intl cannot format': {
    script: 'Intl.DateTimeFormat = function () { fail() }',
    says: [...NO_TABLE, /^receipts cannot be shown or sent/],
  },
  'cookieStore is absent': { script: gone('cookieStore'), isUnused: true },
  'structuredClone is absent': { script: gone('structuredClone'), isUnused: true },
  'requestAnimationFrame never calls': { script: 'window.requestAnimationFrame = () => (hit(), 0)' },
  'requestAnimationFrame throws': { script: failing('requestAnimationFrame') },
  'reportError is absent': { script: gone('reportError') },
}

/** Where nobody can be asked, or nothing be let go. */
const GRAVE: Record<string, Fault> = {
  'MutationObserver is absent': { script: gone('MutationObserver'), says: NOTHING },
  'MutationObserver throws': { script: failing('MutationObserver'), says: NOTHING },
  'IntersectionObserver throws': { script: failing('IntersectionObserver'), says: NOTHING },
  'AbortController is absent': { script: gone('AbortController'), says: NOTHING },
  'CustomEvent is absent': { script: gone('CustomEvent'), says: NOTHING },
  'queueMicrotask is absent': { script: gone('queueMicrotask'), says: NOTHING },
  'cookieEnabled throws': { script: throws('cookieEnabled', 'Navigator.prototype'), says: NOTHING },
  'CSS.supports throws': { script: failing('supports', 'CSS'), says: NOTHING },
  'ResizeObserver throws': { script: failing('ResizeObserver'), says: NO_DIALOG },
  'constructed style sheets are refused': {
    script: failing('replaceSync', 'CSSStyleSheet.prototype'),
    says: [...NO_TABLE, ...NO_DIALOG],
  },
  'adoptedStyleSheets cannot be set': {
    script: throws('adoptedStyleSheets', 'Document.prototype'),
    says: [...NO_TABLE, /^the dialog has failed/],
  },
  'matchMedia throws': { script: failing('matchMedia'), says: NO_DIALOG },
  'the languages of the browser throw': {
    script: throws('languages', 'Navigator.prototype'),
    says: [...NO_TABLE, ...NO_DIALOG],
  },
}

const whole = (text: RegExp) => expect.stringMatching(new RegExp(text.source.replace('^', '^crumbgate: ')))

const services = {
  ad: {
    category: 'marketing',
    cookies: ['_ad'],
    localStorage: ['ad'],
    sessionStorage: ['ad'],
    indexedDB: ['ad'],
    caches: ['ad'],
  },
}
/** Uses whatever can be used. */
const PAGE = {
  lang: 'de',
  tag: config({ receipts: '/consent', services, reload: false }),
  body: `${marked('', 'run("held")')}
    <script>run('own'); crumbgate.subscribe(() => { throw new Error('theirs') })</script>
    <iframe title="Film" data-consent="marketing" data-src="/frame/film"></iframe><p style="height: 300vh">text</p>
    <iframe title="Far" data-consent="marketing" data-src="/frame/far"></iframe><crumb-table></crumb-table>`,
}

/** Looks often: it is asked in every line, and the assertions' own pauses would be most of the time. */
const until = (page: Page, test: string) => page.waitForFunction(test, undefined, { polling: 20, timeout: 10_000 })
const isSeen = (layer: string) => `document.querySelector('${layer}')?.getClientRects().length > 0`
const click = (layer: string, name: string) => `document.querySelector('${layer} ${part(name)}').click()`

for (const [name, { script, says = [], isUnused }] of Object.entries(HARMLESS)) {
  test(`${name}: the page goes on, nothing is allowed by mistake`, async ({ page, site, messages }) => {
    await page.route('**/consent', (route) => route.fulfill({ status: 201 }))
    await page.addInitScript({ content: `{ ${COUNT}\n${script} }` })
    await page.goto(site.page(PAGE))
    await until(page, isSeen(BANNER))
    expect(await ran(page)).toEqual(['own'])
    await page.evaluate(click(BANNER, 'settings'))
    await until(page, isSeen(PREFERENCES))
    await page.evaluate(click(PREFERENCES, 'accept'))
    await until(page, 'ran.includes("held") && document.querySelector("iframe").src.endsWith("/frame/film")')
    await until(page, `!(${isSeen(BANNER)})`)
    await page.evaluate('crumbgate.open()')
    await until(page, isSeen(PREFERENCES))
    await page.evaluate(click(PREFERENCES, 'reject'))
    await until(page, '!document.querySelector("iframe").hasAttribute("src")')
    expect(await ran(page)).toEqual(['own', 'held'])
    expect(await page.evaluate('crumbgate.allows("marketing")')).toBe(false)
    await expect.poll(() => page.evaluate('hits > 0'), 'the fault is met').toBe(!isUnused)
    // A subscriber of the page's own: it stops nobody else.
    const told = () => messages.filter((message) => message !== 'uncaught: theirs').sort()
    await expect.poll(told).toEqual(says.map(whole))
  })
}

for (const [name, { script, says = [] }] of Object.entries(GRAVE)) {
  test(`${name}: one message, and nothing is allowed`, async ({ page, site, messages }) => {
    await page.addInitScript({ content: `{ ${COUNT}\n${script} }` })
    await page.goto(site.page(PAGE))
    await expect.poll(() => messages.length).toBeGreaterThan(0)
    await page.evaluate('crumbgate.open()')
    await expect.poll(() => page.evaluate('hits'), 'the fault is met').toBeGreaterThan(0)
    expect(await page.evaluate('crumbgate.allows("marketing")')).toBe(false)
    expect(await ran(page)).toEqual(['own'])
    await expect.poll(() => messages.length).toBe(says.length)
    expect(messages.sort()).toEqual(says.map(whole))
  })
}

for (const [name, script] of [
  ['showModal throws', failing('showModal', 'HTMLDialogElement.prototype')],
  ['showModal is absent', gone('showModal', 'HTMLDialogElement.prototype')],
] as const) {
  test(`${name}: the preferences fail with one message, and the banner can be answered`, async ({
    page,
    site,
    messages,
  }) => {
    await page.addInitScript({ content: `{ ${COUNT}\n${script} }` })
    await page.goto(site.page(PAGE))
    await page.locator(BANNER).locator(part('settings')).click()
    await expect.poll(() => page.evaluate('hits')).toBeGreaterThan(0)
    await expect.poll(() => messages).toEqual([whole(/^the dialog has failed/)])
    expect(await page.evaluate('crumbgate.allows("marketing")')).toBe(false)
    expect(await ran(page)).toEqual(['own'])
    await page.locator(BANNER).locator(part('accept')).click()
    await expect.poll(() => ran(page)).toEqual(['own', 'held'])
  })
}

test('each choice has an id of its own, also where the browser gives no random numbers', async ({ page, site }) => {
  for (const script of ['', failing('getRandomValues', 'Crypto.prototype')]) {
    const tag = `<script>{ ${COUNT}\n${script} }</script>${config({ auto: false })}`
    await page.goto(site.page({ tag }))
    const ids = await page.evaluate<string[]>(
      'Array.from({ length: 20 }, () => (crumbgate.reject(), crumbgate.choice.id))',
    )
    expect(ids.filter((id) => !/^[0-9a-f]{32}$/.test(id))).toEqual([])
    expect(new Set(ids).size).toBe(20)
  }
})

test('a dialog that cannot be shown is told of as closed, once it was to open', async ({ page, site, messages }) => {
  const tag = `<script>
    { ${COUNT}\n${failing('ResizeObserver')} }
    for (const name of ['open', 'close']) document.addEventListener('crumbgate:' + name, ({ detail }) => run(name + ':' + detail.view))
  </script>${config({ auto: false })}`
  const body = '<iframe title="Film" data-consent="marketing" data-src="/frame/film"></iframe>'
  await page.goto(site.page({ tag, body }))
  // For what is said in the frame.
  await expect.poll(() => messages).toEqual(NO_DIALOG.map(whole))
  await page.evaluate('crumbgate.open()')
  await expect.poll(() => ran(page)).toEqual(['open:preferences', 'close:preferences'])
})

test('a dialog that fails after its end, or after its page was written anew, throws nothing into the page', async ({
  page,
  site,
  messages,
}) => {
  const tag = `<script>{ ${COUNT}\n${failing('ResizeObserver')} }</script>${config({ auto: false })}`
  for (const end of ['crumbgate.destroy()', 'document.open(); document.write("<p>Anew"); document.close()']) {
    messages.length = 0
    await page.goto(site.page({ tag }))
    await page.evaluate(`crumbgate.open(); ${end}
      addEventListener('unhandledrejection', ({ reason }) => run(reason.message))
      new Promise((done) => setTimeout(() => setTimeout(done)))`)
    expect(await ran(page), end).toEqual([])
    expect(messages, end).toEqual(NO_DIALOG.map(whole))
  }
})

test('a browser that refuses to say whether the page is in another one: it asks', async ({ page, site, messages }) => {
  await page.goto(site.page({ tag: `<script>{ ${COUNT}\n${throws('frameElement')} }</script>${config({})}` }))
  await expect(page.locator(BANNER)).toBeVisible()
  expect(await page.evaluate('hits > 0')).toBe(true)
  expect(messages).toEqual([])
})
