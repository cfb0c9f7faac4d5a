import { categoryOf, serviceOf } from '../categories'
import type { Compat, Config } from '../types'
import type { Dialect } from './dialect'

export { cookiebot } from './cookiebot'
export type { CompatOptions, Dialect, Mark } from './dialect'
export { klaro } from './klaro'
export { oneTrust } from './onetrust'
export { vanillaCookieConsent } from './vanilla-cookieconsent'

const HELD = 'text/plain'

/** Mark a tag in our way too. What it waits for decides the gate. */
function mark(
  element: Element,
  { name, options, read }: Dialect,
  config: Config,
  report: (text: string) => void,
): void {
  const found = element.hasAttribute('data-consent') ? undefined : read(element)
  if (!found) return
  const { service: named } = found
  const service = typeof named === 'string' ? serviceOf(named.replace(/^!/, ''), config, options.services) : undefined
  const ours = config.services.find(({ key }) => key === service)
  const unknown: string[] = []
  // Without categories of its own the service stands for its one.
  const names = found.categories ?? [ours?.category ?? options.services?.[named ?? ''] ?? named ?? '']
  const consent = names.map((name) => {
    const not = name.startsWith('!') ? '!' : ''
    const key = categoryOf(name.slice(not.length), config, options.categories)
    if (!key) unknown.push(name)
    return not + key
  })
  if (unknown.length || !consent.length) {
    const list = found.categories ? 'categories' : 'services'
    report(
      `compat: stays blocked, since nothing says what "${unknown.join('", "')}" is here. Write "compat": { "${name}": { "${list}": { "${unknown[0]}": "marketing" } } }: ${element.outerHTML.slice(0, 200)}`,
    )
    return
  }

  const source = found.source && element.getAttribute(found.source)
  if (source) element.setAttribute('data-src', source)
  if (element instanceof HTMLScriptElement) {
    if (element.type === 'opt-in') element.type = HELD
    const held = element.type === HELD && !element.hasAttribute('src') && element.getAttribute('data-src')
    if (held) element.setAttribute('src', held)
  }
  // One that is not declared here follows its category.
  if (ours && consent.some((word) => word.replace('!', '') === ours.category))
    element.setAttribute('data-service', ours.key)
  else if (typeof named === 'string') element.removeAttribute('data-service')
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

    function look(element: Element): void {
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

    // Observers are called in the order in which they began: this one is ahead of the gate's, which finds our mark.
    const observer = new MutationObserver((records) => {
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
    return () => observer.disconnect()
  }
