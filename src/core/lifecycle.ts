export interface LifecycleOptions {
  readonly window: Window & typeof globalThis
  /** Name of the channel between the tabs of a site. */
  readonly name: string
  readonly signal: AbortSignal
  /** The choice may have changed without this page: in another tab, or while this page slept. */
  check(): void
}

/**
 * Notice when another page may have changed the choice.
 * @returns tells the other pages that this one has
 */
export function watchOtherPages({ window, name, signal, check }: LifecycleOptions): () => void {
  const { document } = window
  let channel: BroadcastChannel | undefined

  function open(): void {
    try {
      channel = new window.BroadcastChannel(name)
      // What it says is not believed: whoever hears of it reads the cookie.
      channel.onmessage = () => {
        check()
        // In Firefox the word is here before the cookie is.
        setTimeout(check, 200)
      }
    } catch {
      // Refused: there is still the moment when the visitor comes back to this page.
    }
  }
  // An open channel can keep a page out of the back/forward cache: https://web.dev/articles/bfcache
  function close(): void {
    channel?.close()
    channel = undefined
  }

  open()
  window.addEventListener('pagehide', close, { signal })
  window.addEventListener(
    'pageshow',
    ({ persisted }) => {
      if (!persisted) return
      open()
      check()
    },
    { signal },
  )
  document.addEventListener('visibilitychange', () => document.hidden || check(), { signal })
  signal.addEventListener('abort', close)
  return () => {
    try {
      channel?.postMessage(0)
    } catch {
      // As above.
    }
  }
}
