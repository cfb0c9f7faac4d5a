import { trust } from './trust'

/**
 * How scripts were born, which decides what the browser does with them:
 * https://html.spec.whatwg.org/#prepare-the-script-element. It can be told only when a script is first seen.
 */
export interface Births {
  /**
   * Note it for a script that is held.
   * @param isDirect whether it was put into the page on its own, as the parser does; left out if it was there before us
   * @returns where that cannot be told at once: resolves when it is known
   */
  note(script: HTMLScriptElement, isDirect: ((script: Element) => boolean) | undefined): Promise<void> | undefined
  /** Not met before. */
  isNew(script: Element): boolean
  /** Not to be told yet. */
  isUnknown(script: Element): boolean
  /** The parser has left a script that it might have been in. */
  leave(script: HTMLScriptElement): void
  /** Made by another script: the browser would not have kept it in document order. */
  isDynamic(script: Element): boolean
  /** Born of innerHTML: the browser never runs it, so a copy has to. */
  isStillborn(script: Element): boolean
  /** Take it as one of the page, in document order. */
  adopt(script: HTMLScriptElement, isStillborn: boolean): void
  /** It is about to be let go. */
  claim(script: HTMLScriptElement): void
  stop(): void
}

/**
 * Whether the browser takes a script for one that has started, as it does all those born of innerHTML. A copy has started
 * if the script has; one that has not says that its empty address is wrong, and so does one made after it.
 * https://html.spec.whatwg.org/#prepare-the-script-element
 */
function hasStarted(script: HTMLScriptElement): Promise<boolean> {
  const document = script.ownerDocument
  const copy = script.cloneNode()
  return new Promise((resolve) => {
    if (!(copy instanceof HTMLScriptElement)) return resolve(false)
    for (const { name } of [...copy.attributes]) copy.removeAttribute(name)
    const other = document.createElement('script')
    copy.onerror = () => resolve(false)
    other.onerror = () => resolve(true)
    try {
      for (const one of [copy, other]) {
        one.src = trust().createScriptURL('')
        document.documentElement.append(one)
        // The event comes all the same, and the page's listeners do not hear it.
        one.remove()
      }
    } catch {
      // Trusted Types are required, and our policy is not allowed: then the copy that runs cannot be made either, and that is told.
      resolve(true)
    }
  })
}

/** @param isFirefox where scripts born of innerHTML read `async === true`, as if they had been made */
export function createBirths(document: Document, isFirefox: boolean): Births {
  const known = new WeakSet<Element>()
  const unsure = new WeakSet<Element>()
  const dynamic = new WeakSet<Element>()
  const stillborn = new WeakSet<Element>()
  const unknown = new WeakSet<Element>()
  const made = new WeakSet<object>()

  /** What has been let go, as text. */
  const gone = new Set<string>()

  async function tell(script: HTMLScriptElement, isNew: boolean): Promise<void> {
    unknown.add(script)
    const isBorn = await hasStarted(script)
    unknown.delete(script)
    // A clone of one that has run has started too.
    if (isBorn && !gone.has(script.outerHTML)) stillborn.add(script)
    else if (isNew) dynamic.add(script)
  }

  // A script that was made reads `async === true`, one born of innerHTML false. Turbo and others set it to false too:
  // that can only be seen when it happens.
  const owner = HTMLScriptElement.prototype
  const native = Object.getOwnPropertyDescriptor(owner, 'async')
  function set(this: HTMLScriptElement, value: boolean): void {
    made.add(this)
    native?.set?.call(this, value)
  }
  if (native) Object.defineProperty(owner, 'async', { ...native, set })

  return {
    note(script, isDirect) {
      if (known.has(script)) return undefined
      known.add(script)
      const isNew = !!isDirect
      const mayBeParsed = document.readyState === 'loading' && (!isDirect || isDirect(script))
      if (made.has(script)) dynamic.add(script)
      else if (script.hasAttribute('async')) {
        if (isNew && !mayBeParsed) stillborn.add(script)
      } else if (script.async) {
        // Also what the parser has left: it is so only if it is new.
        if (isFirefox && script.isConnected) return tell(script, isNew)
        if (isNew) dynamic.add(script)
      } else if (mayBeParsed) unsure.add(script)
      else stillborn.add(script)
      return undefined
    },
    isNew: (script) => !known.has(script),
    isUnknown: (script) => unknown.has(script),
    leave(script) {
      if (unsure.delete(script) && !script.async) stillborn.add(script)
    },
    isDynamic: (script) => dynamic.has(script),
    isStillborn: (script) => stillborn.has(script),
    adopt(script, isStillborn) {
      known.add(script)
      // A copy runs in any case.
      if (isStillborn || isFirefox) stillborn.add(script)
    },
    claim(script) {
      if (isFirefox) gone.add(script.outerHTML)
    },
    stop() {
      if (native && Object.getOwnPropertyDescriptor(owner, 'async')?.set === set) {
        Object.defineProperty(owner, 'async', native)
      }
    },
  }
}
