import { trust } from './trust'

/** How the browser would have treated the script, had it not been held. */
export type Lane =
  /** Runs where it stands, before anything after it. */
  | 'blocking'
  /** Runs in document order once the page is parsed. */
  | 'deferred'
  /** Runs as soon as it is there. */
  | 'async'
  /** Import maps, speculation rules and data: nothing to wait for. */
  | 'inert'

const HELD = 'text/plain'

const typeOf = (script: Element, name: string) => (script.getAttribute(name) ?? '').trim().toLowerCase()

// https://mimesniff.spec.whatwg.org/#javascript-mime-type
const isClassic = (type: string) =>
  /^((application|text)\/(x-)?(java|ecma)script|text\/(javascript1\.[0-5]|jscript|livescript)|)$/.test(type)

/** Whether the tag is marked and inert. */
export const isHeld = (script: HTMLScriptElement) => typeOf(script, 'type') === HELD

/** Whether the browser runs a script of this type. */
export const isExecutable = (script: HTMLScriptElement) =>
  typeOf(script, 'type') === 'module' || isClassic(typeOf(script, 'type'))

/** The type that it has for the browser once it is let go. */
const realTypeOf = (script: HTMLScriptElement) => typeOf(script, isHeld(script) ? 'data-type' : 'type')

export const isModule = (script: HTMLScriptElement) => realTypeOf(script) === 'module'

export const isExternal = (script: HTMLScriptElement) => script.hasAttribute('src')

/** Which lane the script belongs to once its real type is back. */
export function laneOf(script: HTMLScriptElement): Lane {
  const module = isModule(script)
  // A browser that knows modules ignores `nomodule`, so there is nothing to wait for.
  if (!module && (script.noModule || !isClassic(realTypeOf(script)))) return 'inert'
  if (!module && !isExternal(script)) return 'blocking'
  if (script.hasAttribute('async')) return 'async'
  return module || script.defer ? 'deferred' : 'blocking'
}

/** Make a script wait for the same as another tag, in the way in which an owner would have marked it. */
export function hold(script: HTMLScriptElement, like: Element): void {
  const type = script.getAttribute('type')
  if (type !== null) script.setAttribute('data-type', type)
  for (const name of ['data-consent', 'data-service']) {
    const value = like.getAttribute(name)
    if (value !== null) script.setAttribute(name, value)
  }
  script.type = HELD
}

/** Give the script the type that it would have had. Does not start it. */
export function restoreType(script: HTMLScriptElement): void {
  // Empty rather than removed, for the same place among the attributes: Turbo compares the tags of two pages as texts.
  script.type = script.getAttribute('data-type') ?? ''
}

/**
 * Mark a script that has started as held again. Copies of the page that frameworks keep (Turbo's cache, htmx's history)
 * then hold a tag that asks for a choice, and what compares tags with the server's finds no difference. Data blocks and
 * maps keep their type, by which the page finds them.
 */
export function remark(script: HTMLScriptElement): void {
  if (script.hasAttribute('data-consent') && laneOf(script) !== 'inert') script.type = HELD
}

// Through the prototype: <img name=currentScript> hides the property behind the element.
const current =
  typeof document === 'undefined' ? undefined : Object.getOwnPropertyDescriptor(Document.prototype, 'currentScript')

/** The classic script that is being run. */
export function runningScript(document: Document): Element | undefined {
  const script: unknown = current?.get?.call(document)
  return script instanceof Element ? script : undefined
}

const ends = new WeakMap<object, () => void>()

/** Resolves when an external script has run or failed. */
export const ended = (script: HTMLScriptElement) =>
  new Promise<void>((resolve) => {
    ends.set(script, resolve)
    for (const type of ['load', 'error']) script.addEventListener(type, () => resolve(), { once: true })
  })

/** A script has failed; for pages that keep the event from it. */
export const settle = (target: EventTarget | null) => target && ends.get(target)?.()

/**
 * A copy that the browser will run. Needed for tags born of `innerHTML`, which it never runs:
 * https://html.spec.whatwg.org/#already-started
 */
export function copyOf(script: HTMLScriptElement): HTMLScriptElement {
  const copy = script.ownerDocument.createElement('script')
  for (const { name, value } of script.attributes) {
    copy.setAttribute(name, name === 'src' ? trust().createScriptURL(value) : value)
  }
  // The attribute reads empty once a content security policy is active.
  copy.nonce = script.nonce
  copy.text = trust().createScript(script.text)
  return copy
}

/**
 * Give a script its type back and start it, where it stands: the same element if it can be, so that its identity, its
 * listeners and Trusted Types are kept.
 * @param live the script itself, or a copy that runs in its place
 * @param ordered wait for those that were started so before it
 * @returns resolves when it has run; `undefined` if that is now, or cannot be told
 */
export function start(
  script: HTMLScriptElement,
  live: HTMLScriptElement,
  ordered?: boolean,
): Promise<void> | undefined {
  const runs = laneOf(script) !== 'inert'
  if (isHeld(live)) restoreType(live)
  // https://html.spec.whatwg.org/#dom-script-async: without this an inserted script does not wait for its turn.
  if (ordered) live.async = false
  const isCopy = live !== script && script.hasAttribute('data-consent')
  const leave = () => {
    remark(live)
    if (isCopy) live.removeAttribute('data-consent')
  }
  if (isCopy) {
    for (const type of ['load', 'error']) {
      // Whoever made the script listens to the original.
      live.removeAttribute(`on${type}`)
      live.addEventListener(type, () => script.dispatchEvent(new Event(type)))
    }
  }
  // After those listeners: what comes next in the page comes after them too.
  const end = runs && isExternal(script) ? ended(live).then(leave) : undefined
  // A copy stands beside a marked original, which belongs to whoever made it: React fails when it misses one. What
  // replaces itself is put in again, and starts.
  if (isCopy) script.after(live)
  else script.replaceWith(live)
  if (!end) leave()
  return end
}

/**
 * Fetch a script ahead of its turn, as the browser's own preload scanner does.
 * @returns undoes it, once the script has run
 */
export function preload(script: HTMLScriptElement): () => void {
  const { ownerDocument } = script
  const link = ownerDocument.createElement('link')
  link.rel = 'preload'
  link.as = 'script'
  for (const name of ['crossorigin', 'integrity', 'referrerpolicy', 'fetchpriority']) {
    const value = script.getAttribute(name)
    if (value !== null) link.setAttribute(name, value)
  }
  link.nonce = script.nonce
  link.href = script.src
  ownerDocument.head?.append(link)
  return () => link.remove()
}
