import type { Service } from '../../types'
import { EMBEDS, faultOf, isLoaded, isSealed, isWaiting, loadEmbed, seal, unloadEmbed, unseal } from './embeds'
import type { Tags } from './tags'
import { createTemplates, eagerIn } from './templates'

/** Embeds and templates: loads what the choice allows, and takes back what it does not. */
export interface Contents {
  /** Bring an element in line with the choice. Scripts are left alone. */
  update(element: Element): void
  /** The same for the whole page, on a new choice: what was loaded for now goes. */
  renew(): void
  /** Load a held frame for now. */
  loadOnce(frame: HTMLIFrameElement): void
  /** Listen to the page; again after it was written anew. */
  listen(): void
  stop(): void
}

export interface ContentsOptions {
  readonly document: Document
  readonly window: Window
  readonly tags: Tags
  /** What has been let go on this page. */
  readonly ledger: WeakSet<Element>
  /** Every marked element of the page, in document order. */
  all(): Iterable<Element>
  /** Whether the parser may still be in a template; it is asked for again when that is over. */
  waits(template: HTMLTemplateElement): boolean
  /** A template has put a script into the page. */
  found(script: HTMLScriptElement, isStillborn: boolean): void
  /** A frame waits for these categories, or this service of one of them; told again when it has become empty. */
  hold(frame: HTMLIFrameElement, categories: readonly string[], service: Service | undefined): void
}

const isHeldFrame = (element: EventTarget | null): element is HTMLIFrameElement =>
  element instanceof HTMLIFrameElement && element.hasAttribute('data-consent') && isWaiting(element)

function whenIdle(window: Window, act: () => void): void {
  try {
    window.requestIdleCallback(act)
  } catch {
    // Safari has no idle time.
    setTimeout(act, 200)
  }
}

export function createContents({ document, window, tags, ledger, all, waits, found, hold }: ContentsOptions): Contents {
  const { meets, conditionOf, complain, attempt } = tags
  const templates = createTemplates(document)
  /** Embeds that the visitor has loaded for now. */
  let once = new WeakSet<Element>()
  /** Embeds of a page that Turbo is about to keep a copy of. */
  let leaving = new WeakSet<Element>()

  let isOver = false

  /** Has a held frame filled. What is put into it costs a page of its own. */
  function fill(element: Element): void {
    if (isOver || !isHeldFrame(element) || leaving.has(element)) return
    const condition = conditionOf(element)
    const [names = []] = condition?.alternatives ?? []
    // Not for a frame that stands in for another one.
    if (!condition || names.some((name) => name.startsWith('!'))) return
    if (isSealed(element)) unseal(element)
    else hold(element, names, condition.service)
  }

  // At once where it can be seen soon.
  const nearby =
    typeof IntersectionObserver === 'function'
      ? new IntersectionObserver(
          (entries) => {
            for (const { isIntersecting, target } of entries) if (isIntersecting) fill(target)
          },
          { rootMargin: '100%' },
        )
      : undefined

  function stayHeld(element: EventTarget | null): void {
    if (!isHeldFrame(element)) return
    // What is watched already is not told of again.
    nearby?.unobserve(element)
    nearby?.observe(element)
    // The others once the page has loaded, for those who do not come by scrolling: screen readers, search, print.
    if (document.readyState === 'complete') whenIdle(window, () => fill(element))
  }

  function updateEmbed(element: Element): void {
    const allowed = !!meets(element) || once.has(element)
    const fault = faultOf(element)
    if (fault) complain(element, fault)
    else if (leaving.has(element)) return
    else if (!allowed && isLoaded(element)) unloadEmbed(element)
    else if (allowed && isWaiting(element)) loadEmbed(element)
    else if (!allowed) stayHeld(element)
  }

  function hide(template: HTMLTemplateElement): void {
    ledger.delete(template)
    templates.hide(template)
  }

  function hideAll(): void {
    for (const element of all()) {
      if (element instanceof HTMLTemplateElement && templates.isShown(element)) hide(element)
    }
  }

  function updateTemplate(template: HTMLTemplateElement): void {
    const allowed = meets(template)
    const isShown = templates.isShown(template)
    // Its content may be incomplete.
    if (waits(template)) return
    for (const element of allowed ? [] : eagerIn(template)) {
      complain(element, 'is fetched by Firefox, although in a template. Mark it too, as it would be outside')
    }
    if (isShown && !allowed) {
      hide(template)
    } else if (!isShown && allowed && !ledger.has(template)) {
      ledger.add(template)
      templates.show(template, found)
    }
  }

  function update(element: Element): void {
    if (element instanceof HTMLScriptElement) return
    attempt(element, () => {
      if (element.matches(EMBEDS)) updateEmbed(element)
      else if (element instanceof HTMLTemplateElement) updateTemplate(element)
      else complain(element, `is not held. Write data-consent on script, template, ${EMBEDS}`)
    })
  }

  /**
   * Turbo keeps a copy of the page for the way back: take out what would load by itself when that is put into the page,
   * whatever is allowed then. https://turbo.hotwired.dev/reference/events
   */
  function empty(): void {
    for (const element of all()) {
      if (!element.matches(EMBEDS) || !isLoaded(element)) continue
      leaving.add(element)
      unloadEmbed(element)
    }
    hideAll()
  }

  /** Fill again what is still in the page after all, such as a permanent player. */
  function refill(): void {
    leaving = new WeakSet()
    for (const element of all()) update(element)
  }

  // What fills a held frame goes whenever the frame is moved.
  const onLoad = ({ target }: Event) => stayHeld(target)

  return {
    update,
    renew() {
      once = new WeakSet()
      refill()
    },
    loadOnce(frame) {
      once.add(frame)
      update(frame)
      frame.focus()
    },
    listen() {
      document.addEventListener('load', onLoad, true)
      document.addEventListener('turbo:before-cache', empty)
      document.addEventListener('turbo:render', refill)
    },
    stop() {
      isOver = true
      nearby?.disconnect()
      document.removeEventListener('load', onLoad, true)
      document.removeEventListener('turbo:before-cache', empty)
      document.removeEventListener('turbo:render', refill)
      for (const element of all()) if (element instanceof HTMLIFrameElement) seal(element)
      hideAll()
    },
  }
}
