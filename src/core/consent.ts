import type { Config, Consent, ConsentRecord, DialogFactory, Method, Options, View } from '../types'
import { readConfig } from './config'
import { createCookieJar } from './cookie'
import { browserPlaces, erase } from './erase'
import { ConsentError, report } from './errors'
import { createGate } from './gate/index'
import { watchOtherPages } from './lifecycle'
import { isAt, isInnerFrame, languageOf, nextFrame, randomId } from './page'
import {
  forgottenAt,
  formatRecord,
  type Grants,
  grants,
  isComplete,
  isCurrent,
  makeRecord,
  parseRecord,
  permits,
  withoutChoice,
} from './record'
import { createScreen } from './screen'
import { createStore } from './store'

/** What an entry adds to the core. */
export interface Parts {
  /** The dialog, at once or loaded when it is first needed. */
  readonly dialog?: (config: Config) => DialogFactory | Promise<DialogFactory>
  /** Mistakes that were found before the options were put together, such as broken JSON. */
  readonly problems?: readonly string[]
  /** The nonce of our own script tag. */
  readonly nonce?: string | undefined
}

type Selection = Readonly<Record<string, boolean>>

const nothing = () => {}

const NONE: Grants = { granted: [], services: {} }

/** Where there is no page, as on a server: nothing is allowed, nothing happens. */
const nowhere = (config: Config): Consent => ({
  config,
  choice: null,
  needsChoice: true,
  allows: (category, service) => permits(NONE, config, category, service),
  accept: nothing,
  reject: nothing,
  save: nothing,
  withdraw: nothing,
  open: nothing,
  close: nothing,
  subscribe: () => nothing,
  when: () => new Promise(nothing),
  destroy: nothing,
})

/**
 * Start Crumbgate on this page. Never throws: mistakes are told on the console.
 * @param options the configuration; everything in it is optional
 * @param parts what an entry adds, such as a dialog of your own
 */
export function createConsent(options: Options = {}, parts: Parts = {}): Consent {
  const { config, problems } = readConfig(options)
  const mistakes = [...(parts.problems ?? []), ...problems]
  if (mistakes.length > 0) {
    report(
      `the configuration has mistakes. Until they are mended, earlier grants do not count.\n- ${mistakes.join('\n- ')}`,
    )
  }

  if (typeof document === 'undefined') return nowhere(config)

  const { cookieName, domain, services } = config
  const { location } = document
  const jar = createCookieJar(document)
  const store = createStore()
  let isOver = false

  /** What is allowed while there is no choice. */
  let usual = NONE
  /** The newest choice that the browser has kept, also one that counts no more. */
  let latest: ConsentRecord | undefined
  const allows = (category: string, service?: string) => permits(store.get() ?? usual, config, category, service)
  const emit = (name: string, detail: object, cancelable?: true) =>
    document.dispatchEvent(new CustomEvent(`crumbgate:${name}`, { detail, cancelable: !!cancelable }))

  // --- the cookie -----------------------------------------------------------------------------------------------

  /** Whether the browser keeps the choice; else it holds for this page alone. */
  let isKept = true
  let warned = false
  function warn(message: string): void {
    if (!warned) report(message)
    warned = true
  }

  function keep(record: ConsentRecord): void {
    const value = formatRecord(record)
    const write = (at?: string) => jar.write(cookieName, value, forgottenAt(record, config), at)
    const copies = jar.read(cookieName)
    // A copy at another domain or path would come back when this one goes.
    if (copies.length > 1 || copies.some((copy) => copy !== value)) jar.remove(cookieName)
    isKept = true
    if (domain) {
      if (jar.accepts(domain) && write(domain)) return
      warn(
        `the browser refused the domain "${domain}" for the cookie. Write a parent domain of ${location.hostname}, not a public suffix.`,
      )
    }
    if (write()) return
    isKept = false
    warn(
      location.protocol === 'file:'
        ? 'a page opened from file:// keeps no cookies, so the choice holds until it is left. Use a web server: npx serve'
        : 'the browser refused the cookie, so the choice holds until this page is left.',
    )
  }

  function recall(): ConsentRecord | null {
    const now = Date.now()
    const values = jar.read(cookieName)
    const records = values.flatMap((value) => parseRecord(value, now) ?? [])
    const [record] = records.sort((a, b) => b.updatedAt - a.updatedAt)
    latest = record
    // What cannot be read may be a refusal, and mistakes leave open what may be on unless refused.
    usual = mistakes.length || records.length < values.length ? NONE : withoutChoice(config, record)
    return record && isCurrent(record, config, now) ? record : null
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

  // --- decisions ------------------------------------------------------------------------------------------------

  /** The choice that the page has been brought in line with; a new one counts once its turn has come. */
  let applied: ConsentRecord | null = null
  /** The choice that the page was told of last. */
  let told: ConsentRecord | null = null

  const needsChoice = () => {
    const choice = store.get()
    return !choice || !isComplete(choice, config)
  }

  /** Ask, if there is something to ask and the banner may come up by itself. */
  function ask(): void {
    if (config.auto && needsChoice() && !isAt(document, config.policy) && !isInnerFrame(window)) screen.open('banner')
  }

  /** Bring the page in line with the choice. */
  async function settle(): Promise<void> {
    const record = store.get()
    applied = record
    const erased = clean()
    const reloads = gate.hasRunWithdrawn()
    // Frames go at once: the visitor can stop a reload.
    gate.update(reloads)
    // A browser that never answers must not keep the page waiting.
    const late = new Promise<string[]>((resolve) => setTimeout(resolve, 1000, ['(no answer)']))
    const leftovers = await Promise.race([erased, late])
    // Another decision meanwhile settles both.
    if (store.get() !== record || isOver) return
    const detail = { choice: record, previous: told, leftovers }
    told = record
    if (leftovers.length && !reloads) report(`could not be deleted: ${leftovers.join(', ')}`)
    emit('change', detail)
    if (reloads && config.reload && emit('beforereload', detail, true)) location.reload()
    else if (reloads) gate.update()
  }

  function decide(method: Method, categories: Selection, chosen: Selection = {}): void {
    if (isOver) return
    const locale = screen.lang() ?? config.lang ?? languageOf(document)
    const decision = { method, categories, services: chosen, locale }
    const record = makeRecord(decision, config, store.get(), Date.now(), randomId(crypto))
    keep(record)
    store.set(record)
    screen.show(null, true)
    screen.announce()
    tell()
    nextFrame(window).then(() => {
      // Another decision within the same frame settles both.
      if (store.get() === record && !isOver) settle()
    })
  }

  /** With a mistake in the configuration nobody knows whether an earlier grant is what the visitor agreed to. */
  const isSuspect = (record: ConsentRecord) => mistakes.length > 0 && grants(record)

  /** Take over what another page has decided. */
  function check(): void {
    const previous = store.get()
    const record = recall()
    const same = (record && formatRecord(record)) === (previous && formatRecord(previous))
    if (same || !isKept || isOver || document.prerendering) return
    if (record && isSuspect(record)) return
    store.set(record)
    screen.show(null, true)
    settle()
    ask()
  }

  const keys = config.categories.map(({ key }) => key)
  const withdraw = () => decide('reject', {})

  const consent: Consent = Object.freeze({
    config,
    get choice() {
      return store.get()
    },
    get needsChoice() {
      return needsChoice()
    },
    allows,
    accept: () => decide('accept', Object.fromEntries(keys.map((key) => [key, true]))),
    reject: withdraw,
    save(categories: Selection, chosen: Selection = {}) {
      const mind = (kind: string, answers: Selection, known: readonly string[]) => {
        const unknown = Object.keys(answers).filter((key) => !known.includes(key))
        if (unknown.length)
          report(`save() knows no ${kind} "${unknown.join('", "')}". Write ${known.join(', ') || 'none'}.`)
      }
      mind('category', categories, keys)
      mind(
        'service',
        chosen,
        services.map(({ key }) => key),
      )
      decide('custom', { ...categories }, { ...chosen })
    },
    withdraw,
    // Whatever else comes, such as the event of a click listener, means the preferences.
    open: (view?: View) => screen.open(view === 'banner' ? view : 'preferences'),
    close: () => screen.show(null),
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
      isOver = true
      attached.abort()
      gate.stop()
      screen.destroy()
    },
  })

  const screen = createScreen({
    load: parts.dialog,
    consent: () => consent,
    context: { document, report },
    changed: (name, view) => emit(name, { view }),
  })

  // --- this page ------------------------------------------------------------------------------------------------

  /** Read the choice that this page starts from. */
  function begin(): void {
    const found = recall()
    const record = found && isSuspect(found) ? null : found
    // Safari keeps a cookie that a script wrote for seven days: each visit writes it again, for the rest of its time.
    if (latest && Date.now() < forgottenAt(latest, config)) keep(latest)
    store.set(record)
    // Before anything is released: what a withdrawn script wrote while its page was being left.
    if (record) clean()
    applied = record
    told = record
  }

  /** After this call has returned, so that whoever called it can listen and `window.crumbgate` is in place. */
  function greet(): void {
    queueMicrotask(() => {
      if (isOver) return
      emit('ready', { choice: store.get() })
      ask()
      if (config.button) screen.prepare()
    })
  }

  // https://developer.chrome.com/docs/web-platform/prerender-pages: nothing before the visitor is there.
  const isEarly = !!document.prerendering
  if (!isEarly) begin()
  const gate = createGate({
    document,
    window,
    config,
    decided: () => !!applied,
    allows: (category, service) =>
      !document.prerendering && allows(category, service) && permits(applied ?? usual, config, category, service),
    nonce: parts.nonce,
    report,
    hold(frame, names, service) {
      const allow = (group: readonly string[]) => Object.fromEntries(group.map((key) => [key, true]))
      screen.hold({
        frame,
        categories: config.categories.filter(({ key }) => names.includes(key)),
        service,
        loadOnce: () => gate.loadOnce(frame),
        allow() {
          gate.loadOnce(frame)
          const { granted, services: chosen } = store.get() ?? usual
          const wanted = names.filter((name) => name !== service?.category)
          consent.save(allow([...granted, ...wanted]), { ...chosen, ...allow(service ? [service.key] : []) })
        },
      })
    },
    renewed() {
      listen()
      screen.renew()
    },
  })

  let tell = () => {}
  let attached = new AbortController()

  function listen(): void {
    // Again on a page that was written anew, where the listeners may or may not be gone.
    attached.abort()
    attached = new AbortController()
    const { signal } = attached
    tell = watchOtherPages({ window, name: cookieName, signal, check })
    document.addEventListener(
      'click',
      (event) => {
        // The path, since it begins inside a web component.
        const opener = event
          .composedPath()
          .some((node) => node instanceof Element && node.matches('[data-consent-open]'))
        // A link that is opened in a new tab on purpose goes where it says.
        if (!opener || event.metaKey || event.ctrlKey || event.shiftKey) return
        event.preventDefault()
        consent.open()
      },
      { signal },
    )
  }

  listen()
  if (isEarly) {
    document.addEventListener(
      'prerenderingchange',
      () => {
        if (isOver) return
        begin()
        gate.update()
        greet()
      },
      { once: true },
    )
  } else {
    greet()
  }
  return consent
}
