import type { Births } from './births'

/** Where the browser's parser is. */
export interface Parser {
  isParsing(): boolean
  /** Whether it may still be in the element: nothing of the page follows it. */
  isLast(element: Element): boolean
  /** Whether it may still be in a script, so that its text is incomplete, or has not prepared it. */
  isOpen(script: HTMLScriptElement): boolean
}

export function createParser(document: Document, births: Births): Parser {
  const isParsing = () => document.readyState === 'loading'

  function isLast(element: Element): boolean {
    if (!isParsing()) return false
    const { head, body } = document
    for (let node: Node | null = element; node && node !== head && node !== body; node = node.parentNode) {
      if (node.nextSibling) return false
    }
    return !(body && head.contains(element))
  }

  return {
    isParsing,
    isLast,
    isOpen(script) {
      if (!isParsing() || births.isStillborn(script) || births.isDynamic(script)) return false
      // https://html.spec.whatwg.org/#prepare-the-script-element: it reads false until the parser has left it.
      return script.hasAttribute('async') ? isLast(script) : !script.async
    },
  }
}
