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

const typeOf = (script: Element, name: string) => (script.getAttribute(name) ?? '').trim().toLowerCase()

// https://mimesniff.spec.whatwg.org/#javascript-mime-type
const isClassic = (type: string) =>
  /^((application|text)\/(x-)?(java|ecma)script|text\/(javascript1\.[0-5]|jscript|livescript)|)$/.test(type)

/** Whether the tag is marked and inert. */
export const isHeld = (script: HTMLScriptElement) => typeOf(script, 'type') === 'text/plain'

/** Whether the browser runs a script of this type. */
export const isExecutable = (script: HTMLScriptElement) =>
  typeOf(script, 'type') === 'module' || isClassic(typeOf(script, 'type'))

export const isModule = (script: HTMLScriptElement) => typeOf(script, 'data-type') === 'module'

export const isExternal = (script: HTMLScriptElement) => script.hasAttribute('src')

/** Which lane the script belongs to once its real type, in `data-type`, is back. */
export function laneOf(script: HTMLScriptElement): Lane {
  const module = isModule(script)
  // A browser that knows modules ignores `nomodule`, so there is nothing to wait for.
  if (!module && (script.noModule || !isClassic(typeOf(script, 'data-type')))) return 'inert'
  if (!module && !isExternal(script)) return 'blocking'
  if (script.hasAttribute('async')) return 'async'
  return module || script.defer ? 'deferred' : 'blocking'
}

/** Give the script the type that it would have had. Does not start it. */
export function restoreType(script: HTMLScriptElement): void {
  const type = script.getAttribute('data-type')
  if (type === null) script.removeAttribute('type')
  else script.type = type
}

/**
 * Give a script its type back and start it, where it stands. The same element, so that its identity, its listeners and
 * Trusted Types are kept.
 */
export function insert(script: HTMLScriptElement, ordered?: boolean): void {
  restoreType(script)
  // https://html.spec.whatwg.org/#dom-script-async: without this an inserted script does not wait for its turn.
  if (ordered) script.async = false
  script.parentNode?.insertBefore(script, script.nextSibling)
}

/** Resolves when an external script has run or failed. */
export const ended = (script: HTMLScriptElement) =>
  new Promise((resolve) => {
    for (const event of ['load', 'error']) script.addEventListener(event, resolve)
  })

/**
 * A copy that the browser will run. Needed for tags born of `innerHTML`, which it never runs
 * (https://html.spec.whatwg.org/#already-started); the copy takes the place of the original.
 */
export function recreate(script: HTMLScriptElement): HTMLScriptElement {
  const copy = script.ownerDocument.createElement('script')
  for (const { name, value } of script.attributes) copy.setAttribute(name, value)
  // The attribute reads empty once a content security policy is active.
  copy.nonce = script.nonce
  copy.text = script.text
  // Inert until its turn, so the exchange starts nothing.
  script.replaceWith(copy)
  return copy
}
