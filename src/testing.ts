import { formatRecord } from './core/record'
import type { Method, Options, Regime } from './types'

/** A choice for {@link cookieFor}. */
export interface TestChoice {
  /** Categories that are allowed. */
  granted?: readonly string[] | undefined
  /** Categories that are refused. Default: the usual ones that are not granted. */
  denied?: readonly string[] | undefined
  /** Services by key, `true` where allowed. */
  services?: Readonly<Record<string, boolean>> | undefined
  /** Default 0. */
  revision?: number | undefined
  /** When it was made: milliseconds since 1970. Default now. */
  at?: number | undefined
  /** Default `opt-in`. */
  regime?: Regime | undefined
  /** Browser signals that the visitor has decided over, such as `gpc`. Default: none. */
  signals?: readonly string[] | undefined
  /** Default `en`. */
  locale?: string | undefined
}

/**
 * The cookie of a visitor who has chosen, for a site's own end-to-end tests:
 * `await context.addCookies([{ ...cookieFor({ granted: ['marketing'] }), url: 'https://shop.example' }])`.
 * @param options what the site gives to `createConsent()`: services follow their category, and the revision is the site's.
 * Without them every service has to be named in `choice`, or the visitor is asked about it.
 */
export function cookieFor(
  choice: TestChoice = {},
  options: Pick<Options, 'cookieName' | 'categories' | 'services' | 'revision' | 'regime'> = {},
): { name: string; value: string } {
  const known = { ...(options.categories ?? { functional: {}, performance: {}, marketing: {} }), necessary: {} }
  // Of services only where the site's are given.
  for (const [kind, names, all] of [
    ['category', [...(choice.granted ?? []), ...(choice.denied ?? [])], known],
    ['service', options.services ? Object.keys(choice.services ?? {}) : [], options.services ?? {}],
  ] as const) {
    const unknown = options.categories || options.services ? names.find((name) => !Object.hasOwn(all, name)) : undefined
    if (unknown !== undefined)
      throw new Error(`cookieFor() knows no ${kind} "${unknown}". Write ${Object.keys(all).join(', ')}.`)
  }
  const follows = Object.entries(options.services ?? {})
    .filter(([, { category }]) => category !== 'necessary')
    .map(([key, { category }]) => [key, (choice.granted ?? []).includes(category)])
  const services = { ...Object.fromEntries(follows), ...choice.services }
  const {
    revision = options.revision ?? 0,
    at = Date.now(),
    regime = options.regime ?? 'opt-in',
    signals = [],
    locale = 'en',
  } = choice
  // Always granted, so never written.
  const granted = (choice.granted ?? []).filter((key) => key !== 'necessary')
  const denied = choice.denied ?? Object.keys(known).filter((key) => key !== 'necessary' && !granted.includes(key))
  const answers = Object.values(services)
  const refusesAll = granted.length === 0 && !answers.includes(true)
  const acceptsAll = denied.length === 0 && !answers.includes(false)
  const method: Method = refusesAll ? 'reject' : acceptsAll ? 'accept' : 'custom'
  const second = Math.floor(at / 1000) * 1000
  const id = '0'.repeat(32)
  const record = {
    id,
    at: second,
    updatedAt: second,
    revision,
    method,
    regime,
    signals,
    granted,
    denied,
    services,
    locale,
  }
  return { name: options.cookieName ?? 'crumbgate', value: formatRecord(record) }
}
