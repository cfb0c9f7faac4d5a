/** Elements that load something by an attribute. */
export const EMBEDS = 'iframe,img,video,audio,source,embed,object,link'

// What they load from, each held back as data-…
const SOURCES = ['src', 'srcset', 'href', 'srcdoc', 'data']

const held = (element: Element) => SOURCES.filter((name) => element.hasAttribute(`data-${name}`))

/** What keeps an embed from being held or loaded, in words for the owner. */
export function faultOf(element: Element): string | undefined {
  const names = held(element)
  if (!names.length) {
    const name = SOURCES.find((source) => element.hasAttribute(source))
    return name && `has loaded already. Write data-${name} instead of ${name}`
  }
  const isScript = (name: string) =>
    // As browsers read it, without the white space and control characters.
    `${element.getAttribute(`data-${name}`)}`
      .replace(/[^!-~]/g, '')
      .toLowerCase()
      .startsWith('javascript:')
  return names.some(isScript) ? 'stays blocked: javascript: addresses are never loaded. Use a marked script' : undefined
}

function reloadMedia(element: Element): void {
  // https://html.spec.whatwg.org/#the-source-element: a changed source has no effect on its own.
  const media = element.localName === 'source' ? element.parentElement : element
  if (media instanceof HTMLMediaElement) media.load()
}

/** Let it load. */
export function loadEmbed(element: Element): void {
  for (const name of held(element)) element.setAttribute(name, `${element.getAttribute(`data-${name}`)}`)
  reloadMedia(element)
}

/** Take it back. */
export function unloadEmbed(element: Element): void {
  // A frame is replaced: to navigate it a second time would be a step in the visitor's history.
  const isFrame = element instanceof HTMLIFrameElement
  const target = isFrame ? element.ownerDocument.importNode(element, true) : element
  for (const name of held(target)) target.removeAttribute(name)
  if (isFrame) element.replaceWith(target)
  reloadMedia(target)
}
