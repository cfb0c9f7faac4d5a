import type { Config, Service } from '../../types'
import { createBirths } from './births'
import { type Answers, type Condition, isMet } from './condition'
import { createContents } from './contents'
import { SOURCES } from './embeds'
import { createLanes } from './lanes'
import { ledgerOf } from './ledger'
import { createPace } from './pace'
import { createParser } from './parser'
import {
  copyOf,
  ended,
  isExecutable,
  isExternal,
  isHeld,
  isModule,
  laneOf,
  remark,
  restoreType,
  settle,
  start,
} from './scripts'
import { createTags } from './tags'

/** Holds marked scripts and embeds, and lets them go as the browser would have met them. */
export interface Gate {
  /** Fetch the first scripts of a choice that is about to be acted on. */
  prefetch(choice: Answers): void
  /**
   * Act on a new choice: release what may load now, take embeds back.
   * @param onlyEmbeds start no scripts
   */
  update(onlyEmbeds?: boolean): void
  /** Load a held frame for now. */
  loadOnce(frame: HTMLIFrameElement): void
  /** Whether a script has run that the current choice no longer allows. */
  hasRunWithdrawn(): boolean
  stop(): void
}

export interface GateOptions extends Answers {
  readonly document: Document
  readonly window: Window
  readonly config: Config
  /** The nonce of our own script tag: then only tags with the same one are released. */
  readonly nonce: string | undefined
  /** Tell the site owner. */
  report(message: string): void
  /** A frame waits for these categories, or this service of one of them; told again when it has become empty. */
  hold(frame: HTMLIFrameElement, categories: readonly string[], service: Service | undefined): void
  /** The page has been written anew by `document.open`, which takes all listeners away. */
  renewed(): void
}

const MARKED = '[data-consent]'
const EXTERNAL = `script${MARKED}[src]`
// Scripts that are fetched in the moment before they may start, and tags that are looked at for them: to look at thousands
// would hold up the frame.
const AHEAD = 20
const LOOKS = 200
// From this many changes at once, one look at the whole page costs less than one at each change; not so while a release
// makes the changes.
const BULK = 100
const WATCHED = ['consent', 'service', ...SOURCES].map((name) => `data-${name}`)

/** Nodes, and all that they are in. */
function withParents(nodes: Iterable<Node>): Set<Node> {
  const all = new Set<Node>()
  for (const node of nodes)
    for (let each: Node | null = node; each && !all.has(each); each = each.parentNode) all.add(each)
  return all
}

export function createGate(options: GateOptions): Gate {
  const { document, window, config, nonce, report } = options
  const tags = createTags(config, options, report)
  const { meets, complain, fail, attempt } = tags
  /** Scripts that have started, here or in another copy of Crumbgate. */
  const ledger = ledgerOf(document)
  /** Scripts that are in a lane. */
  const taken = new WeakSet<Element>()
  /** Scripts that the parser may still be in. */
  const unfinished = new Set<Element>()
  /** Inline scripts that were let go in place, to be marked again. */
  const inPlace = new Set<HTMLScriptElement>()
  const isFirefox = globalThis.CSS?.supports('-moz-appearance:none')
  const births = createBirths(document, isFirefox)
  const ran = new Set<Condition>()
  /** What is being put into lanes, piece by piece; what comes meanwhile is put behind it. */
  let queue: Element[] | undefined
  /** What is fetched and not in a lane yet. */
  const ahead: HTMLScriptElement[] = []

  const pace = createPace()
  const lanes = createLanes({
    document,
    window,
    pace,
    isFirefox,
    isStillborn: births.isStillborn,
    isDynamic: births.isDynamic,
    claim(script) {
      taken.delete(script)
      // It may have been removed, and the choice changed, since.
      return script.isConnected && claim(script)
    },
    started: (live) => ledger.add(live),
    failed: fail,
    isTrusted,
    isWanted: (script) => !!meets(script),
  })

  const { isParsing, isLast, isOpen } = createParser(document, births)
  // Through the prototype: <img name=querySelectorAll> hides the method behind the element.
  const all = (selector = MARKED) => Document.prototype.querySelectorAll.call(document, selector)

  /** Whether a script may start, here and now. */
  function claim(script: HTMLScriptElement): boolean {
    const condition = meets(script)
    if (!condition || ledger.has(script)) return false
    ledger.add(script)
    births.claim(script)
    if (laneOf(script) !== 'inert') ran.add(condition)
    return true
  }

  /** Whether the script has our tag's nonce: under `strict-dynamic` whatever we start would run. */
  function isTrusted(script: HTMLScriptElement): boolean {
    if (!nonce || script.nonce === nonce) return true
    complain(
      script,
      'stays blocked: its nonce is not that of the Crumbgate tag, or of the option nonce. Give it the same one',
    )
    return false
  }

  const isHeldModule = (element: Element) => element instanceof HTMLScriptElement && isModule(element)

  /** Let a script go: in place, or into its lane. */
  function place(script: Element): void {
    if (!(script instanceof HTMLScriptElement) || taken.has(script) || ledger.has(script) || !isHeld(script)) return
    if (births.isUnknown(script)) return
    if (!meets(script) || !isTrusted(script)) return
    const lane = laneOf(script)
    const open = isOpen(script)
    if (!open) births.leave(script)
    const pending = open && !script.async && isLast(script) && !lanes.isBusy()
    // Left to the parser, Firefox would run whatever is no classic script as one. And what is deferred waits with the
    // modules before it.
    const isUnfit =
      isFirefox && (lane === 'inert' || isModule(script) || (lane === 'deferred' && [...unfinished].some(isHeldModule)))
    // To be moved, but the parser may be in it, and its text incomplete.
    if (open && (!pending || isUnfit)) {
      unfinished.add(script)
    } else if (pending && !(lane === 'deferred' && lanes.deferred.length)) {
      // In place: the parser has not prepared it yet, and does the rest as for any other tag.
      if (!claim(script)) return
      restoreType(script)
      if (isExternal(script)) {
        const end = ended(script).then(() => remark(script))
        if (lane === 'deferred') lanes.natives.push(end)
      } else {
        inPlace.add(script)
      }
    } else if (lane === 'inert') {
      if (claim(script)) attempt(script, () => start(script, births.isStillborn(script) ? copyOf(script) : script))
    } else {
      taken.add(script)
      const isDynamic = births.isDynamic(script)
      // One that was there when the choice came would have started after those before it.
      const isQueued = lanes.isAhead() && (!isDynamic || queue)
      if (isDynamic || lane === 'async') (isQueued ? lanes.blocking : lanes.free).push(script)
      else lanes[lane].push(script)
    }
  }

  function release(elements: Iterable<Element>): void {
    if (queue) {
      for (const element of elements) queue.push(element)
      return
    }
    // What scripts of a lane put in is a part of its work.
    if (!lanes.isRunning()) pace.begin()
    for (const element of elements) place(element)
    lanes.drain()
  }

  /** The same for any number of elements, without holding up the browser. */
  async function releaseAll(elements: Iterable<Element>): Promise<void> {
    if (queue) return release(elements)
    const mine = [...elements]
    queue = mine
    pace.begin()
    for (const element of mine) {
      const rest = pace.rest()
      if (rest) await rest
      // Stopped meanwhile.
      if (queue !== mine) return
      attempt(element, () => place(element))
    }
    queue = undefined
    for (const script of ahead.splice(0)) if (!taken.has(script)) lanes.forget(script)
    // Not before all are in their lanes: the deferred ones wait for every blocking one.
    lanes.drain()
  }

  /**
   * Look at elements that are new to us, in document order.
   * @param isDirect whether an element was put into the page on its own; left out for what was there before us
   */
  function meet(elements: readonly Element[], isDirect?: (element: Element) => boolean): void {
    if (!elements.length) return
    const told: Promise<void>[] = []
    for (const element of elements) {
      if (!(element instanceof HTMLScriptElement)) {
        contents.update(element)
      } else if (isHeld(element)) {
        if (element.hasAttribute('data-src') && !isExternal(element)) {
          complain(element, 'loads nothing: data-src is for embeds. Write src, which is not asked for while it is held')
        }
        // https://turbo.hotwired.dev/reference/attributes: on a later page it is not to be run.
        if (element.matches('[data-turbo-eval=false]') && births.isNew(element) && isDirect?.(element) === false)
          ledger.add(element)
        const birth = births.note(element, isDirect)
        if (birth) told.push(birth)
        const condition = meets(element)
        // Started by an earlier instance on this page.
        if (condition && ledger.has(element)) ran.add(condition)
      } else if (isExecutable(element) && !ledger.has(element)) {
        complain(element, 'has run already. Add type="text/plain", which holds it until the visitor allows it')
      }
    }
    release(elements)
    // Those that are not known yet, in their order.
    if (told.length) Promise.all(told).then(() => release(elements))
  }

  /**
   * A script that was put in and taken out at once, as React's StrictMode does to effects. The browser starts it when it
   * is put in.
   */
  function runDetached(script: Element): void {
    if (!(script instanceof HTMLScriptElement) || !script.matches(MARKED) || !isHeld(script)) return
    births.note(script, () => true)
    if (!births.isDynamic(script) || !isTrusted(script) || !claim(script)) return
    restoreType(script)
    if (isExternal(script)) ended(script).then(() => remark(script))
    document.head.append(script)
    script.remove()
    if (!isExternal(script)) remark(script)
  }

  /** Go on with what the parser has left. */
  function resume(): void {
    const waiting = [...unfinished].filter(
      (element) => !(element instanceof HTMLScriptElement ? isOpen(element) : isLast(element)),
    )
    for (const element of waiting) {
      unfinished.delete(element)
      contents.update(element)
    }
    release(waiting)
    if (isParsing()) return
    for (const script of inPlace) remark(script)
    inPlace.clear()
  }

  const contents = createContents({
    document,
    window,
    tags,
    ledger,
    all,
    waits(template) {
      const last = isLast(template)
      if (last) unfinished.add(template)
      return last
    },
    found: births.adopt,
    hold: options.hold,
  })

  let root = document.documentElement
  const observer = new MutationObserver((records) => {
    if (root !== document.documentElement) {
      root = document.documentElement
      listen()
      options.renewed()
    }
    resume()
    const found: Element[] = []
    // Most of many are nothing to us, and need not be looked at one by one.
    const around = records.length > BULK && !lanes.isRunning() && withParents(all())
    for (const { addedNodes, target, type } of records) {
      if (type === 'attributes' && target instanceof Element && target.matches(MARKED)) found.push(target)
      for (const node of addedNodes) {
        if ((around && !around.has(node) && node.isConnected) || !(node instanceof Element)) continue
        if (!node.isConnected) runDetached(node)
        if (node.matches(MARKED)) found.push(node)
        if (node.firstElementChild) found.push(...node.querySelectorAll(MARKED))
      }
    }
    let direct: Set<Node> | undefined
    meet(found, (node) => {
      direct ??= new Set(records.flatMap(({ addedNodes }) => [...addedNodes]))
      return direct.has(node)
    })
  })

  /** The page is parsed. */
  function finish(): void {
    resume()
    // Again, with what has come to be in them since, such as the sources of a video.
    for (const element of all()) contents.update(element)
  }

  // Here, before the page can stop it on its way; acted on when the tag's own listeners have heard it.
  const onError = ({ target }: Event) => setTimeout(() => settle(target))

  function listen(): void {
    document.addEventListener('readystatechange', finish)
    contents.listen()
    window.addEventListener('error', onError, true)
  }

  // Frameworks bind attributes after they have inserted the element.
  observer.observe(document, { childList: true, subtree: true, attributeFilter: WATCHED })
  listen()
  meet([...all()])

  return {
    prefetch(choice) {
      for (const script of [...all(EXTERNAL)].slice(0, LOOKS)) {
        attempt(script, () => {
          if (ahead.length >= AHEAD || !(script instanceof HTMLScriptElement) || !isHeld(script)) return
          const condition = ledger.has(script) ? undefined : tags.conditionOf(script)
          if (!condition || !isMet(condition, choice) || !isTrusted(script)) return
          ahead.push(script)
          lanes.fetch(script)
        })
      }
    },
    update(onlyEmbeds) {
      contents.renew()
      // Read again, with what came out of templates.
      if (!onlyEmbeds) releaseAll(all())
    },
    loadOnce: contents.loadOnce,
    hasRunWithdrawn: () => [...ran].some((condition) => !isMet(condition, options, true)),
    stop() {
      observer.disconnect()
      document.removeEventListener('readystatechange', finish)
      window.removeEventListener('error', onError, true)
      queue = []
      lanes.stop()
      births.stop()
      contents.stop()
    },
  }
}
