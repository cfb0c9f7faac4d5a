import type { Category, Consent, Service } from '../types'

/** What held from a moment on. */
export interface Moment {
  /** Milliseconds since the page's start, as of `performance.now()`. */
  readonly at: number
  readonly isDecided: boolean
  /** Categories and services that were allowed. */
  readonly allowed: readonly (Category | Service)[]
}

/** What cannot be had later, when the panel's file has come. */
export interface Early {
  /** Our own script tag, where there is one. */
  readonly tag: HTMLScriptElement | null
  /** What was stored before us; nothing where the browser refuses. */
  readonly names:
    | readonly [cookies: string, localStorage: readonly string[], sessionStorage: readonly string[]]
    | undefined
  /** What the owner is told on the console. */
  readonly messages: readonly string[]
  /** Scripts that were in the page when Crumbgate began. */
  readonly scripts: readonly HTMLScriptElement[]
  /** Elements that have failed to load. */
  readonly failed: ReadonlySet<unknown>
  /** What held, in the order of time. */
  readonly moments: Moment[]
  /** Listen to the console, again after `stop`. */
  listen(): void
  stop(): void
}

/** What our messages begin with. */
const OURS = 'crumbgate: '

function storedNames(): Early['names'] {
  try {
    return [document.cookie, Object.keys(localStorage), Object.keys(sessionStorage)]
  } catch {
    return undefined
  }
}

/** Take down what is there before Crumbgate starts. */
export function watchEarly(tag: HTMLScriptElement | null): Early {
  const messages: string[] = []
  const failed = new Set<unknown>()
  addEventListener('error', ({ target }) => failed.add(target), true)
  const { error } = console
  const listening = (...words: unknown[]) => {
    error.apply(console, words)
    const [message] = words
    if (typeof message === 'string' && message.startsWith(OURS)) messages.push(message.slice(OURS.length))
  }
  const listen = () => {
    // Not over what somebody else has put there since.
    if (console.error === error) console.error = listening
  }
  const stop = () => {
    if (console.error === listening) console.error = error
  }
  listen()
  return { tag, scripts: [...document.scripts], names: storedNames(), messages, failed, moments: [], listen, stop }
}

/** Note what holds, now and after each change. Returns the function that ends it. */
export function watchMoments({ moments }: Early, consent: Consent): () => void {
  const { config, subscribe } = consent
  const note = () =>
    moments.push({
      // What was there when the page began has held since.
      at: moments.length && performance.now(),
      isDecided: !!consent.choice,
      allowed: [...config.categories, ...config.services].filter((item) =>
        'category' in item ? consent.allows(item.category, item.key) : consent.allows(item.key),
      ),
    })
  note()
  return subscribe(note)
}
