import { drawTables, type TableClass } from './table/index'
import type { Consent } from './types'

// `crumbgate.js` loads this file where a page has a <crumb-table>.
window.crumbgate ??= []
window.crumbgate.push((consent: Consent) => {
  const { locale }: TableClass = customElements.get('crumb-table') ?? class extends HTMLElement {}
  if (locale) drawTables(consent, locale)
})
