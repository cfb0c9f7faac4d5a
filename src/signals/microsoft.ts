import type { Signal } from '../types'
import { command, globalOf, isAllowed, queueOf, undecided, word } from './vendor'

/**
 * Microsoft Advertising (UET) consent mode: `ad_storage`, by the services with `signal: 'uet'`, else by `marketing`.
 * https://support.cookiehub.com/article/382-microsoft-uet-consent-mode, 2026-11-24 (Microsoft's own page was not to be had)
 */
export function microsoftUet(): Signal {
  let isFirst = true
  return {
    name: 'uet',
    queue: 'uetq',
    apply(state) {
      const queue = queueOf('uetq')
      const say = (what: string, isGranted: boolean) => queue.push('consent', what, { ad_storage: word(isGranted) })
      if (isFirst) say('default', isAllowed(undecided(state), 'uet', 'marketing'))
      if (!isFirst || state.choice) say('update', isAllowed(state, 'uet', 'marketing'))
      isFirst = false
    },
  }
}

/**
 * Microsoft Clarity, consent API v2: `analytics_Storage` by the services with `signal: 'clarity'`, else by `performance`;
 * `ad_Storage` by `marketing`.
 * https://learn.microsoft.com/en-us/clarity/setup-and-installation/cmp-integration-guide, 2026-11-24, and clarity-js 0.8.70
 */
export const microsoftClarity = (): Signal => ({
  name: 'clarity',
  queue: 'clarity',
  apply(state) {
    const clarity = globalOf<(...words: unknown[]) => void>('clarity', () => {
      // What its own snippet puts there until it has loaded.
      const stub = Object.assign((...words: unknown[]) => stub.q.push(command(...words)), { q: [command()].slice(1) })
      return stub
    })
    clarity('consentv2', {
      ad_Storage: word(state.allows('marketing')),
      analytics_Storage: word(isAllowed(state, 'clarity', 'performance')),
    })
  },
})
