import { trust } from './trust'

/** Elements that load something by an attribute. */
export const EMBEDS = 'iframe,img,video,audio,source,embed,object,link'

/** What they load from, each held back as data-… */
export const SOURCES = ['src', 'srcset', 'href', 'srcdoc', 'data']

const held = (element: Element) => SOURCES.filter((name) => element.hasAttribute(`data-${name}`))
const wanted = (element: Element, name: string) => `${element.getAttribute(`data-${name}`)}`

/** What stood in an attribute before it was loaded, such as the address of a preview. */
const before = new WeakMap<Element, Map<string, string>>()

/** What keeps an embed from being held or loaded, in words for the owner. */
export function faultOf(element: Element): string | undefined {
  const names = held(element)
  if (!names.length) {
    const loose = [element, ...element.querySelectorAll('source:not([data-consent])')]
    const name = SOURCES.find((source) => loose.some((one) => one.hasAttribute(source)))
    return name && `has loaded already. Write data-${name} instead of ${name} (data-consent stands on the same tag)`
  }
  const isScript = (name: string) =>
    // As browsers read it, without the white space and control characters.
    wanted(element, name)
      .replace(/[^!-~]/g, '')
      .toLowerCase()
      .startsWith('javascript:')
  return names.some(isScript) ? 'stays blocked: javascript: addresses are never loaded. Use a marked script' : undefined
}

/** Whether it is loaded, by whomever. */
export const isLoaded = (element: Element) =>
  held(element).some((name) => element.getAttribute(name) === wanted(element, name))

/** Act on an element; a frame starts afresh, since to navigate it again would be a step in the visitor's history. */
function renew(element: Element, act: () => void): void {
  const { parentNode, nextSibling } = element
  const isFrame = element instanceof HTMLIFrameElement
  if (isFrame) element.remove()
  act()
  if (isFrame) parentNode?.insertBefore(element, nextSibling)
  // https://html.spec.whatwg.org/#the-source-element: a changed source has no effect on its own.
  const media = element.localName === 'source' ? element.parentElement : element
  if (media instanceof HTMLMediaElement) media.load()
}

/** Whether what is held in a frame cannot be reached, so that no placeholder can be put in. */
export const isSealed = ({ sandbox }: HTMLIFrameElement) => sandbox.length > 0 && !sandbox.contains('allow-same-origin')

/** Put a frame's sandbox aside while nothing is in it that it has to keep in. */
export function unseal(frame: HTMLIFrameElement): void {
  renew(frame, () => {
    frame.dataset.sandbox = frame.sandbox.value
    frame.removeAttribute('sandbox')
  })
}

/** Give it back, before anything is loaded. */
export function seal(frame: HTMLIFrameElement): void {
  const { sandbox } = frame.dataset
  if (sandbox === undefined) return
  frame.setAttribute('sandbox', sandbox)
  delete frame.dataset.sandbox
}

/** https://www.w3.org/TR/trusted-types/#require-trusted-types-for-csp-directive: what could run script. */
function trusted(element: Element, name: string, value: string): string {
  if (name === 'srcdoc') return trust().createHTML(value)
  return element.matches('embed,object') ? trust().createScriptURL(value) : value
}

/** Let it load. */
export function loadEmbed(element: Element): void {
  const old = new Map<string, string>()
  before.set(element, old)
  renew(element, () => {
    if (element instanceof HTMLIFrameElement) seal(element)
    for (const name of held(element)) {
      const value = element.getAttribute(name)
      if (value !== null) old.set(name, value)
      const source = wanted(element, name)
      element.setAttribute(name, trusted(element, name, source))
    }
  })
}

/** Take it back. */
export function unloadEmbed(element: Element): void {
  const old = before.get(element)
  renew(element, () => {
    for (const name of held(element)) {
      const value = old?.get(name)
      if (value === undefined) element.removeAttribute(name)
      else element.setAttribute(name, value)
    }
  })
}
