import { advice, categoryOf, serviceOf } from '../categories'
import type { Compat, Config } from '../types'
import type { Dialect, Mark } from './dialect'

export { cookiebot } from './cookiebot'
export type { CompatOptions, Dialect, Mark } from './dialect'
export { klaro } from './klaro'
export { oneTrust } from './onetrust'
export { vanillaCookieConsent } from './vanilla-cookieconsent'

const HELD = 'text/plain'

const word = (text: string) => text.replace(/^!/, '')
const isNot = (text: string) => text.startsWith('!')

/** What a tag waits for, in our words; or what nothing explains, after where it is to be explained. */
function meaningOf(
  { categories, service: named }: Mark,
  { options }: Dialect,
  config: Config,
): { consent: string[]; service: string | undefined } | ['categories' | 'services', string, string | undefined] {
  // Where the service has to be refused, so has what it belongs to.
  const signed = (category: string, name: string) => (isNot(name) || isNot(named ?? '') ? '!' : '') + category
  const key = named ? serviceOf(word(named), config, options.services) : undefined
  const ours = config.services.find((service) => service.key === key)
  if (named && !ours) {
    // Said to be a category; without categories beside it, it may be called like one.
    const isSaid = !categories || Object.hasOwn(options.services ?? {}, word(named))
    const category = isSaid ? categoryOf(word(named), config, options.services) : undefined
    const sign = categories?.find(isNot) ?? ''
    if (category) return { consent: [signed(category, sign)], service: undefined }
    const [there = ''] = categories ?? []
    return ['services', word(named), categoryOf(word(there), config, options.categories) ?? undefined]
  }
  const consent: string[] = []
  for (const name of categories ?? []) {
    const category = categoryOf(word(name), config, options.categories)
    if (!category) return ['categories', word(name), undefined]
    consent.push(signed(category, name))
  }
  if (ours && !consent.length) consent.push(signed(ours.category, ''))
  return { consent, service: ours?.key }
}

/** Mark a tag in our way too. What it waits for decides the gate. */
function mark(element: Element, dialect: Dialect, config: Config, report: (text: string) => void): void {
  const found = element.hasAttribute('data-consent') ? undefined : dialect.read(element)
  if (!found) return
  const meaning = meaningOf(found, dialect, config)
  if (Array.isArray(meaning)) {
    const [list, name, meant] = meaning
    report(
      `compat: stays blocked, since nothing says what "${name}" is here. ${advice('compat', dialect.name, list, name, config, meant)}: ${element.outerHTML.slice(0, 200)}`,
    )
    return
  }
  const { consent, service } = meaning

  const source = found.source && element.getAttribute(found.source)
  if (source) element.setAttribute('data-src', source)
  if (element instanceof HTMLScriptElement) {
    if (element.type === 'opt-in') element.type = HELD
    const held = element.type === HELD && !element.hasAttribute('src') && element.getAttribute('data-src')
    if (held) element.setAttribute('src', held)
  }
  if (service) element.setAttribute('data-service', service)
  else if (found.service) element.removeAttribute('data-service')
  element.setAttribute('data-consent', consent.join(' '))
}

/**
 * Have tags held and released that are marked for another tool.
 * @param dialects whose marks, such as `klaro()`
 * @returns the value of the option `compat`
 */
export const compatWith =
  (...dialects: readonly Dialect[]): Compat =>
  (config, report) => {
    const reported = new WeakSet<Element>()

    /** Scripts that the parser may be in, and that need another attribute than the mark. */
    let open: Element[] = []
    // Firefox loads nothing by an address that comes while its parser is still in the script.
    const isFirefox = globalThis.CSS?.supports('-moz-appearance:none')
    const isOpen = (element: Element) =>
      isFirefox && document.readyState === 'loading' && element.matches('script[data-src]') && !element.nextSibling

    function look(element: Element): void {
      if (isOpen(element)) {
        open.push(element)
        return
      }
      for (const dialect of dialects) {
        if (!element.matches(dialect.selector)) continue
        try {
          mark(element, dialect, config, (message) => {
            if (!reported.has(element)) report(message)
            reported.add(element)
          })
        } catch (error) {
          // Where Trusted Types are required.
          report(`compat: write src instead of data-src (${error}): ${element.outerHTML.slice(0, 200)}`)
        }
      }
    }

    const selector = dialects.map((dialect) => dialect.selector).join()
    function lookIn(root: Element | Document): void {
      if (root instanceof Element) look(root)
      for (const element of root.querySelectorAll(selector)) look(element)
    }

    function resume(): void {
      const left = open
      open = []
      for (const element of left) look(element)
    }

    // Observers are called in the order in which they began: this one is ahead of the gate's, which finds our mark.
    const observer = new MutationObserver((records) => {
      resume()
      for (const { type, target, addedNodes } of records) {
        if (type === 'attributes' && target instanceof Element) look(target)
        for (const node of addedNodes) if (node instanceof Element) lookIn(node)
      }
    })
    observer.observe(document, {
      childList: true,
      subtree: true,
      attributeFilter: dialects.flatMap(({ attributes }) => attributes),
    })
    lookIn(document)
    document.addEventListener('readystatechange', resume)
    return () => {
      observer.disconnect()
      document.removeEventListener('readystatechange', resume)
    }
  }
