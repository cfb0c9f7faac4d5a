import { readConfig } from '../core/config'
import { report } from '../core/errors'
import { forgottenAt, formatRecord, grants, isCurrent, parseRecord } from '../core/record'
import { connect } from '../signals/connect'
import type { Config, ConsentRecord, Options, ServiceOptions } from '../types'

interface Checked {
  readonly config: Config
  readonly isMistaken: boolean
}

const NO_OPTIONS: Options = Object.freeze({})

/** By the options object, which is checked once. */
const checked = new WeakMap<Options, Checked>()

const hasCategory = (service: unknown): service is ServiceOptions =>
  typeof Reflect.get(Object(service), 'category') === 'string'

/** Without what other files of the script build resolve: names of services and signals, rules for regions. */
function knownHere(options: Options): Options {
  const { services, ...rest } = options
  const own = Object.entries(Object(services)).flatMap(([key, service]): [string, ServiceOptions][] =>
    hasCategory(service) ? [[key, service]] : [],
  )
  for (const name of ['region', 'regions']) Reflect.deleteProperty(rest, name)
  // What the browser asks for is not read here, so it need not be connected.
  return { ...rest, services: Object.fromEntries(own), signals: connect() }
}

function check(options: Options): Checked {
  const before = checked.get(options)
  if (before) return before
  const { config, problems } = readConfig(knownHere(options))
  const isMistaken = problems.length > 0
  if (isMistaken) report(`the configuration has mistakes, so grants do not count.\n- ${problems.join('\n- ')}`)
  const result = { config, isMistaken }
  checked.set(options, result)
  return result
}

/** The newest choice among the cookies, also one that counts no more. */
function latest(
  cookieHeader: string | null | undefined,
  { cookieName }: Config,
  now: number,
): ConsentRecord | undefined {
  const records = (cookieHeader ?? '').split(';').flatMap((pair) => {
    const at = pair.indexOf('=')
    return pair.slice(0, at).trim() === cookieName ? (parseRecord(pair.slice(at + 1).trim(), now) ?? []) : []
  })
  return records.sort((a, b) => b.updatedAt - a.updatedAt)[0]
}

/**
 * The visitor's choice, as the page will have it: what {@link Consent.choice} is there.
 * @param cookieHeader the request's `Cookie`
 * @param options those of the page: revision, lifetimes, categories, regime and name of the cookie count; where the
 * regime goes by region, the visitor's. One object for all requests, since it is checked once; mistakes in it are told on
 * the console
 * @param now milliseconds since 1970
 * @returns `null` for everything unclear: no grant
 */
export function readChoice(
  cookieHeader: string | null | undefined,
  options: Options = NO_OPTIONS,
  now = Date.now(),
): ConsentRecord | null {
  const { config, isMistaken } = check(options)
  const record = latest(cookieHeader, config, now)
  return record && isCurrent(record, config, now) && !(isMistaken && grants(record)) ? record : null
}

/**
 * Whether the browser will take a cookie for https alone. It may have come over https to what stands before this server.
 */
function isSecure({ url, headers }: Request): boolean {
  const { protocol, hostname } = new URL(url)
  // Sent by browsers where a page is on https, or on the same machine: https://www.w3.org/TR/fetch-metadata/
  const isTrusted = headers.has('sec-fetch-site') && !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)
  return protocol === 'https:' || headers.get('x-forwarded-proto')?.startsWith('https') === true || isTrusted
}

/**
 * The `Set-Cookie` that writes the visitor's choice again, unchanged, for the rest of its time. Safari forgets what a
 * script has written after seven days, and what the server of the same site has written not:
 * https://webkit.org/blog/9521/intelligent-tracking-prevention-2-3/
 * @param options as for {@link readChoice}
 * @param now milliseconds since 1970
 * @returns `null` where there is nothing to write, and for everything that a page asks for while the visitor may decide
 * again on it: such an answer would take that back
 */
export function renewCookie(request: Request, options: Options = NO_OPTIONS, now = Date.now()): string | null {
  if (!['document', null].includes(request.headers.get('sec-fetch-dest'))) return null
  const { config } = check(options)
  const record = latest(request.headers.get('cookie'), config, now)
  const seconds = record ? Math.floor((forgottenAt(record, config) - now) / 1000) : 0
  if (!record || seconds <= 0) return null
  const domain = config.domain ? `; Domain=${config.domain}` : ''
  const secure = isSecure(request) ? '; Secure' : ''
  return `${config.cookieName}=${formatRecord(record)}; Path=/; Max-Age=${seconds}; SameSite=Lax${domain}${secure}`
}
