import type { Signal } from '../types'
import { isAllowed, queueOf } from './vendor'

export interface MatomoOptions {
  /** Only its cookies wait for consent, its counting does not. Default false. */
  cookiesOnly?: boolean | undefined
}

/**
 * Matomo: consent required, then given or taken back, by the services with `signal: 'matomo'`, else by `performance`.
 * https://developer.matomo.org/guides/tracking-consent, 2026-11-24
 */
export function matomo({ cookiesOnly }: MatomoOptions = {}): Signal {
  const what = cookiesOnly ? 'CookieConsent' : 'Consent'
  let isFirst = true
  let wasGranted = false
  return {
    name: 'matomo',
    queue: '_paq',
    apply(state) {
      const queue = queueOf('_paq')
      const isGranted = isAllowed(state, ['matomo'], 'performance')
      if (isFirst) queue.push([`require${what}`])
      if (isGranted) queue.push([`set${what}Given`])
      // It would write a cookie for that, so only where there is something to forget.
      else if (wasGranted) queue.push([`forget${what}Given`])
      isFirst = false
      wasGranted = isGranted
    },
  }
}
