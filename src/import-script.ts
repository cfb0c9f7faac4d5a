import { add, type Makers, type Rules, resolveNamed } from './extras'
import {
  c15t,
  cookiebot,
  cookieYes,
  type Importer,
  type ImportOptions,
  importFrom,
  klaro,
  oneTrust,
  vanillaCookieConsent,
} from './import/index'

const RULES: Rules = {
  categories: 'object',
  services: 'object',
  added: 'object',
  name: 'string',
  days: 'number',
  until: 'string',
  revision: 'number',
}
const IMPORTERS: Makers<ImportOptions, Importer> = new Map([
  ['vanilla-cookieconsent', [vanillaCookieConsent, RULES]],
  ['klaro', [klaro, RULES]],
  ['c15t', [c15t, RULES]],
  ['cookiebot', [cookiebot, RULES]],
  ['onetrust', [oneTrust, RULES]],
  ['cookieyes', [cookieYes, RULES]],
])

// `crumb-import.js`: choices given to other tools, by their names.
add((options) => resolveNamed(options, 'import', IMPORTERS, importFrom))
