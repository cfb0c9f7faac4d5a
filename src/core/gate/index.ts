import type { Config } from '../../types'
import { type Answers, type Condition, isMet, readCondition } from './condition'
import { EMBEDS, faultOf, loadEmbed, unloadEmbed } from './embeds'
import { createLanes } from './lanes'
import { insert, isExecutable, isHeld, isModule, laneOf, recreate, restoreType } from './scripts'

/** Holds marked scripts and embeds, and lets them go as the browser would have met them. */
export interface Gate {
  /** Act on a new choice: release what may load now, take embeds back. */
  update(): void
  /** Whether a script has run that the current choice no longer allows. */
  hasRunWithdrawn(): boolean
  stop(): void
}

export interface GateOptions extends Answers {
  readonly document: Document
  readonly config: Config
  /** The nonce of our own script tag: then only tags with the same one are released. */
  readonly nonce: string | undefined
  /** Tell the site owner. */
  report(message: string): void
}

const MARKED = '[data-consent]'

export function createGate(options: GateOptions): Gate {
  const { document, config, nonce, report } = options
  const lanes = createLanes(document)
  /** Scripts that were let go, and embeds that are loaded. */
  const live = new WeakSet<Element>()
  const reported = new WeakSet<Element>()
  /** Scripts made by other scripts: the browser would not have kept them in document order. */
  const dynamic = new WeakSet<Element>()
  /** Scripts born of innerHTML: the browser never runs them, so they are recreated. */
  const stillborn = new WeakSet<Element>()
  /** Scripts that the parser may still be in. */
  const unfinished = new Set<Element>()
  const ran: Condition[] = []
  const isFirefox = CSS.supports('-moz-appearance:none')

  const isParsing = () => document.readyState === 'loading'
  // Through the prototype: <img name=querySelectorAll> hides the method behind the element.
  const all = () => Document.prototype.querySelectorAll.call(document, MARKED)

  /** Whether the parser may still be in the element: nothing of the page follows it. */
  function isLast(element: Element): boolean {
    const { head, body } = document
    for (let node: Node | null = element; node && node !== head && node !== body; node = node.parentNode) {
      if (node.nextSibling) return false
    }
    return isParsing() && !(body && head.contains(element))
  }

  function complain(element: Element, message: string): void {
    if (reported.has(element)) return
    reported.add(element)
    report(`${message}: ${element.outerHTML.slice(0, 200)}`)
  }

  /** The element's condition, if it can be read and holds now; the owner hears of it if it cannot be read. */
  function meets(element: Element): Condition | undefined {
    const condition = readCondition(element, config)
    if (typeof condition !== 'string') return isMet(condition, options) ? condition : undefined
    complain(element, condition)
    return undefined
  }

  /** Note what can be told about a script only when it is first seen. */
  function classify(script: HTMLScriptElement): void {
    // https://html.spec.whatwg.org/#prepare-the-script-element: a script of the parser reads `async === false` until it
    // is prepared, one made by a script reads true, one born of innerHTML reads false for ever.
    const marked = script.hasAttribute('async')
    if (isParsing() ? !script.async && !isLast(script) : !script.async || marked) stillborn.add(script)
    else if (script.async && !marked) dynamic.add(script)
  }

  function release(elements: Iterable<Element>): void {
    const immediate: HTMLScriptElement[] = []
    for (const script of elements) {
      if (!(script instanceof HTMLScriptElement) || live.has(script) || !isHeld(script)) continue
      const condition = meets(script)
      if (!condition) continue
      if (nonce && script.nonce !== nonce) {
        complain(script, 'stays blocked: its nonce is not that of the Crumbgate tag. Give it the same one')
        continue
      }
      const lane = laneOf(script)
      const last = isLast(script)
      const pending = last && !script.async && !lanes.isBusy()
      // To be moved, but the parser may be in it, and its text incomplete; or to be left to the parser, but Firefox runs
      // whatever is no classic script when it meets it as one.
      if (last && (lane === 'inert' || isModule(script)) && (!pending || isFirefox)) {
        unfinished.add(script)
        continue
      }
      live.add(script)
      if (lane !== 'inert') ran.push(condition)
      if (pending && !(lane === 'deferred' && lanes.deferred.length)) {
        // In place: the parser has not prepared it yet, and does the rest as for any other tag.
        restoreType(script)
        continue
      }
      const target = stillborn.has(script) ? recreate(script) : script
      live.add(target)
      if (lane === 'inert') insert(target)
      else if (lane === 'async' || dynamic.has(script)) immediate.push(target)
      else lanes[lane].push(target)
    }
    for (const script of immediate) insert(script)
    lanes.drain()
  }

  function updateEmbed(element: Element): void {
    const allowed = meets(element)
    if (live.has(element)) {
      if (allowed) return
      live.delete(element)
      unloadEmbed(element)
      return
    }
    const fault = faultOf(element)
    if (fault) {
      complain(element, fault)
    } else if (allowed) {
      live.add(element)
      loadEmbed(element)
    }
  }

  /** Look at elements that are new in the page, in document order. */
  function meet(elements: Iterable<Element>, isFirstLook?: boolean): void {
    for (const element of elements) {
      if (live.has(element)) continue
      if (element.matches(EMBEDS)) {
        updateEmbed(element)
      } else if (element instanceof HTMLScriptElement) {
        if (isHeld(element)) {
          if (!isFirstLook) classify(element)
          meets(element)
        } else if (isExecutable(element)) {
          complain(element, 'has run already. Add type="text/plain", which holds it until the visitor allows it')
        }
      }
    }
    release(elements)
  }

  function resume(): void {
    const waiting = [...unfinished].filter((script) => !isLast(script))
    for (const script of waiting) unfinished.delete(script)
    release(waiting)
  }

  const observer = new MutationObserver((records) => {
    resume()
    const found: Element[] = []
    for (const { addedNodes } of records) {
      for (const node of addedNodes) {
        if (!(node instanceof Element)) continue
        if (node.matches(MARKED)) found.push(node)
        if (node.firstElementChild) found.push(...node.querySelectorAll(MARKED))
      }
    }
    meet(found)
  })

  observer.observe(document, { childList: true, subtree: true })
  document.addEventListener('readystatechange', resume)
  meet(all(), true)

  return {
    update() {
      const elements = all()
      for (const element of elements) if (element.matches(EMBEDS)) updateEmbed(element)
      release(elements)
    },
    hasRunWithdrawn: () => ran.some((condition) => !isMet(condition, options, true)),
    stop() {
      observer.disconnect()
      document.removeEventListener('readystatechange', resume)
    },
  }
}
