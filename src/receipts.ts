import { createShelf, keepReceipts as keep } from './receipts/keep'
import { openReceipts, receiptsOn } from './receipts/open'
import type { Consent, Receipt } from './types'

/**
 * With `crumbgate/core`: keep a receipt of each decision on the visitor's device, and send it where the option `receipts`
 * says. Without our dialog it has no `hash`. Does nothing on a server. (The other builds do this by themselves.)
 */
export function keepReceipts(consent: Consent): void {
  if (typeof document !== 'undefined') keep(consent, openReceipts)
}

/** The receipts that are kept on this device, newest first; none on a server. */
export const storedReceipts = (consent: Consent): Receipt[] => receiptsOn(createShelf(consent.config.cookieName))
