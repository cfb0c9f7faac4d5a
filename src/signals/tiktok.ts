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
    queueOf('ttq').push([isAllowed(state, 'tiktok', 'marketing') ? 'grantConsent' : refusal])
  },
})
