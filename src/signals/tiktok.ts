import type { Signal } from '../types'
import { isAllowed, queueOf } from './vendor'

/**
 * TikTok pixel: hold, grant or revoke, by the services with `signal: 'tiktok'`, else by `marketing`.
 * https://business-api.tiktok.com/portal/docs?id=1739585600931842, 2026-11-24 (names of the commands from its base code)
 */
export const tiktokPixel = (): Signal => ({
  name: 'tiktok',
  queue: 'ttq',
  apply(state) {
    const refusal = state.choice ? 'revokeConsent' : 'holdConsent'
    queueOf('ttq').push([isAllowed(state, 'tiktok', 'marketing') ? 'grantConsent' : refusal])
  },
})
