import type { Options, Regime } from './types'

/** What holds in a region: a {@link Regime}, alone or with lifetimes of its own. */
export type RegionRule = Regime | ({ regime: Regime } & Pick<Options, 'acceptDays' | 'refuseDays'>)

export interface RegionOptions {
  /**
   * Where the visitor is, as the site's server or CDN says: `US`, `US-CA` (ISO 3166); `cookie:name` or `meta:name` for
   * the cookie or the `<meta>` that holds it; or a function that returns it.
   */
  region?: string | (() => string | undefined)
  /** What holds where, by region; `*` for all others. `US-CA` beats `US`. Whatever has no rule is `opt-in`. */
  regions?: Readonly<Record<string, RegionRule>>
}

/** The options that a region's rule comes to. */
export type RegionChoice = Pick<Options, 'regime' | 'acceptDays' | 'refuseDays'>

const REGION = /^[A-Z]{2}(-[A-Z0-9]{1,3})?$/

const complain = (message: string) => console.error(`crumbgate: ${message}`)

function cookie(name: string): string | undefined {
  // Through the prototype: <form name=cookie> hides document.cookie behind the element.
  const all = `${Object.getOwnPropertyDescriptor(Document.prototype, 'cookie')?.get?.call(document)}`
  return all
    .split('; ')
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1)
}

function meta(name: string): string | undefined {
  const element = Document.prototype.querySelector.call(document, `meta[name="${CSS.escape(name)}"]`)
  return element?.getAttribute('content') ?? undefined
}

function find(region: RegionOptions['region']): string | undefined {
  if (typeof region === 'function') return region()
  const [, kind, name = ''] = /^(cookie|meta):(.+)$/.exec(region ?? '') ?? []
  if (!kind) return region
  return kind === 'cookie' ? cookie(name) : meta(name)
}

/**
 * The regime for this visitor, as options: `createConsent({ ...regimeFor({ region, regions }), policy })`. Whatever is
 * unclear is `opt-in`, and told on the console. On a server it is `opt-in`.
 */
export function regimeFor({ region, regions = {} }: RegionOptions): RegionChoice {
  const unclear: RegionChoice = { regime: 'opt-in' }
  if (typeof document === 'undefined') return unclear
  let found: unknown
  try {
    found = find(region)
  } catch (error) {
    complain(`region cannot be read, so "opt-in" holds. ${error}`)
    return unclear
  }
  // Some servers have a country and a hyphen, where they know no more.
  const code = `${found}`.replace(/-$/, '').toUpperCase()
  if (!REGION.test(code)) {
    complain(
      `region: "${found}" is not a region, so "opt-in" holds. Write one such as "US" or "US-CA", or "cookie:name".`,
    )
    return unclear
  }
  const name = [code, code.slice(0, 2), '*'].find((key) => Object.hasOwn(regions, key))
  const rule = name && regions[name]
  if (!rule) {
    complain(`regions has no rule for "${code}", so "opt-in" holds. Add "${code}", or "*" for all others.`)
    return unclear
  }
  return typeof rule === 'string' ? { regime: rule } : { ...rule }
}
