import { findAll } from '../markup/element'

/** Beginning of an element's markup. As long as in the messages on the console. */
export const markupOf = (element: Element) => element.outerHTML.slice(0, 200)

/** What `document.cookie` says. Through the prototype: <form name=cookie> hides the property behind the element. */
export const cookieText = () => `${Reflect.get(Document.prototype, 'cookie', document)}`

/** @returns `undefined` for what is no address of the web */
export function urlOf(address: string | null | undefined): URL | undefined {
  try {
    const url = new URL(address ?? '', document.baseURI)
    return address && /^https?:$/.test(url.protocol) ? url : undefined
  } catch {
    return undefined
  }
}

/**
 * Whether a host is another site's: neither the page's, nor above or below it.
 * @param home the page's own host, or the domain that the site shares its choice with
 */
export function isForeign(host: string, home: string): boolean {
  const site = home.replace(/^www\./, '')
  return host !== site && !host.endsWith(`.${site}`) && !site.endsWith(`.${host}`)
}

/** The script that called whoever took the stack: the second address in it. */
export const callerIn = (stack: string): string | null =>
  [...stack.matchAll(/((?:https?|file):\/\/[^\s()]+?):\d+(?::\d+)?(?=[\s)]|$)/g)][1]?.[1] ?? null

/** Attributes with an address, each also held back as data-… */
const ADDRESSES = ['src', 'href', 'data']

/** Hosts of other sites that a tag asks, itself or by what is in it. */
export function hostsOf(element: Element, home: string): string[] {
  const inner = element instanceof HTMLTemplateElement ? element.content : element
  const all = [element, ...inner.querySelectorAll('*')]
  const addresses = all.flatMap((each) =>
    ADDRESSES.flatMap((name) => [each.getAttribute(`data-${name}`), each.getAttribute(name)]),
  )
  const hosts = addresses.flatMap((address) => urlOf(address)?.hostname ?? [])
  return [...new Set(hosts)].filter((host) => isForeign(host, home))
}

/** Every marked tag of the page. */
export const markedTags = () => findAll('[data-consent]')
