import { createConsent } from './core/consent'
import { guard, report } from './core/errors'
import { trust } from './core/gate/trust'
import { type Early, watchEarly, watchMoments } from './debug/early'
import { dialogIn } from './dialog/index'
import { chooseLocale } from './language'
import { fetchLocale } from './locales/fetch'
import type { Language } from './locales/index'
import { h } from './markup/element'
import { collectOptions } from './options'
import { keepReceipts, type Receipts, type Shelf } from './receipts/keep'
import { type TableClass, tableClass, tables } from './table/element'
import { ownTag } from './tag'
import type { Config, Consent, Locale } from './types'

/** What waits in `(window.crumbgate ||= []).push(fn)`. */
type Task = (consent: Consent) => void

/** `window.crumbgate` once the script has loaded: the consent object, and `push`, which calls back at once. */
export interface CrumbgateGlobal extends Consent {
  push(...tasks: Task[]): void
}

declare global {
  interface Window {
    crumbgate?: CrumbgateGlobal | Task[]
    crumbgateConfig?: unknown
    crumbgateReceipts?: (consent: Consent, shelf: Shelf) => Receipts
    crumbgateDebug?: (consent: Consent, early: Early) => void
  }
}

const BLOCK = 'script[type="application/json"][data-crumbgate]'

/** Our own script: its address, whatever a later `<base>` makes of it, and its nonce. */
interface OwnFile {
  readonly src: string
  readonly nonce: string
}

/** Load a file that is published beside ours. */
function loadBeside({ src, nonce }: OwnFile, file: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = h('script', {})
    script.nonce = nonce
    script.onload = () => resolve()
    script.onerror = () => reject(new Error(`${file} cannot be loaded. Put it beside crumbgate.js.`))
    script.src = trust().createScriptURL(new URL(file, src).href)
    document.documentElement.append(script)
    script.remove()
  })
}

/**
 * The declaration is a file of its own, `crumb-table.js` beside ours: loaded when the first <crumb-table> is met.
 * @param locale what it is to be in
 */
function awaitTables(Table: TableClass, own: OwnFile, locale: () => Promise<Locale>): void {
  Table.locale = locale
  Table.ask = () => {
    Table.ask = undefined
    loadBeside(own, 'crumb-table.js').catch((error) => report(error.message))
  }
  if (tables().length > 0) Table.ask()
}

/**
 * What is resolved by a file of its own, and was not.
 * @param address of our own file, as the owner has written it
 */
function takeOut(options: Record<string, unknown>, address: string): string[] {
  const files: Record<string, [file: string, isLeft: (value: unknown) => boolean]> = {
    services: ['crumb-services.js', (value) => typeof value === 'string' || Array.isArray(value)],
    signals: ['crumb-signals.js', (value) => typeof Object(value).tell !== 'function'],
    import: ['crumb-import.js', (value) => typeof value !== 'function'],
    compat: ['crumb-compat.js', (value) => typeof value !== 'function'],
    region: ['crumb-signals.js', () => true],
    regions: ['crumb-signals.js', () => true],
  }
  return Object.entries(files).flatMap(([name, [file, isLeft]]) => {
    if (!(name in options) || !isLeft(options[name])) return []
    delete options[name]
    return `${name}: this is in a file of its own. Put <script src="${address.replace(/[^/]*$/, file)}"></script> before the Crumbgate tag`
  })
}

/** Load a file that is published beside ours, and take the function that it leaves on the window. */
async function openBeside<Name extends 'crumbgateReceipts' | 'crumbgateDebug'>(
  own: OwnFile | undefined,
  file: string,
  name: Name,
): Promise<NonNullable<Window[Name]>> {
  if (!own) throw new Error(`Load crumbgate.js by its src, with ${file} beside it.`)
  await loadBeside(own, file)
  const open = window[name]
  Reflect.deleteProperty(window, name)
  // An element of that id is none.
  if (typeof open !== 'function') throw new Error(`${file} is another file.`)
  return open
}

/** Whether the owner's panel is asked for: by the option, or on a developer's own machine by the address. */
function takeDebug(options: Record<string, unknown>): boolean {
  const { debug } = options
  delete options.debug
  return (
    !!debug ||
    (/^(127\.0\.0\.1|\[::1]|(.+\.)?localhost)$/.test(location.hostname) && location.search.includes('crumbgate-debug'))
  )
}

const jsonBlock = () => Document.prototype.querySelector.call(document, BLOCK)?.textContent ?? undefined

function start(): void {
  const before = window.crumbgate
  if (before && 'allows' in before) {
    report('the script is on this page twice; the second tag does nothing. Remove one.')
    return
  }
  const tag = ownTag('crumbgate.js')
  const own = tag?.src ? { src: tag.src, nonce: tag.nonce } : undefined
  const json = jsonBlock()
  const global = window.crumbgateConfig
  const { options, problems } = collectOptions({ global, json, attributes: { ...tag?.dataset } })
  // Before anything else is said.
  const early = takeDebug(options) && watchEarly(tag)
  // Elements of that id are none.
  const extras = Array.isArray(window.crumbgateExtras) ? window.crumbgateExtras : []
  for (const extend of extras) guard(() => problems.push(...extend(options)))
  problems.push(...takeOut(options, tag?.getAttribute('src') ?? ''))
  const load = async (language: Language) => {
    if (!own) throw new Error('The script tag is not to be found.')
    return fetchLocale(language, own.src)
  }
  let locale: Promise<Locale> | undefined
  const localeFor = async (config: Config) => {
    locale ??= Promise.resolve(chooseLocale(config, load))
    return locale
  }
  const consent = createConsent(options, {
    dialog: async (config) => dialogIn(await localeFor(config), receipts),
    problems,
    nonce: tag?.nonce ?? '',
  })
  const receipts = keepReceipts(consent, async (_, shelf) =>
    (await openBeside(own, 'crumb-receipts.js', 'crumbgateReceipts'))(consent, shelf),
  )
  if (early) {
    watchMoments(early, consent)
    openBeside(own, 'crumb-debug.js', 'crumbgateDebug')
      // Unless destroyed meanwhile.
      .then((open) => window.crumbgate && open(consent, early))
      .catch((error) => report(error.message))
  }
  const run = (task: unknown) => {
    if (typeof task === 'function') guard(() => task(consent))
    else report('crumbgate.push() wants a function: crumbgate.push(function (consent) { })')
  }
  const push = (...tasks: unknown[]) => tasks.forEach(run)
  let Table: TableClass | undefined
  try {
    Table = tableClass()
  } catch (error) {
    // Something on the page has taken custom elements away.
    report(`<crumb-table> cannot be filled. ${error}`)
  }
  const destroy = () => {
    consent.destroy()
    Table?.stop?.()
    if (Table) Table.ask = undefined
    // Does not throw where the page has declared it by `var`.
    Reflect.deleteProperty(window, 'crumbgate')
  }
  window.crumbgate = Object.freeze(Object.create(consent, { push: { value: push }, destroy: { value: destroy } }))
  if (own && Table) awaitTables(Table, own, () => localeFor(consent.config))
  if (Array.isArray(before)) push(...before)
  document.addEventListener('DOMContentLoaded', () => {
    if (json === undefined && jsonBlock() !== undefined) {
      report('the JSON block stands after the Crumbgate tag, so it was not read. Move it before the tag.')
    } else if (global === undefined && window.crumbgateConfig !== undefined) {
      report('window.crumbgateConfig was set after the Crumbgate tag, so it was not read. Set it before the tag.')
    }
  })
}

if (typeof document !== 'undefined') {
  if ('CSSLayerBlockRule' in window && 'adoptedStyleSheets' in document && 'HTMLDialogElement' in window) start()
  else report('this browser is too old for the dialog, so tagged scripts stay blocked.')
}
