import {
  type CompatOptions,
  compatWith,
  cookiebot,
  type Dialect,
  klaro,
  oneTrust,
  vanillaCookieConsent,
} from './compat/index'
import { add, type Makers, type Rules, resolveNamed } from './extras'

const RULES: Rules = { categories: 'object', services: 'object' }
const DIALECTS: Makers<CompatOptions, Dialect> = new Map([
  ['vanilla-cookieconsent', [vanillaCookieConsent, RULES]],
  ['klaro', [klaro, RULES]],
  ['cookiebot', [cookiebot, RULES]],
  ['onetrust', [oneTrust, RULES]],
])

// `crumb-compat.js`: tags that are marked for other tools, by their names.
add((options) => resolveNamed(options, 'compat', DIALECTS, compatWith))
