import type { Options, Regime } from './types'

/** What holds in a region: a {@link Regime}, alone or with lifetimes of its own. */
export type RegionRule = Regime | ({ regime: Regime } & Pick<Options, 'acceptDays' | 'refuseDays'>)

export interface RegionOptions {
  /**
   * Where the visitor is, as the site's server or CDN says: `US`, `US-CA` (ISO 3166); `cookie:name` or `meta:name` for
   * the cookie or the `<meta>` that holds it; or a function that returns it.
   */
  region?: string | (() => string | undefined) | undefined
  /** What holds where, by region; `*` for all others. `US-CA` beats `US`. Whatever has no rule is `opt-in`. */
  regions?: Readonly<Record<string, RegionRule>> | undefined
}

/** The options that a region's rule comes to. */
export type RegionChoice = Pick<Options, 'regime' | 'acceptDays' | 'refuseDays'>

// Some stand for no region: what a CDN says where it does not know, and `EU`, which is no country.
const REGION = /^(?!XX|ZZ|EU|AP)[A-Z]{2}(-[A-Z0-9]{1,3})?$/

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

/** @returns the rule for this visitor, or why there is none */
function ruleFor({ region, regions = {} }: RegionOptions): RegionChoice | string {
  const wrong = Object.keys(regions).find((key) => key !== '*' && !REGION.test(key))
  if (wrong !== undefined) return `regions: "${wrong}" is not a region. Write one such as "US" or "US-CA", or "*"`
  if (region === undefined) return 'region is missing: where the visitor is. Write one such as "US", or "cookie:name"'
  const found = find(region)
  // Some servers have a country and a hyphen, where they know no more.
  if (found === undefined && typeof region === 'string') {
    const [kind, name] = region.split(/:(.*)/)
    return `region: there is no ${kind === 'meta' ? `<meta name="${name}"> before this` : `cookie "${name}"`}. Where it may be missing, its visitors are taken for "opt-in"`
  }
  const code = `${found}`.replace(/-$/, '').toUpperCase()
  if (!REGION.test(code)) {
    return `region: "${found}" is not a region. Write one such as "US" or "US-CA", or "cookie:name" or "meta:name"`
  }
  const name = [code, code.slice(0, 2), '*'].find((key) => Object.hasOwn(regions, key))
  if (!name) return `regions has no rule for "${code}". Add "${code}", or "*" for all others`
  const rule = regions[name]
  if (typeof rule === 'string') return { regime: rule }
  if (rule?.regime) return { ...rule }
  return `regions: the rule for "${name}" is none. Write "opt-in", or { "regime": "opt-in", "acceptDays": 180 }`
}

/**
 * The regime for this visitor, as options: `createConsent({ ...regimeFor({ region, regions }), policy })`. Whatever is
 * unclear is `opt-in`, and told on the console. On a server it is `opt-in`.
 */
export function regimeFor(options: RegionOptions): RegionChoice {
  let rule: RegionChoice | string = { regime: 'opt-in' }
  if (typeof document === 'undefined') return rule
  try {
    rule = ruleFor(options)
  } catch (error) {
    rule = `region cannot be read. ${error}`
  }
  if (typeof rule !== 'string') return rule
  console.error(`crumbgate: "opt-in" holds, since the region is unclear. ${rule}.`)
  return { regime: 'opt-in' }
}
