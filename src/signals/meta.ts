import type { Signal } from '../types'
import { command, isAllowed } from './vendor'

/**
 * Meta pixel: `revoke` or `grant`, by the services with `signal: 'meta'`, else by `marketing`.
 * https://developers.facebook.com/docs/meta-pixel/implementation/gdpr, 2026-11-24
 */
export function metaPixel(): Signal {
  let wanted = ''

  /**
   * Wait for the pixel's own snippet, which loads nothing where `fbq` is there already. The first of its commands is to be
   * ours, so it is put before those that the snippet has queued; the pixel itself comes later.
   */
  function await_(): void {
    Object.defineProperty(window, 'fbq', {
      configurable: true,
      get: () => undefined,
      set(value) {
        Object.defineProperty(window, 'fbq', { value, configurable: true, enumerable: true, writable: true })
        queueMicrotask(() => {
          if (Array.isArray(value?.queue)) value.queue.unshift(command('consent', wanted))
          else value?.('consent', wanted)
        })
      },
    })
  }

  return {
    name: 'meta',
    queue: 'fbq',
    apply(state) {
      const fbq: unknown = Reflect.get(window, 'fbq')
      const isWaiting = wanted !== ''
      wanted = isAllowed(state, 'meta', 'marketing') ? 'grant' : 'revoke'
      if (typeof fbq === 'function') fbq('consent', wanted)
      else if (!isWaiting) await_()
    },
  }
}
