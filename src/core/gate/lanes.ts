import type { Pace } from './pace'
import { createReplay } from './replay'
import { copyOf, isExternal, isModule, laneOf, preload, start } from './scripts'
import { createWriter } from './write'

/** Puts scripts back in the order in which the browser would have run them. */
export interface Lanes {
  /** Scripts to be started in document order, and `async` ones that stand behind them. Add at the end, then drain. */
  readonly blocking: HTMLScriptElement[]
  /** The same, once the page is parsed. */
  readonly deferred: HTMLScriptElement[]
  /** The ends of deferred scripts that were left to the parser: those in the lane come after them. */
  readonly natives: Promise<void>[]
  /** Scripts that wait for nobody. */
  readonly free: HTMLScriptElement[]
  /** Whether a blocking script found now has to queue up behind others. */
  isBusy(): boolean
  /** Whether an `async` one has to: the parser would not have come to it yet. */
  isAhead(): boolean
  /** Whether scripts are being started. */
  isRunning(): boolean
  /** Fetch a script that will be released in a moment. */
  fetch(script: HTMLScriptElement): void
  /** It will not be, or has started by itself. */
  forget(script: HTMLScriptElement): void
  /** Start what can start. */
  drain(): void
  /** Start nothing more. */
  stop(): void
}

export interface LanesOptions {
  readonly document: Document
  readonly window: Window
  readonly pace: Pace
  /** Keeps an order among external modules, and one among other scripts, but none between them, nor with inline modules. */
  readonly isFirefox: boolean
  /** Whether the browser runs only a copy of the script. */
  isStillborn(script: Element): boolean
  /** Made by another script. */
  isDynamic(script: Element): boolean
  /** Asked when a script's turn has come: whether it may still start. */
  claim(script: HTMLScriptElement): boolean
  /** A script is being started. */
  started(live: HTMLScriptElement): void
  /** Whether a script that was written may run at all. */
  isTrusted(script: HTMLScriptElement): boolean
  /** Whether a marked script is allowed now. */
  isWanted(script: HTMLScriptElement): boolean
  /** A script could not be started. */
  failed(script: HTMLScriptElement, error: unknown): void
}

// Milliseconds after which nothing more is expected of `async` scripts.
const PATIENCE = 30_000
// Milliseconds after which a blocking script stalls: the `async` ones behind it, which the browser would have kept
// waiting, go by.
const STALL = 3000
// Steps of a chain of promises that come before the next script.
const MICROTASKS = 40

export function createLanes({
  document,
  window,
  pace,
  isFirefox,
  isStillborn,
  isDynamic,
  claim,
  started,
  failed,
  isTrusted,
  isWanted,
}: LanesOptions): Lanes {
  const blocking: HTMLScriptElement[] = []
  const deferred: HTMLScriptElement[] = []
  const natives: Promise<void>[] = []
  const free: HTMLScriptElement[] = []
  /** The end of the blocking lane. */
  let tail: Promise<void> | undefined
  /** `async` scripts in it. */
  const behind = new Set<HTMLScriptElement>()
  let isStalled = false
  /** Whether the page was not parsed yet at the last drain: what is deferred in it waits for the blocking ones. */
  let early = false
  let stopped = false
  let releases = 0
  /** Those of them that have an order. */
  let batches = 0
  const fetched = new Map<Element, () => void>()

  /** Each script that is running, with the scripts it has written that wait for its end. */
  const authors = new Map<Element, HTMLScriptElement[]>()
  const written = new WeakSet<Element>()
  /** Those of them that are deferred. */
  const appended: HTMLScriptElement[] = []
  const ours = new WeakSet<Element>()
  const replay = createReplay(document, window, (script) => ours.has(script))
  const writer = createWriter(
    document,
    (script) => authors.has(script),
    (author, script) => {
      // A copy that runs in the place of one that was written is met again.
      if (ours.has(script) || !isTrusted(script)) return
      written.add(script)
      const lane = laneOf(script)
      const waiting = authors.get(author) ?? []
      if (lane === 'deferred') appended.push(script)
      else if (lane !== 'blocking') go(script)
      else if (waiting.length || isExternal(script)) waiting.push(script)
      else go(script, waiting)
    },
  )

  /**
   * Start a script.
   * @param waiting where scripts that it writes go, if its writing counts
   */
  function go(script: HTMLScriptElement, waiting?: HTMLScriptElement[], ordered?: boolean): Promise<void> | undefined {
    let live = script
    try {
      if (written.has(script) || isStillborn(script)) live = copyOf(script)
    } catch (error) {
      // Trusted Types are required, and our policy is not allowed.
      failed(script, error)
      return undefined
    }
    ours.add(live)
    started(live)
    if (waiting) authors.set(live, waiting)
    replay.look(false)
    const finish = () => {
      replay.look(true)
      authors.delete(live)
      writer.finish(live)
    }
    let end: Promise<void> | undefined
    try {
      end = start(script, live, ordered)
    } catch (error) {
      failed(script, error)
    }
    if (end) return end.then(finish)
    finish()
    return undefined
  }

  /** One after the other, with a rest for the browser in between. */
  async function each(
    scripts: readonly HTMLScriptElement[],
    act: (script: HTMLScriptElement) => Promise<void> | undefined,
  ): Promise<void> {
    for (const script of scripts) {
      // Also where there is nothing to wait for: what a script leaves to microtasks comes before the next script. Not a
      // task for each, between which timers would come too.
      for (let step = 0; step < MICROTASKS; step += 1) await pace.rest()
      if (!stopped && (written.has(script) || claim(script))) await act(script)
      forget(script)
    }
  }

  function fetch(script: HTMLScriptElement): void {
    if (!isExternal(script) || isModule(script) || laneOf(script) === 'inert' || fetched.has(script)) return
    fetched.set(script, preload(script))
  }

  function fetchAll(scripts: readonly HTMLScriptElement[]): void {
    for (const script of scripts) if (written.has(script) || isWanted(script)) fetch(script)
  }

  function forget(script: Element): void {
    fetched.get(script)?.()
    fetched.delete(script)
  }

  /** Start a script of which the next ones may have to wait for what it writes. */
  function perform(script: HTMLScriptElement): Promise<void> | undefined {
    const waiting: HTMLScriptElement[] = []
    const end = go(script, waiting)
    const goOn = () => {
      fetchAll(waiting.slice(1))
      return each(waiting, perform)
    }
    if (end) return end.then(goOn)
    return waiting.length > 0 ? goOn() : undefined
  }

  /** Start a script that nobody waits for. */
  function goLoose(script: HTMLScriptElement): undefined {
    behind.delete(script)
    enter()
    const end = isExternal(script) ? go(script) : perform(script)
    // A copy of a script that has run never ends, and nothing shows it.
    Promise.race([end, end && new Promise((resolve) => setTimeout(resolve, PATIENCE))]).then(leave)
  }

  function loosen(scripts: readonly HTMLScriptElement[]): void {
    if (!scripts.length) return
    enter()
    each(scripts, goLoose).then(leave)
  }

  /** Nobody waits for it. */
  const isLoose = (script: HTMLScriptElement) => laneOf(script) === 'async' || isDynamic(script)

  /** The turn of a script in the blocking lane has come. */
  function take(script: HTMLScriptElement): Promise<void> | undefined {
    if (isLoose(script)) return goLoose(script)
    const end = perform(script)
    if (!end) return undefined
    const timer = setTimeout(() => {
      isStalled = true
      loosen([...behind])
    }, STALL)
    return end.then(() => {
      clearTimeout(timer)
      isStalled = false
    })
  }

  async function runDeferred(scripts: readonly HTMLScriptElement[]): Promise<void> {
    let isTold = true
    let wasModule: boolean | undefined
    const ends: Promise<void>[] = []
    // An inline module does not say when it has run: it gets the time for it. What yields to the browser comes back sooner.
    const allEnded = () =>
      Promise.all([...ends, isTold ? undefined : new Promise((resolve) => setTimeout(resolve, 20))])
    await each([...scripts, ...appended.splice(0)], (script) => {
      const begin = () => {
        const end = go(script, undefined, true)
        if (end) ends.push(end)
        isTold = !!end
      }
      const isOtherKind = wasModule === !isModule(script)
      wasModule = isModule(script)
      const isInline = wasModule && !isExternal(script)
      if (isFirefox && (isOtherKind || isInline || !isTold)) return allEnded().then(begin)
      begin()
      return undefined
    })
    await allEnded()
  }

  function enter(): void {
    if (releases++) return
    replay.begin()
    writer.begin()
  }

  function leave(): void {
    // Listeners wait for the deferred lane.
    if (!stopped && !batches) replay.call()
    if (!--releases) end()
  }

  function end(): void {
    replay.end()
    writer.end()
  }

  function drain(): void {
    const loose = free.splice(0)
    const batch = blocking.splice(0)
    const isParsed = document.readyState !== 'loading'
    const isOrdered = early || batch.length > 0
    early = !isParsed
    const later = isParsed ? deferred.splice(0) : []
    loosen(loose)
    if (!batch.length && !later.length) return
    enter()
    batches += 1
    fetchAll(tail ? batch : batch.slice(1))
    if (batch.length > 0) {
      for (const script of batch) if (isLoose(script)) behind.add(script)
      const end = tail ? tail.then(() => each(batch, take)) : each(batch, take)
      tail = end
      end.then(() => {
        if (tail === end) tail = undefined
      })
    }
    const turn = (isOrdered && tail) || Promise.resolve()
    turn
      .then(() => Promise.all(natives))
      .then(() => runDeferred(later))
      .then(() => {
        batches -= 1
        leave()
      })
  }

  return {
    blocking,
    deferred,
    natives,
    free,
    isBusy: () => !!tail || blocking.length > 0,
    isAhead: () => (!!tail && !isStalled) || blocking.length > 0,
    isRunning: () => releases > 0,
    fetch,
    forget,
    drain,
    stop() {
      stopped = true
      for (const script of fetched.keys()) forget(script)
      end()
    },
  }
}
