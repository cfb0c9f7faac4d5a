import { trust } from './trust'

/** Elements that load something by an attribute. */
export const EMBEDS = 'iframe,img,video,audio,source,embed,object,link'

/** What they load from, each held back as data-… */
export const SOURCES = ['src', 'srcset', 'href', 'srcdoc', 'data']

const held = (element: Element) => SOURCES.filter((name) => element.hasAttribute(`data-${name}`))
const wanted = (element: Element, name: string) => `${element.getAttribute(`data-${name}`)}`
const valuesOf = (element: Element) => held(element).map((name) => [name, wanted(element, name)] as const)

/** What has been loaded, and what stood in the attributes before, such as the address of a preview. */
const loaded = new WeakMap<Element, { values: string; before: Map<string, string | null> }>()

/** Sandboxes of held frames. */
const sandboxes = new WeakMap<HTMLIFrameElement, string>()

/** What keeps an embed from being held or loaded, in words for the owner. */
export function faultOf(element: Element): string | undefined {
  const values = valuesOf(element)
  if (!values.length) {
    const loose = [element, ...element.querySelectorAll('source:not([data-consent])')]
    const name = SOURCES.find((source) => loose.some((one) => one.hasAttribute(source)))
    return name && `has loaded already. Write data-${name} instead of ${name} (data-consent stands on the same tag)`
  }
  // As browsers read it, without the white space and control characters.
  const isScript = values.some(([, value]) => /^javascript:/i.test(value.replace(/[^!-~]/g, '')))
  return isScript ? 'stays blocked: javascript: addresses are never loaded. Use a marked script' : undefined
}

/** Whether it is loaded: by us, or as a copy of one that was. */
export const isLoaded = (element: Element) =>
  loaded.has(element) || valuesOf(element).some(([name, value]) => element.getAttribute(name) === value)

/** Whether there is something to load that is not loaded yet. */
export function isWaiting(element: Element): boolean {
  const values = valuesOf(element)
  return values.length > 0 && (!isLoaded(element) || (loaded.get(element)?.values ?? `${values}`) !== `${values}`)
}

/**
 * Act on an element. A frame starts afresh: to navigate it again would be a step in the visitor's history, and Chromium
 * loads nothing that is set while its parser is putting the frame in.
 */
function renew(element: Element, act: () => void): void {
  const { parentNode, nextSibling } = element
  const isFrame = element instanceof HTMLIFrameElement
  if (isFrame) element.remove()
  try {
    act()
  } finally {
    if (isFrame) parentNode?.insertBefore(element, nextSibling)
  }
  // https://html.spec.whatwg.org/#the-source-element: a changed source has no effect on its own.
  const media = element.localName === 'source' ? element.parentElement : element
  if (media instanceof HTMLMediaElement) media.load()
}

/** Whether what is held in a frame cannot be reached, so that no placeholder can be put in. */
export const isSealed = ({ sandbox }: HTMLIFrameElement) => sandbox.length > 0 && !sandbox.contains('allow-same-origin')

/** Put a frame's sandbox aside while nothing is in it that it has to keep in. */
export function unseal(frame: HTMLIFrameElement): void {
  sandboxes.set(frame, frame.sandbox.value)
  renew(frame, () => frame.removeAttribute('sandbox'))
}

/** Give it back, before anything is loaded. */
export function seal(frame: HTMLIFrameElement): void {
  const sandbox = sandboxes.get(frame)
  if (sandbox !== undefined) frame.setAttribute('sandbox', sandbox)
  sandboxes.delete(frame)
}

/** https://www.w3.org/TR/trusted-types/#require-trusted-types-for-csp-directive: what could run script. */
function trusted(element: Element, name: string, value: string): string {
  if (name === 'srcdoc') return trust().createHTML(value)
  return element.matches('embed,object') ? trust().createScriptURL(value) : value
}

/** Let it load. */
export function loadEmbed(element: Element): void {
  const values = valuesOf(element)
  const before = loaded.get(element)?.before ?? new Map(values.map(([name]) => [name, element.getAttribute(name)]))
  // First, so that nothing is tried again that the browser refuses.
  loaded.set(element, { values: `${values}`, before })
  renew(element, () => {
    if (element instanceof HTMLIFrameElement) seal(element)
    for (const [name, value] of values) element.setAttribute(name, trusted(element, name, value))
  })
}

/** Take it back. */
export function unloadEmbed(element: Element): void {
  const before = loaded.get(element)?.before
  loaded.delete(element)
  renew(element, () => {
    for (const name of new Set([...held(element), ...(before?.keys() ?? [])])) {
      const value = before?.get(name) ?? null
      if (value === null) element.removeAttribute(name)
      else element.setAttribute(name, value)
    }
  })
}
