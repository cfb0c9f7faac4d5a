import type { Signal } from '../types'
import { command, globalOf, isAllowed, queueOf, undecided, word } from './vendor'

/**
 * Microsoft Advertising (UET) consent mode: `ad_storage`, by the services with `signal: 'uet'`, else by `marketing`.
 * https://support.cookiehub.com/article/382-microsoft-uet-consent-mode, 2026-11-24 (Microsoft's own page was not to be had)
 */
export function microsoftUet(): Signal {
  let isTold = false
  return {
    name: 'uet',
    queue: 'uetq',
    apply(state) {
      const queue = queueOf('uetq')
      const say = (what: string, isGranted: boolean) => queue.push('consent', what, { ad_storage: word(isGranted) })
      // One default a page, whoever has written it.
      isTold ||= Array.from(Object(queue)).includes('default')
      const isUpdate = isTold || state.choice
      if (!isTold) say('default', isAllowed(undecided(state), ['uet'], 'marketing'))
      isTold = true
      if (isUpdate) say('update', isAllowed(state, ['uet'], 'marketing'))
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
      const q: IArguments[] = []
      return Object.assign((...words: unknown[]) => q.push(command(...words)), { q })
    })
    clarity('consentv2', {
      ad_Storage: word(state.allows('marketing')),
      analytics_Storage: word(isAllowed(state, ['clarity'], 'performance')),
    })
  },
})
