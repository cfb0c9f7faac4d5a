import type { Consent, ConsentRecord, Dialog, DialogFactory, Method, Options, View } from '../types'
import { readConfig } from './config'
import { createCookieJar } from './cookie'
import { browserPlaces, erase } from './erase'
import { ConsentError, report } from './errors'
import { createGate } from './gate/index'
import { isAt, isInnerFrame, nextFrame, randomId } from './page'
import { expiresAt, formatRecord, grants, isComplete, isCurrent, makeRecord, parseRecord, permits } from './record'
import { createStore } from './store'

/** What an entry adds to the core. */
export interface Parts {
  /** The dialog, at once or loaded when it is first needed. */
  readonly dialog?: () => DialogFactory | Promise<DialogFactory>
  /** Mistakes that were found before the options were put together, such as broken JSON. */
  readonly problems?: readonly string[]
  /** The nonce of our own script tag. */
  readonly nonce?: string | undefined
}

type Answers = Readonly<Record<string, boolean>>

const nothing = () => {}

/** Where there is no page, as on a server: nothing is allowed, nothing happens. */
const NOWHERE: Consent = {
  choice: null,
  needsChoice: true,
  allows: (category, service) => category === 'necessary' && !service,
  accept: nothing,
  reject: nothing,
  save: nothing,
  withdraw: nothing,
  open: nothing,
  close: nothing,
  subscribe: () => nothing,
  when: () => new Promise(nothing),
  destroy: nothing,
}

/**
 * Start Crumbgate on this page. Never throws: mistakes are told on the console.
 * @param options the configuration; everything in it is optional
 * @param parts what an entry adds, such as a dialog of your own
 */
export function createConsent(options: Options = {}, parts: Parts = {}): Consent {
  if (typeof document === 'undefined') return NOWHERE
  const { config, problems } = readConfig(options)
  const mistakes = [...(parts.problems ?? []), ...problems]
  if (mistakes.length > 0) {
    report(
      `the configuration has mistakes. Until they are mended, earlier grants do not count.\n- ${mistakes.join('\n- ')}`,
    )
  }

  const { cookieName, domain, services } = config
  const { location } = document
  const jar = createCookieJar(document)
  const store = createStore()
  const ended = new AbortController()
  const { signal } = ended

  const allows = (category: string, service?: string) => permits(store.get(), config, category, service)
  const emit = (name: string, detail: object, cancelable?: true) =>
    document.dispatchEvent(new CustomEvent(`crumbgate:${name}`, { detail, cancelable: !!cancelable }))

  // --- the cookie -----------------------------------------------------------------------------------------------

  let warned = false
  function warn(message: string): void {
    if (!warned) report(message)
    warned = true
  }

  function keep(record: ConsentRecord): void {
    const value = formatRecord(record)
    const write = (at?: string) => jar.write(cookieName, value, expiresAt(record, config), at)
    // A copy left at another domain or path would come back when this one goes.
    if (jar.read(cookieName).some((other) => other !== value)) jar.remove(cookieName)
    if (domain) {
      if (write(domain)) return
      warn(
        `the browser refused the domain "${domain}" for the cookie. Write a parent domain of ${location.hostname}, not a public suffix.`,
      )
    }
    if (write()) return
    warn(
      location.protocol === 'file:'
        ? 'a page opened from file:// keeps no cookies, so the choice holds until it is left. Use a web server: npx serve'
        : 'the browser refused the cookie, so the choice holds until this page is left.',
    )
  }

  function recall(): ConsentRecord | null {
    const now = Date.now()
    const records = jar.read(cookieName).flatMap((value) => parseRecord(value, now) ?? [])
    const [record] = records.sort((a, b) => b.updatedAt - a.updatedAt)
    // With a mistake in the configuration nobody knows whether a grant is what the visitor agreed to.
    if (!record || !isCurrent(record, config, now) || (mistakes.length && grants(record))) return null
    // Safari keeps a cookie that a script wrote for seven days: each visit writes it again, for the rest of its time.
    keep(record)
    return record
  }

  /** Delete what refused services left. */
  function clean(): Promise<string[]> {
    const isAllowed = ({ category, key }: { category: string; key: string }) => allows(category, key)
    return erase(
      [{ trace: 'cookies', ...jar }, ...browserPlaces(window)],
      services.filter((service) => !isAllowed(service)),
      [...services.filter(isAllowed), { cookies: [cookieName] }],
    )
  }

  // --- the dialog -----------------------------------------------------------------------------------------------

  let dialog: Promise<Dialog> | undefined
  let view: View | null = null
  let origin: View | null = null

  function show(next: View | null): void {
    if (next === view) return
    const previous = view
    view = next
    if (parts.dialog && !signal.aborted) {
      dialog ??= Promise.resolve()
        .then(parts.dialog)
        .then((create) => create(consent, { document, config, report, back: () => show(origin) }))
      dialog.then(
        (it) => it.show(view),
        (error) => {
          // Asked for again, it is loaded again.
          dialog = undefined
          view = null
          report(`the dialog cannot be shown, so nothing optional is allowed. ${error}`)
        },
      )
    }
    if (previous) emit('close', { view: previous })
    if (next) emit('open', { view: next })
  }

  // --- decisions ------------------------------------------------------------------------------------------------

  const needsChoice = () => {
    const choice = store.get()
    return !choice || !isComplete(choice, config)
  }

  function decide(method: Method, categories: Answers, chosen: Answers = {}): void {
    const previous = store.get()
    const decision = { method, categories, services: chosen, locale: config.lang ?? 'en' }
    const record = makeRecord(decision, config, previous, Date.now(), randomId(crypto))
    keep(record)
    store.set(record)
    origin = null
    show(null)
    dialog?.then((it) => it.announce(), nothing)
    nextFrame(window).then(async () => {
      // Another decision within the same frame settles both.
      if (store.get() !== record || signal.aborted) return
      applied = record
      const erased = clean()
      const reloads = gate.hasRunWithdrawn()
      if (!reloads) gate.update()
      // A browser that never answers must not keep the page waiting.
      const late = new Promise<string[]>((resolve) => setTimeout(resolve, 1000, ['(no answer)']))
      const leftovers = await Promise.race([erased, late])
      const detail = { choice: record, previous, leftovers }
      if (leftovers.length && !reloads) report(`could not be deleted: ${leftovers.join(', ')}`)
      emit('change', detail)
      if (reloads && config.reload && emit('beforereload', detail, true)) location.reload()
      else if (reloads) gate.update()
    })
  }

  const keys = config.categories.map(({ key }) => key)
  const withdraw = () => decide('reject', {})

  const consent: Consent = Object.freeze({
    get choice() {
      return store.get()
    },
    get needsChoice() {
      return needsChoice()
    },
    allows,
    accept: () => decide('accept', Object.fromEntries(keys.map((key) => [key, true]))),
    reject: withdraw,
    save(categories: Answers, chosen: Answers = {}) {
      const known = [...keys, ...services.map(({ key }) => key)]
      const unknown = Object.keys({ ...categories, ...chosen }).filter((key) => !known.includes(key))
      if (unknown.length) report(`save() knows no "${unknown.join('", "')}". Write ${known.join(', ')}.`)
      decide('custom', { ...categories }, { ...chosen })
    },
    withdraw,
    open(next: View = 'preferences') {
      if (next !== view) origin = view
      show(next)
    },
    close: () => show(null),
    subscribe: store.subscribe,
    async when(category: string) {
      if (!keys.includes(category)) throw new ConsentError(`No category "${category}". Write ${keys.join(', ')}.`)
      await new Promise<void>((resolve) => {
        const leave = store.subscribe(test)
        function test() {
          if (!allows(category)) return
          leave()
          resolve()
        }
        test()
      })
    },
    destroy() {
      ended.abort()
      gate.stop()
      dialog?.then((it) => it.destroy(), nothing)
    },
  })

  // --- this page ------------------------------------------------------------------------------------------------

  store.set(recall())
  // Before anything is released: what a withdrawn script wrote while its page was being left.
  if (store.get()) clean()
  /** The choice that the page has been brought in line with; a new one counts once its turn has come. */
  let applied = store.get()
  const gate = createGate({
    document,
    window,
    config,
    decided: () => !!applied,
    allows: (category, service) => allows(category, service) && permits(applied, config, category, service),
    nonce: parts.nonce,
    report,
  })
  document.addEventListener(
    'click',
    (event) => {
      const opener = event.target instanceof Element && event.target.closest('[data-consent-open]')
      // A link that is opened in a new tab on purpose goes where it says.
      if (!opener || event.metaKey || event.ctrlKey || event.shiftKey) return
      event.preventDefault()
      consent.open()
    },
    { signal },
  )
  // After this call has returned, so that whoever called it can listen and `window.crumbgate` is in place.
  queueMicrotask(() => emit('ready', { choice: store.get() }))
  if (config.auto && needsChoice() && !isAt(document, config.policy) && !isInnerFrame(window)) consent.open('banner')
  return consent
}
