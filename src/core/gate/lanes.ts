import { ended, insert, isExternal } from './scripts'

/** Puts scripts back in the order in which the browser would have run them. */
export interface Lanes {
  /** Scripts to be started in document order. Add at the end, then drain. */
  readonly blocking: HTMLScriptElement[]
  /** The same, once the page is parsed. */
  readonly deferred: HTMLScriptElement[]
  /** Whether a blocking script found now has to queue up behind others. */
  isBusy(): boolean
  /** Start what can start. */
  drain(): void
}

// Milliseconds of scripts in a row before the browser gets its turn to paint and to answer input.
const STRETCH = 10

const giveWay = () => globalThis.scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve))

export function createLanes(document: Document): Lanes {
  const blocking: HTMLScriptElement[] = []
  const deferred: HTMLScriptElement[] = []
  let running = false

  async function drain(): Promise<void> {
    if (running || !(blocking.length || deferred.length)) return
    running = true
    let downloads: Promise<unknown>[] = []
    let since = performance.now()
    for (;;) {
      for (const script of blocking.splice(0)) {
        if (!script.isConnected) continue
        if (isExternal(script)) {
          // Consecutive externals download side by side; `async = false` keeps their order.
          downloads.push(ended(script))
        } else if (downloads.length || performance.now() - since > STRETCH) {
          await Promise.all(downloads.length ? downloads : [giveWay()])
          downloads = []
          since = performance.now()
        }
        insert(script, true)
      }
      if (blocking.length) continue
      await Promise.all(downloads)
      downloads = []
      if (blocking.length) continue
      if (document.readyState !== 'loading') for (const script of deferred.splice(0)) insert(script, true)
      break
    }
    running = false
  }

  return { blocking, deferred, isBusy: () => running || !!blocking.length, drain }
}
