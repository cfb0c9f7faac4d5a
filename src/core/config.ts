import type { Category, CategoryOptions, Config, Options, Service, ServiceOptions, Texts, Trace } from '../types'
import { matches } from './glob'

/** What a value must look like as JSON (one notation for every type), and what to write. */
type Rule = readonly [pattern: RegExp, sample: string]
/** What of it keeps to the rules. */
type Good<T> = { [K in keyof T]?: NonNullable<T[K]> }
type Rules<T> = { readonly [K in keyof Required<T>]: Rule }

const ANY: Rule = [/^[{[]/, '{}']
const TEXT: Rule = [/^".*\S.*"$/, '"a text"']
const FLAG: Rule = [/^(true|false)$/, 'false']
// An entry of nothing but * would delete what other services and the site itself keep.
const NAMES: Rule = [/^\[("\**(\\.|[^*"\\])(\\.|[^"\\])*",?)*\]$/, '["_name*"]']

const OPTIONS: Rules<Options> = {
  // http, https, mailto or relative: a colon only after one of these, or after the start of a path, query or fragment.
  policy: [/^"\s*(https?:|mailto:|[/?#]|[^:"]+["/?#])/i, '"/privacy"'],
  revision: [/^\d{1,9}$/, '1'],
  reask: [/^"(granted|everyone)"$/, '"everyone"'],
  cookieName: [/^"[\w.-]{1,64}"$/, '"crumbgate"'],
  domain: [/^"[\w-]+(\.[\w-]+)*"$/, '"example.com"'],
  regime: [/^"(opt-in|opt-out|notice|none)"$/, '"opt-in", "opt-out", "notice" or "none"'],
  acceptDays: [/^([1-9]\d?|[12]\d\d|3[0-5]\d|36[0-5])$/, '365 (or less)'],
  refuseDays: [/^(18[3-9]|19\d|[23]\d\d|400)$/, '183 (or more, up to 400)'],
  auto: FLAG,
  close: [/^"reject"$/, '"reject"'],
  button: [/^(true|false|"start"|"end")$/, 'true, "start" or "end"'],
  theme: [/^"(light|dark|auto)"$/, '"light", "dark" or "auto"'],
  layout: [/^"(card|bar|center)"$/, '"card", "bar" or "center"'],
  position: [
    /^"(top|bottom)(-start|-end)?"$/,
    '"bottom-start", "bottom", "bottom-end", "top-start", "top" or "top-end"',
  ],
  receipts: [/^(true|false|"(https?:\/\/[^"]+|[^:"]+)")$/i, '"/consent", true or false'],
  reload: FLAG,
  lang: [/^"[a-z]{2,8}(-[a-z\d]{1,8}){0,4}"$/i, '"en"'],
  texts: ANY,
  categories: [ANY[0], '{ "functional": {} }'],
  services: [ANY[0], '{ "maps": { "category": "functional" } }'],
  signals: [ANY[0], 'connect() of crumbgate/signals'],
  nonce: TEXT,
  import: [/^function$/, 'importFrom() of crumbgate/import'],
  compat: [/^function$/, 'compatWith() of crumbgate/compat'],
}
const CATEGORY: Rules<CategoryOptions> = {
  title: TEXT,
  description: TEXT,
  basis: [/^"(consent|objection|necessary)"$/, '"consent", "objection" or "necessary"'],
}
const SERVICE: Rules<ServiceOptions> = {
  category: TEXT,
  title: TEXT,
  purpose: TEXT,
  provider: TEXT,
  cookies: NAMES,
  localStorage: NAMES,
  sessionStorage: NAMES,
  indexedDB: NAMES,
  caches: NAMES,
  signal: TEXT,
  lifetimes: [/^\{("(\\.|[^"\\])+":\d{1,5},?)*\}$/, '{ "_name*": 30 } (days; 0: until the browser is closed)'],
}
const COOKIE = 'crumbgate'
const USUAL = ['necessary', 'functional', 'performance', 'marketing']
/** What we keep ourselves: the choice, and its receipts (`receipts/key.ts`, not imported, so that the core is one file). */
export const ownTraces = (name: string): Partial<Record<Trace, string[]>> => ({
  cookies: [name],
  localStorage: [`${name}.receipt.*`],
})
/** What no option can change. */
const FIXED: Partial<Record<string, Category['basis']>> = { necessary: 'necessary', marketing: 'consent' }
// Names that every JavaScript object is born with would reach it in code that is less careful.
const KEY = /^(?!constructor$|prototype$)[a-z][a-z0-9-]{0,31}$/

function json(value: unknown): string {
  try {
    return JSON.stringify(value) ?? typeof value
  } catch {
    return typeof value
  }
}

const fits = <T>(value: unknown, pattern: RegExp): value is T => pattern.test(json(value))

/** What only writes like a text, a number or a list, such as `new String()`, as one: whoever compares it would be misled. */
function plain<T>(value: T): T {
  const text = json(value)
  return typeof value === 'object' && !text.startsWith('{') ? JSON.parse(text) : value
}

const isIn = <T extends object>(name: PropertyKey, rules: T): name is keyof T => Object.hasOwn(rules, name)

/** What to write in the place of a name that is unknown: `data-acceptDays` arrives as `acceptdays`. */
function nameFor(name: string, rules: object): string {
  // Not `kebab.ts`: what others share would break the core in two files.
  const bare = (text: string) => text.replace(/[-_]/g, '').toLowerCase()
  const like = Object.keys(rules).find((known) => bare(known) === bare(name))
  if (!like) return `one of the names ${Object.keys(rules).join(', ')}`
  // Only options have attributes.
  const attribute = `, as an attribute data-${like.replace(/[A-Z]/g, '-$&').toLowerCase()}`
  return `"${like}"${rules === OPTIONS ? attribute : ''}`
}

/** The options that name what a service stores. */
const TRACES = Object.keys(SERVICE).filter((name): name is Trace => isIn(name, SERVICE) && SERVICE[name] === NAMES)

/**
 * Check the owner's options. What is wrong is left out, so that its default holds.
 * @param options what the owner wrote; anything at all
 * @returns the configuration, and a line for each mistake
 */
export function readConfig(options: unknown): { config: Config; problems: string[] } {
  const problems: string[] = []
  const wrong = (path: string, value: unknown, sample: string) =>
    problems.push(`${path}: ${json(value).slice(0, 80)} is not right. Write ${sample}`)

  /** The own entries of an object, none if it is something else. */
  function entries(path: string, value: unknown): [string, unknown][] {
    if (value && typeof value === 'object' && !Array.isArray(value)) return Object.entries(value)
    wrong(path, value, isIn(path, OPTIONS) ? OPTIONS[path][1] : '{ }')
    return []
  }

  /** The entries that keep to the rules. */
  function check<T extends object>(path: string, value: unknown, rules: Rules<T>): Good<T> {
    const good: Good<T> = {}
    for (const [name, found] of entries(path || 'options', value)) {
      const at = path ? `${path}.${name}` : name
      if (!isIn(name, rules))
        problems.push(`${at}: ${json(found).slice(0, 80)} is not known. Write ${nameFor(name, rules)}`)
      else if (fits<NonNullable<T[typeof name]>>(found, rules[name][0])) good[name] = plain(found)
      else if (found !== undefined) wrong(at, found, `"${name}": ${rules[name][1]}`)
    }
    return good
  }

  /** Entries whose names are the owner's own. */
  const keyed = (path: string, value: unknown) =>
    entries(path, value).filter(
      ([key, item]) => KEY.test(key) || !wrong(`${path}.${key}`, item, 'a name of a-z, 0-9 and -, such as "maps"'),
    )

  const given = check<Options>('', options, OPTIONS)
  if (given.signals && typeof given.signals.tell !== 'function') {
    wrong('signals', given.signals, OPTIONS.signals[1])
    delete given.signals
  }
  if (given.regime === 'opt-out' && !given.signals) {
    problems.push(
      'regime: "opt-out" needs "signals": connect(gpc()) beside it, or crumb-signals.js before the Crumbgate tag. Until then "opt-in" holds',
    )
    delete given.regime
  }
  const { regime = 'opt-in' } = given

  const categories: Category[] = []
  for (const [key, value] of keyed(
    'categories',
    given.categories ?? Object.fromEntries(USUAL.map((key) => [key, {}])),
  )) {
    const path = `categories.${key}`
    const own = check<CategoryOptions>(path, value, CATEGORY)
    const fixed = FIXED[key]
    if (fixed && own.basis && own.basis !== fixed) wrong(`${path}.basis`, own.basis, `"${fixed}", or leave it out`)
    let basis = fixed ?? own.basis ?? 'consent'
    if (basis === 'consent' && regime !== 'opt-in') basis = 'objection'
    const category = Object.freeze({ key, ...own, basis })
    if (key === 'necessary') categories.unshift(category)
    else if (USUAL.includes(key) || (own.title && own.description)) categories.push(category)
    else wrong(path, value, `"${key}": { "title": "a text", "description": "a text" }`)
  }
  if (categories[0]?.key !== 'necessary') categories.unshift(Object.freeze({ key: 'necessary', basis: 'necessary' }))

  const services: Service[] = []
  const isNecessary = (service: Service) =>
    categories.some(({ key, basis }) => key === service.category && basis === 'necessary')
  for (const [key, value] of keyed('services', given.services ?? {})) {
    const path = `services.${key}`
    const service = check<ServiceOptions>(path, value, SERVICE)
    const category = categories.find((item) => item.key === service.category)
    if (category) services.push(Object.freeze({ ...service, key, category: category.key }))
    else wrong(`${path}.category`, service.category, `one of "${categories.map((item) => item.key).join('", "')}"`)
  }

  /** Without the names that fit what the site has declared necessary, or our own cookie. */
  const harmless = (service: Service): Service => {
    if (isNecessary(service)) return service
    const safe: { -readonly [K in keyof Service]: Service[K] } = { ...service }
    for (const trace of TRACES) {
      const needed = services.filter(isNecessary).flatMap((other) => other[trace] ?? [])
      needed.push(...(ownTraces(given.cookieName ?? COOKIE)[trace] ?? []))
      safe[trace] &&= safe[trace].filter((name) => {
        const hit = needed.find((other) => matches(name, other) || matches(other, name))
        if (hit)
          wrong(`services.${service.key}.${trace}`, name, `a name that does not fit "${hit}", which the site needs`)
        return !hit
      })
    }
    return Object.freeze(safe)
  }

  const texts: Partial<Texts> = {}
  for (const [name, text] of entries('texts', given.texts ?? {})) {
    if (fits<string>(text, TEXT[0]) && name !== '__proto__') Object.assign(texts, { [name]: plain(text) })
    else wrong(`texts.${name}`, text, TEXT[1])
  }

  return {
    config: Object.freeze({
      revision: 0,
      reask: 'granted',
      cookieName: COOKIE,
      regime,
      acceptDays: 365,
      // Whoever has opted out is not to be asked for a year: California Civil Code 1798.135 (c) (4)
      refuseDays: regime === 'opt-out' ? 365 : 183,
      auto: true,
      reload: true,
      receipts: false,
      button: false,
      theme: 'auto',
      layout: 'card',
      position: 'bottom-start',
      ...given,
      texts: Object.freeze(texts),
      categories: Object.freeze(categories),
      services: Object.freeze(services.map(harmless)),
    }),
    problems,
  }
}
