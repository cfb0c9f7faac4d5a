import { advice, categoryOf, serviceOf } from '../categories'
import { languageOf, randomId } from '../core/page'
import type { Config, ConsentRecord, Import } from '../types'
import type { Answers, Importer } from './importer'

export { c15t } from './c15t'
export { cookiebot } from './cookiebot'
export { cookieYes } from './cookieyes'
export type { Answers, Importer, ImportOptions } from './importer'
export { klaro } from './klaro'
export { oneTrust } from './onetrust'
export { vanillaCookieConsent } from './vanilla-cookieconsent'

const DAY = 86_400_000
/** The record's format has ten digits for seconds. */
const OLDEST = 1e12

const STORAGES = ['localStorage', 'sessionStorage'] as const

/** Web storage refuses in sandboxed frames, and where the visitor says so. */
function inStorages<T>(use: (storage: Storage) => T): T[] {
  return STORAGES.flatMap((name) => {
    try {
      return [use(window[name])]
    } catch {
      return []
    }
  })
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Our categories and services that the tool's answers are about, and what nothing explains of what was allowed. */
function translate(
  { categories = {}, services = {}, listed = {}, isWhole }: Answers,
  config: Config,
  { options }: Importer,
): { given: Record<string, boolean>; chosen: Record<string, boolean>; unexplained: string[] } {
  const given: Record<string, boolean> = {}
  const chosen: Record<string, boolean> = {}
  const unexplained: string[] = []
  // Where several stand for one of ours, all have to be allowed.
  const answer = (all: Record<string, boolean>, key: string | null | undefined, isAllowed: boolean) => {
    if (key) all[key] = isAllowed && all[key] !== false
  }
  const ours = (name: string) => categoryOf(name, config, options.categories)
  /** Whether there are services here in the category that it was listed in. */
  const hasServices = (name: string) =>
    Object.entries(listed).some(
      ([there, found]) => found.includes(name) && config.services.some(({ category }) => category === ours(there)),
    )
  const hasCategories = isWhole || Object.keys(categories).length > 0
  for (const [name, isAllowed] of Object.entries(categories)) {
    const key = ours(name)
    answer(given, key, isAllowed)
    if (key === undefined && isAllowed) unexplained.push(name)
  }
  for (const [name, isAllowed] of Object.entries(services)) {
    const key = serviceOf(name, config, options.services)
    answer(chosen, key, isAllowed)
    // Categories of its own are answered already.
    if (hasCategories) {
      // It may be one of those that are here in its category.
      const isSaid = Object.hasOwn(options.services ?? {}, name)
      if (isAllowed && !key && !isSaid && hasServices(name)) unexplained.push(name)
      continue
    }
    const service = config.services.find((item) => item.key === key)
    const category = service?.category ?? categoryOf(name, config, options.services)
    answer(given, category, isAllowed)
    if (category === undefined && isAllowed) unexplained.push(name)
  }
  if (isWhole) for (const { key } of config.categories) given[key] ??= false
  if (!hasCategories) return { given, chosen, unexplained }
  for (const { key, category } of config.services) {
    const isAllowed = given[category]
    if (isAllowed === undefined || key in chosen || options.added?.includes(key)) continue
    // Beside services that it names, one that it does not name was refused. If we know none of them, nobody can tell.
    const named = Object.entries(listed).flatMap(([name, found]) => (ours(name) === category ? found : []))
    const isKnown = named.some((name) => serviceOf(name, config, options.services))
    if (!isAllowed || !named.length) chosen[key] = isAllowed
    else if (isKnown) chosen[key] = false
  }
  // Here a category whose services differ counts as refused itself.
  for (const { key, category } of config.services) {
    if (chosen[key] === false && category in given) given[category] = false
  }
  return { given, chosen, unexplained }
}

const wholeSeconds = (time: number) => Math.floor(time / 1000) * 1000

/** @returns what has been answered; the rest is asked about */
function recordOf(
  { given, chosen }: Pick<ReturnType<typeof translate>, 'given' | 'chosen'>,
  config: Config,
  at: number,
  until: number,
): ConsentRecord {
  const isChoice = (name: string) => config.categories.some(({ key, basis }) => key === name && basis !== 'necessary')
  const answered = Object.keys(given).filter(isChoice)
  const updatedAt = wholeSeconds(at)
  return {
    id: randomId(crypto),
    at: updatedAt,
    updatedAt,
    until: wholeSeconds(until),
    revision: config.revision,
    method: 'import',
    regime: config.regime,
    signals: [],
    granted: answered.filter((key) => given[key]),
    denied: answered.filter((key) => !given[key]),
    services: Object.fromEntries(
      config.services.flatMap(({ key, category }) => {
        const isAllowed = chosen[key]
        return isChoice(category) && isAllowed !== undefined ? [[key, isAllowed]] : []
      }),
    ),
    locale: config.lang ?? languageOf(document),
  }
}

/**
 * Take over the choice that a visitor has given to another tool: what was answered, with its date, for no longer than it
 * would have counted there. Where nothing says what an allowed name is here, nothing is taken over and nothing deleted.
 * @param importers the tools that the site had before, such as `klaro()`; the newest answer counts
 * @returns the value of the option `import`
 */
export const importFrom =
  (...importers: readonly Importer[]): Import =>
  (cookies, config, report, latest) => {
    const now = Date.now()
    const stored = (name: string) =>
      [...(cookies.read(name) ?? []), ...inStorages((storage) => storage.getItem(name))].flatMap((text) =>
        text ? decode(text) : [],
      )

    function choicesOf(importer: Importer) {
      const { tool, keys, options, read } = importer
      const last = options.until === undefined ? Number.POSITIVE_INFINITY : Date.parse(options.until) + DAY
      if (Number.isNaN(last)) report(`import.until: write 2027-03-01`)
      const forget = () => {
        for (const key of keys) {
          if (cookies.read(key)?.length) cookies.remove(key)
          inStorages((storage) => storage.removeItem(key))
        }
      }
      return keys.flatMap(stored).flatMap((text) => {
        const answers = read(text, stored)
        if (!answers || (options.revision !== undefined && answers.revision !== options.revision)) return []
        const { at = now } = answers
        const until = Math.min(answers.until ?? at + (options.days ?? importer.days) * DAY, last)
        // Also where one of them is no number.
        if (!(at >= OLDEST && at <= now && until > now)) return []
        const { unexplained, ...found } = translate(answers, config, importer)
        const [name] = unexplained
        // Once there is a choice of ours, nothing is waiting for it.
        if (name !== undefined && !latest) {
          const list = Object.hasOwn(answers.categories ?? {}, name) ? 'categories' : 'services'
          report(`import: nothing says what "${name}" is here. ${advice('import', tool, list, name, config)}.`)
          return []
        }
        // Without a date nobody knows which was the last.
        const isLast = !latest || (answers.at !== undefined && wholeSeconds(at) > latest.updatedAt)
        return { at, record: isLast ? recordOf(found, config, at, until) : undefined, forget }
      })
    }

    const found = importers.flatMap(choicesOf).sort((a, b) => b.at - a.at)
    const [newest] = found
    if (!newest) return null
    const forget = () => {
      for (const choice of found) choice.forget()
    }
    return { record: newest.record, forget }
  }
