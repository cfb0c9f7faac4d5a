import type { Signal } from '../types'
import { command, isAllowed } from './vendor'

/**
 * Meta pixel: `revoke` or `grant`, by the services with `signal: 'meta'`, else by `marketing`.
 * https://developers.facebook.com/docs/meta-pixel/implementation/gdpr, 2026-11-24
 */
export function metaPixel(): Signal {
  let wanted = ''
  let stop = () => {}

  /** @param isFirst what the page's snippet has queued is to come after */
  function say(isFirst?: boolean): void {
    const fbq = Reflect.get(window, 'fbq')
    // Without `callMethod` the pixel itself is not there yet, and its snippet keeps a queue.
    if (isFirst && !fbq.callMethod) fbq.queue.unshift(command('consent', wanted))
    else fbq('consent', wanted)
  }

  /**
   * Wait for the pixel's own snippet, which loads nothing where `fbq` is there already: nothing is to be found there, and
   * what the snippet puts there is noticed. Looked at once its script has ended.
   */
  function wait(): void {
    const set = (value: unknown) => {
      Object.defineProperty(window, 'fbq', { value, configurable: true, enumerable: true, writable: true })
      Promise.resolve()
        .then(() => say(true))
        .catch((error) => console.error(`crumbgate: the signal "meta" does not work: look at window.fbq. ${error}`))
    }
    Object.defineProperty(window, 'fbq', { configurable: true, get: () => undefined, set })
    stop = () => {
      // Started again, it waits again.
      wanted = ''
      if (Object.getOwnPropertyDescriptor(window, 'fbq')?.set === set) Reflect.deleteProperty(window, 'fbq')
    }
  }

  return {
    name: 'meta',
    queue: 'fbq',
    apply(state) {
      const isWaiting = wanted !== ''
      wanted = isAllowed(state, ['meta'], 'marketing') ? 'grant' : 'revoke'
      if (Reflect.get(window, 'fbq')) say()
      else if (!isWaiting) wait()
    },
    stop: () => stop(),
  }
}
