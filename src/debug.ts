import { guard } from './core/errors'
import { watchEarly, watchMoments } from './debug/early'
import { startDebug } from './debug/start'
import type { Consent } from './types'

export type { Finding, Held, Report, Sent, Severity, Stored } from './debug/report'

let closeLast = () => {}

// Imported before `createConsent()` is called, it also hears what that finds wrong.
const early = typeof document === 'undefined' ? undefined : watchEarly(null)

/**
 * Show the owner's panel on this page: findings, tags, requests and storage. Does nothing on a server. (The script build
 * does this by itself, with `data-debug`.)
 * @returns removes it; so does `consent.destroy()`
 */
export function openDebug(consent: Consent): () => void {
  if (!early) return () => {}
  // Asked for again, as after a hot update: one is enough.
  closeLast()
  const leave = watchMoments(early, consent)
  let close = () => {}
  guard(() => {
    close = startDebug(consent, early)
  })
  closeLast = () => {
    leave()
    close()
  }
  return closeLast
}
