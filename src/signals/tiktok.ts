import type { Signal } from '../types'
import { isAllowed, queueOf } from './vendor'

/**
 * TikTok pixel: hold, grant or revoke, by the services with `signal: 'tiktok'`, else by `marketing`.
 * https://ads.tiktok.com/help/article/how-to-use-cookies-with-tiktok-pixel, 2026-11-24; the commands are those of its base
 * code.
 */
export const tiktokPixel = (): Signal => ({
  name: 'tiktok',
  queue: 'ttq',
  apply(state) {
    const refusal = state.choice ? 'revokeConsent' : 'holdConsent'
    const ttq = queueOf('ttq')
    const name = isAllowed(state, ['tiktok'], 'marketing') ? 'grantConsent' : refusal
    const act: unknown = Reflect.get(Object(ttq), name)
    // Its code puts functions there that do what an entry in the queue does until then.
    if (typeof act === 'function') act.call(ttq)
    else ttq.push([name])
  },
})
