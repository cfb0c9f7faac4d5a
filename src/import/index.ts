import { categoryOf, serviceOf } from '../categories'
import { report } from '../core/errors'
import { languageOf, randomId } from '../core/page'
import type { Config, ConsentRecord, Import, ImportedChoice } from '../types'
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

/** Our categories and services that the tool's answers are about. */
function translate(
  { categories = {}, services = {}, listed = [], isWhole }: Answers,
  config: Config,
  { options }: Importer,
): Record<'given' | 'chosen', Record<string, boolean>> {
  const given: Record<string, boolean> = {}
  const chosen: Record<string, boolean> = {}
  // Where several stand for one of ours, all have to be allowed.
  const answer = (all: Record<string, boolean>, key: string | undefined, isAllowed: boolean) => {
    if (key) all[key] = isAllowed && all[key] !== false
  }
  const ours = (name: string) => categoryOf(name, config, options.categories)
  const hasCategories = isWhole || Object.keys(categories).length > 0
  for (const [name, isAllowed] of Object.entries(categories)) answer(given, ours(name), isAllowed)
  for (const [name, isAllowed] of Object.entries(services)) {
    const key = serviceOf(name, config, options.services)
    answer(chosen, key, isAllowed)
    const service = config.services.find((item) => item.key === key)
    const category = service?.category ?? categoryOf(options.services?.[name] ?? name, config)
    // Categories of its own are answered already.
    if (!hasCategories) answer(given, category, isAllowed)
  }
  if (isWhole) for (const { key } of config.categories) given[key] ??= false
  if (hasCategories) {
    const closed = listed.map(ours)
    for (const { key, category } of config.services) {
      const isAllowed = given[category]
      if (isAllowed !== undefined) chosen[key] ??= isAllowed && !closed.includes(category)
    }
    // Here a category whose services differ counts as refused itself.
    for (const { key, category } of config.services) {
      if (chosen[key] === false && category in given) given[category] = false
    }
  }
  return { given, chosen }
}

const wholeSeconds = (time: number) => Math.floor(time / 1000) * 1000

/** @returns what has been answered; the rest is asked about */
function recordOf(answers: Answers, config: Config, importer: Importer, at: number, until: number): ConsentRecord {
  const { given, chosen } = translate(answers, config, importer)
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
 * would have counted there.
 * @param importers the tools that the site had before, such as `klaro()`; the newest answer counts
 * @returns the value of the option `import`
 */
export const importFrom =
  (...importers: readonly Importer[]): Import =>
  (cookies, config, now) => {
    const stored = (name: string) =>
      [...(cookies.read(name) ?? []), ...inStorages((storage) => storage.getItem(name))].flatMap((text) =>
        text ? decode(text) : [],
      )

    function choicesOf(importer: Importer): ImportedChoice[] {
      const { keys, options, read } = importer
      const last = options.until === undefined ? Number.POSITIVE_INFINITY : Date.parse(options.until) + DAY
      if (Number.isNaN(last)) report(`import: until: "${options.until}" is no day. Write "2027-03-01"`)
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
        return { record: recordOf(answers, config, importer, at, until), forget }
      })
    }

    const found = importers.flatMap(choicesOf).sort((a, b) => b.record.at - a.record.at)
    const [newest] = found
    if (!newest) return null
    const forget = () => {
      for (const choice of found) choice.forget()
    }
    return { ...newest, forget }
  }
