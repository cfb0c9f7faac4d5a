import { accept, BANNER, config, expect, marked, ran, test } from './site'

// What a browser, an extension or a page may have taken away or broken, one at a time. The page goes on, nothing is allowed
// by mistake, and where the choice or the dialog suffers, one message says so.
const gone = (name: string) => `delete window.${name}; Object.defineProperty(window, '${name}', { value: undefined })`
const throws = (owner: string, name: string) =>
  `Object.defineProperty(${owner}, '${name}', { configurable: true, get() { throw new Error('broken') }, set() { throw new Error('broken') } })`
const failing = (owner: string, name: string) => `${owner}.${name} = function () { throw new Error('broken') }`

/** What breaks, how, and whether the banner can still be answered. */
const FAULTS: readonly [name: string, script: string, works: boolean][] = [
  ['document.cookie throws', throws('Document.prototype', 'cookie'), true],
  ['localStorage throws', throws('window', 'localStorage'), true],
  ['sessionStorage throws', throws('window', 'sessionStorage'), true],
  ['indexedDB throws', throws('window', 'indexedDB'), true],
  ['indexedDB is absent', gone('indexedDB'), true],
  ['caches are absent', gone('caches'), true],
  ['MutationObserver is absent', gone('MutationObserver'), false],
  ['ResizeObserver is absent', gone('ResizeObserver'), true],
  ['IntersectionObserver is absent', gone('IntersectionObserver'), true],
  ['requestIdleCallback is absent', gone('requestIdleCallback'), true],
  ['BroadcastChannel is absent', gone('BroadcastChannel'), true],
  ['BroadcastChannel throws', failing('window', 'BroadcastChannel'), true],
  ['cookieStore is absent', gone('cookieStore'), true],
  ['showPopover throws', failing('HTMLElement.prototype', 'showPopover'), true],
  ['showModal throws', failing('HTMLDialogElement.prototype', 'showModal'), true],
  ['adoptedStyleSheets cannot be set', throws('Document.prototype', 'adoptedStyleSheets'), false],
  ['constructed style sheets are refused', failing('CSSStyleSheet.prototype', 'replaceSync'), false],
  ['fetch is absent', gone('fetch'), true],
  ['fetch throws', failing('window', 'fetch'), true],
  ['crypto cannot give random numbers', failing('Crypto.prototype', 'getRandomValues'), true],
  ['crypto.subtle is absent', throws('Crypto.prototype', 'subtle'), true],
  ['locks are absent', throws('Navigator.prototype', 'locks'), true],
  ['customElements are absent', gone('customElements'), true],
  ['requestAnimationFrame never calls', 'window.requestAnimationFrame = () => 0', true],
  ['matchMedia throws', failing('window', 'matchMedia'), false],
  ['structuredClone is absent', gone('structuredClone'), true],
  ['reportError is absent', gone('reportError'), true],
  ['Intl cannot format', 'Intl.DateTimeFormat = function () { throw new Error("broken") }', true],
]

for (const [name, script, works] of FAULTS) {
  test(`${name}: nothing is allowed by mistake, and the page goes on`, async ({ page, site, messages }) => {
    await page.context().route('**/consent', (route) => route.fulfill({ status: 201 }))
    await page.addInitScript({ content: script })
    const tag = config({ receipts: '/consent', services: { ad: { category: 'marketing', indexedDB: ['ad'] } } })
    const body = `${marked('', 'run("held")')}<script>run('own')</script><p>text</p>`
    await page.goto(site.page({ tag, body }))
    expect(await ran(page)).toEqual(['own'])
    if (works) {
      await expect(page.locator(BANNER)).toBeVisible()
      await accept(page)
      await expect.poll(() => ran(page)).toEqual(['own', 'held'])
      await expect(page.locator(BANNER)).toBeHidden()
      // One message for each thing that cannot be done; the next page says it again.
      expect(new Set(messages).size).toBe(messages.length)
      await page.evaluate('crumbgate.reject()')
      await expect.poll(() => page.evaluate('crumbgate.allows("marketing")').catch(() => false)).toBe(false)
    } else {
      await expect.poll(() => messages).toHaveLength(1)
      expect(await page.evaluate('crumbgate.allows("marketing")').catch(() => false)).toBe(false)
      expect(await ran(page)).toEqual(['own'])
    }
    expect(messages.filter((line) => line.startsWith('uncaught'))).toEqual([])
  })
}
