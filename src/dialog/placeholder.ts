import { button, h } from '../markup/element'
import { fill, type Wording } from '../markup/wording'
import type { HeldFrame } from '../types'

const PROPERTY = /--crumb-[a-z-]+/g

// Smaller ones are not there to be seen.
const LEAST = 24

function hostOf({ dataset, baseURI }: HTMLIFrameElement): string {
  try {
    return new URL(dataset.src ?? '', baseURI).hostname
  } catch {
    return `${dataset.src}`
  }
}

/**
 * Fill a held frame with what it is, why it is held and two buttons. Inside the frame, which is an empty page of the same
 * site: so it has the frame's size and place whatever the page's rules, and nothing in the page moves or changes.
 *
 * @returns empties it again
 */
export function fillFrame(
  { frame, categories, service, loadOnce, allow }: HeldFrame,
  wording: Wording,
  css: string,
  like: HTMLElement,
): (() => void) | undefined {
  const page = frame.contentDocument
  const view = page?.defaultView
  if (!page?.body || !view || page.body.firstChild) return undefined
  // Its own size, whatever it is scaled to on its way in.
  if (frame.getClientRects().length > 0 && Math.min(frame.offsetWidth, frame.offsetHeight) < LEAST) return undefined
  const { texts } = wording
  const name = service?.title ?? service?.key ?? (frame.title || hostOf(frame))
  const names = categories.map(wording.titleOf).join(', ')
  const sheet = new view.CSSStyleSheet()
  sheet.replaceSync(css)
  page.adoptedStyleSheets = [sheet]
  const host = h(
    'div',
    {
      id: like.id,
      'data-crumb': 'placeholder',
      'data-dark': like.hasAttribute('data-dark'),
      lang: like.lang,
      dir: like.dir,
    },
    h(
      'div',
      { 'data-crumb': 'message' },
      h('h2', {}, ...fill(texts.heldTitle, 'name', name)),
      h('p', {}, ...fill(texts.heldText, 'names', names)),
    ),
    h('div', { 'data-crumb': 'actions' }, button('once', texts.once, loadOnce), button('always', texts.always, allow)),
  )
  // The owner's properties do not reach into a frame by themselves.
  const style = getComputedStyle(frame)
  for (const [property] of css.matchAll(PROPERTY)) host.style.setProperty(property, style.getPropertyValue(property))
  page.documentElement.lang = like.lang
  page.title = frame.title
  page.body.append(host)
  return () => {
    host.remove()
    page.adoptedStyleSheets = []
  }
}
