import { add, isObject, keyed, type Makers, makeNamed, type Rules } from './extras'
import { type RegionOptions, regimeFor } from './regions'
import {
  connect,
  type GoogleOptions,
  type GpcOptions,
  googleConsentMode,
  googleTagManager,
  gpc,
  type MatomoOptions,
  matomo,
  metaPixel,
  microsoftClarity,
  microsoftUet,
  tiktokPixel,
} from './signals/index'
import type { Signal } from './types'

type SignalOptions = GoogleOptions & GpcOptions & MatomoOptions

const GOOGLE: Rules = {
  types: 'object',
  waitForUpdate: 'number',
  urlPassthrough: 'boolean',
  adsDataRedaction: 'boolean',
  regions: 'object',
  dataLayer: 'string',
}
const SIGNALS: Makers<SignalOptions, Signal> = new Map([
  ['google', [googleConsentMode, GOOGLE]],
  ['gtm', [googleTagManager, GOOGLE]],
  ['uet', [microsoftUet, {}]],
  ['clarity', [microsoftClarity, {}]],
  ['meta', [metaPixel, {}]],
  ['tiktok', [tiktokPixel, {}]],
  ['matomo', [matomo, { cookiesOnly: 'boolean' }]],
  ['gpc', [gpc, { header: 'string', categories: 'object' }]],
])

const hasRegion = (options: Record<string, unknown>): options is Record<string, unknown> & RegionOptions =>
  'region' in options || 'regions' in options

// `crumb-signals.js`: signals by their names, and the regime by region.
add((options) => {
  const problems: string[] = []
  if (hasRegion(options)) {
    const { region, regions } = options
    Object.assign(options, regimeFor({ ...(region && { region }), ...(regions && { regions }) }))
    delete options.region
    delete options.regions
  }

  const signalOf = (name: string, given: unknown) => makeNamed(SIGNALS, 'signals', name, given, problems)

  const { regime = 'opt-in' } = options
  const wanted = keyed(options.signals ?? {})
  let signals: Signal[] = []
  // Names beside signals of the owner's own.
  if (Array.isArray(wanted)) signals = wanted.flatMap((one) => (typeof one === 'string' ? signalOf(one, {}) : [one]))
  else if (isObject(wanted)) signals = Object.entries(wanted).flatMap(([name, given]) => signalOf(name, given))
  else problems.push(`signals: ${JSON.stringify(wanted)} is not right. Write names, such as ["google"], or { }`)

  // Where something is on unless refused, the browser may refuse.
  const opens = isObject(wanted) && [wanted.google, wanted.gtm].some((one) => isObject(one) && 'regions' in one)
  if ((opens || regime !== 'opt-in') && !signals.some((one) => one?.name === 'gpc')) signals.push(gpc())
  options.signals = connect(...signals)
  return problems
})
