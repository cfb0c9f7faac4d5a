import { chooseLocale } from './language'
import { importLocale } from './locales/load'
import { drawTables } from './table/index'
import type { Consent } from './types'

/**
 * Make `<crumb-table>` the declaration for the policy page: every service and what it stores, by category, the visitor's
 * choice, and the buttons to change it or withdraw. Does nothing on a server.
 * @returns empties them again
 */
export function defineTable(consent: Consent): () => void {
  if (typeof customElements === 'undefined') return () => {}
  return drawTables(consent, () => chooseLocale(consent.config, importLocale))
}
