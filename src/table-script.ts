import { tableClass } from './table/element'
import { drawTables } from './table/index'
import type { Consent } from './types'

// `crumbgate.js` loads this file where a page has a <crumb-table>.
window.crumbgate ??= []
window.crumbgate.push((consent: Consent) => {
  const Table = tableClass()
  if (Table.locale) Table.stop = drawTables(consent, Table.locale)
})
