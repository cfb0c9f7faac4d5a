/**
 * How scripts were born, which decides what the browser does with them:
 * https://html.spec.whatwg.org/#prepare-the-script-element. It can be told only when a script is first seen.
 */
export interface Births {
  /**
   * Note it for a script that is held.
   * @param isDirect whether it was put into the page on its own, as the parser does; left out if it was there before us
   */
  note(script: HTMLScriptElement, isDirect: ((script: Element) => boolean) | undefined): void
  /** The parser has left a script that it might have been in. */
  leave(script: HTMLScriptElement): void
  /** Made by another script: the browser would not have kept it in document order. */
  isDynamic(script: Element): boolean
  /** Born of innerHTML: the browser never runs it, so a copy has to. */
  isStillborn(script: Element): boolean
  /** Take it as one of the page, in document order. */
  adopt(script: HTMLScriptElement, isStillborn: boolean): void
  stop(): void
}

export function createBirths(document: Document): Births {
  const known = new WeakSet<Element>()
  const unsure = new WeakSet<Element>()
  const dynamic = new WeakSet<Element>()
  const stillborn = new WeakSet<Element>()
  const made = new WeakSet<object>()

  // A script that was made reads `async === true`, one born of innerHTML false. Turbo and others set it to false too:
  // that can only be seen when it happens.
  const owner = HTMLScriptElement.prototype
  const native = Object.getOwnPropertyDescriptor(owner, 'async')
  function set(this: HTMLScriptElement, value: boolean): void {
    made.add(this)
    native?.set?.call(this, value)
  }
  Object.defineProperty(owner, 'async', { ...native, set })

  return {
    note(script, isDirect) {
      if (known.has(script)) return
      known.add(script)
      const isNew = !!isDirect
      const mayBeParsed = document.readyState === 'loading' && (!isDirect || isDirect(script))
      if (made.has(script)) dynamic.add(script)
      else if (script.hasAttribute('async')) {
        if (isNew && !mayBeParsed) stillborn.add(script)
      } else if (script.async) {
        // Also what the parser has left: it is so only if it is new.
        if (isNew) dynamic.add(script)
      } else if (mayBeParsed) unsure.add(script)
      else stillborn.add(script)
    },
    leave(script) {
      if (unsure.delete(script) && !script.async) stillborn.add(script)
    },
    isDynamic: (script) => dynamic.has(script),
    isStillborn: (script) => stillborn.has(script),
    adopt(script, isStillborn) {
      known.add(script)
      if (isStillborn) stillborn.add(script)
    },
    stop() {
      if (native && Object.getOwnPropertyDescriptor(owner, 'async')?.set === set) {
        Object.defineProperty(owner, 'async', native)
      }
    },
  }
}
