import type { Config, Consent, ConsentRecord, DialogFactory, Grants, Method, Options, View } from '../types'
import { ownTraces, readConfig } from './config'
import { createCookieJar } from './cookie'
import { browserPlaces, erase, UNKNOWN } from './erase'
import { ConsentError, createReport, guard, report } from './errors'
import { createGate } from './gate/index'
import { watchOtherPages } from './lifecycle'
import { createMemory } from './memory'
import { NONE, nothing, nowhere, SILENT } from './nowhere'
import { isAt, isInnerFrame, languageOf, nextFrame, randomId, showOptOutLinks, watchOpeners } from './page'
import { forgottenAt, formatRecord, grants, isComplete, isCurrent, makeRecord, permits, withoutChoice } from './record'
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

/** After the name of a cookie that only the server can delete. */
const HIDDEN = ' (HttpOnly)'

/** Whether one is at work on this page. */
let isAtWork = false

/**
 * Start Crumbgate on this page. Never throws: mistakes are told on the console, and so is a browser that lacks what it takes.
 * @param options the configuration; everything in it is optional
 * @param parts what an entry adds, such as a dialog of your own
 */
export function createConsent(options: Options = {}, parts: Parts = {}): Consent {
  const undo: (() => void)[] = []
  try {
    const { config, problems } = readConfig(options)
    const mistakes = [...(parts.problems ?? []), ...problems]
    if (typeof document !== 'undefined') return start(config, parts, mistakes, undo)
    tellMistakes(mistakes)
    return nowhere(config)
  } catch (error) {
    for (const end of undo) guard(end)
    report(`something that Crumbgate needs is broken on this page, so tagged scripts stay blocked. ${error}`)
  }
  return nowhere(readConfig({}).config)
}

function tellMistakes(mistakes: readonly string[]): void {
  if (!mistakes.length) return
  report(
    `the configuration has mistakes. Until they are mended, earlier grants do not count.\n- ${mistakes.join('\n- ')}`,
  )
}

/** @param undo takes what ends that which has begun: at the end, or should the rest fail */
function start(config: Config, parts: Parts, mistakes: string[], undo: (() => void)[]): Consent {
  const { signals = SILENT } = config
  undo.push(signals.stop)
  mistakes.push(...signals.start(config))
  tellMistakes(mistakes)
  const warn = createReport()
  // Told now, rather than at each event.
  if (typeof CustomEvent !== 'function') throw new TypeError('There is no CustomEvent.')
  if (isAtWork)
    warn(
      'createConsent() was called while another one is at work, perhaps after a hot update. Call destroy() of that first, or use it everywhere.',
    )

  const { cookieName, services } = config
  const { location } = document
  const jar = createCookieJar(document)
  const memory = createMemory(jar, config, location)
  const store = createStore()
  let isOver = false
  let attached = new AbortController()
  undo.push(() => {
    isOver = true
    attached.abort()
  })
  /** Whether the stored choice has been taken: a page that is prerendered does it when it is shown. */
  let hasBegun = false

  /** What is allowed while there is no choice. */
  let usual = NONE
  /** Whether all that is kept of the visitor can be read, and the configuration has no mistakes. */
  let isClear = false
  /** Whether nothing at all is known of the visitor. */
  let isNew = false
  /** The newest choice that the browser has kept, also one that counts no more. */
  let latest: ConsentRecord | undefined
  /** What the choice comes to, or what holds without one; less what a signal of the browser refuses. */
  const grantsOf = (record: ConsentRecord | null) => signals.refuse(record ?? usual, record, config)
  const allows = (category: string, service?: string) => permits(grantsOf(store.get()), config, category, service)
  const emit = (name: string, detail: object, cancelable?: true) =>
    document.dispatchEvent(new CustomEvent(`crumbgate:${name}`, { detail, cancelable: !!cancelable }))

  const honoured = () => signals.honoured(grantsOf(store.get()), config)

  /**
   * Whether it is to be said on the page, while nothing is open, that the browser's signal has what it asks for: where
   * everything is on unless refused (11 CCR 7025 (c) (6)), and where it stands over what the visitor has accepted.
   */
  function saysHonoured(): boolean {
    const choice = store.get()
    const isOver = !!choice && grants(choice) && signals.isRefusing(choice)
    return !!honoured() && (config.regime !== 'opt-in' || isOver)
  }

  // A page within a page leaves it to that one.
  const stays = () => !!config.button || (saysHonoured() && !isInnerFrame(window))

  const tellVendors = () =>
    signals.tell({
      config,
      choice: store.get(),
      allows,
      allowsUndecided: (category, service) => permits(grantsOf(null), config, category, service),
      isNew: isNew && !store.get(),
    })

  // --- the choice -----------------------------------------------------------------------------------------------

  /** Take the choice from the browser. */
  function recall(): ConsentRecord | null {
    const now = Date.now()
    const { record, isReadable } = memory.recall(now)
    latest = record
    // What cannot be read may be a refusal, and mistakes leave open what may be on unless refused.
    isClear = isReadable && !mistakes.length
    usual = isClear ? withoutChoice(config, record) : NONE
    isNew = isClear && !record && !signals.asking().length
    return record && isCurrent(record, config, now) ? record : null
  }

  /**
   * Delete what refused services left.
   * @param before what was allowed until now: of that, cookies that scripts cannot see are looked for too
   * @returns what could not be deleted, such as `cookies: _ga`
   */
  async function clean(before: Grants = NONE): Promise<string[]> {
    const isAllowed = ({ category, key }: { category: string; key: string }) => allows(category, key)
    const refused = services.filter((service) => !isAllowed(service))
    const withdrawn = refused.filter(({ category, key }) => permits(before, config, category, key))
    const erased = erase([{ trace: 'cookies', ...jar }, ...browserPlaces(window)], refused, [
      ...services.filter(isAllowed),
      ownTraces(cookieName),
    ])
    const names = memory.isKept() ? withdrawn.flatMap(({ cookies = [] }) => cookies) : []
    const hidden = names.filter((name) => !name.includes('*') && jar.hides(name))
    return [...(await erased), ...hidden.map((name) => `cookies: ${name}${HIDDEN}`)]
  }

  function complain(leftovers: readonly string[]): void {
    if (leftovers.length) warn(`could not be deleted: ${leftovers.join(', ')}`)
  }

  // --- decisions ------------------------------------------------------------------------------------------------

  /** The choice that the page has been brought in line with; a new one counts once its turn has come. */
  let applied: ConsentRecord | null = null
  /** What code of the page has waited for, and got: what it started cannot be stopped either. */
  const awaited: (readonly [category: string, service?: string | undefined])[] = []
  /** The choice that the page was told of last. */
  let told: ConsentRecord | null = null

  const needsChoice = () => {
    const choice = store.get()
    const { regime } = config
    // Where everything is on unless refused, nobody is asked who has refused by the browser.
    if (regime === 'none' || (regime !== 'opt-in' && signals.isRefusing(choice))) return false
    return !choice || !isComplete(choice, config)
  }

  /** Ask, if there is something to ask and the banner may come up by itself. */
  function ask(): void {
    if (config.auto && needsChoice() && !isAt(document, config.policy) && !isInnerFrame(window)) screen.open('banner')
  }

  /** Bring the page in line with the choice. */
  async function settle(): Promise<void> {
    const record = store.get()
    const before = grantsOf(applied)
    applied = record
    tellVendors()
    const erased = clean(before)
    const reloads = gate.hasRunWithdrawn() || awaited.some((wanted) => !allows(...wanted))
    // Frames go at once: the visitor can stop a reload.
    gate.update(reloads)
    // A browser that never answers must not keep the page waiting.
    const late = new Promise<string[]>((resolve) => setTimeout(resolve, 1000, ['(no answer)']))
    const leftovers = await Promise.race([erased, late])
    // Another decision meanwhile settles both.
    if (store.get() !== record || isOver) return
    const detail = { choice: record, previous: told, leftovers }
    told = record
    emit('change', detail)
    // Where the refusal is not kept, and what was refused is on without one, a reload would bring it back.
    const mayReload = config.reload && (memory.isKept() || config.regime === 'opt-in')
    const isLeaving = reloads && mayReload && emit('beforereload', detail, true)
    // The rest is tried again on the next page.
    complain(isLeaving ? leftovers.filter((name) => name.endsWith(HIDDEN)) : leftovers)
    if (isLeaving) location.reload()
    else if (reloads) gate.update()
  }

  function decide(method: Method, categories: Selection, chosen: Selection = {}): void {
    if (isOver) return
    const locale = screen.lang() ?? config.lang ?? languageOf(document)
    const decision = { method, categories, services: chosen, locale, signals: signals.asking() }
    const record = makeRecord(decision, config, store.get(), Date.now(), randomId(crypto))
    memory.keep(record)
    store.set(record, true)
    screen.show(null, true)
    screen.announce()
    tell()
    // Nothing runs before the dialog is gone; what is to run can be on its way.
    if (!isOver && hasBegun) gate.prefetch({ decided: () => true, allows })
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
    if (same || !memory.isKept() || isOver || !hasBegun) return
    if (record && isSuspect(record)) return
    store.set(record)
    screen.show(null, true)
    settle()
    ask()
  }

  const keys = config.categories.map(({ key }) => key)
  const serviceKeys = services.map(({ key }) => key)
  const withdraw = () => decide('reject', {})

  function expectKnown(call: string, kind: string, names: readonly string[], known: readonly string[]): void {
    const unknown = names.filter((name) => !known.includes(name))
    if (unknown.length)
      warn(`${call}() knows no ${kind} "${unknown.join('", "')}". Write ${known.join(', ') || 'none'}.`)
  }

  const consent: Consent = Object.freeze({
    config,
    get choice() {
      return store.get()
    },
    get needsChoice() {
      return needsChoice()
    },
    get honoured() {
      return honoured()
    },
    allows(category: string, service?: string) {
      expectKnown('allows', 'category', [category], keys)
      if (service !== undefined) expectKnown('allows', 'service', [service], serviceKeys)
      return allows(category, service)
    },
    accept: () => decide('accept', Object.fromEntries(keys.map((key) => [key, true]))),
    reject: withdraw,
    save(categories: Selection, chosen: Selection = {}) {
      expectKnown('save', 'category', Object.keys(categories), keys)
      expectKnown('save', 'service', Object.keys(chosen), serviceKeys)
      decide('custom', { ...categories }, { ...chosen })
    },
    withdraw,
    // Whatever else comes, such as the event of a click listener, means the preferences.
    open: (view?: View) => screen.open(view === 'banner' ? view : 'preferences'),
    close: () => screen.show(null),
    subscribe: store.subscribe,
    async when(category: string, service?: string) {
      if (!keys.includes(category)) throw new ConsentError(`No category "${category}". Write ${keys.join(', ')}.`)
      if (service !== undefined && !services.some((item) => item.key === service && item.category === category))
        throw new ConsentError(`No service "${service}" in ${category}. Write one of ${serviceKeys.join(', ')}.`)
      await new Promise<void>((resolve) => {
        const leave = store.subscribe(test)
        function test() {
          if (!allows(category, service)) return
          leave()
          awaited.push([category, service])
          resolve()
        }
        test()
      })
    },
    destroy() {
      isAtWork = false
      for (const end of undo) guard(end)
      emit('destroy', {})
    },
  })

  if (config.regime === 'opt-out') undo.push(showOptOutLinks(document))
  const screen = createScreen({
    load: parts.dialog,
    consent: () => consent,
    context: { document, report: warn, saysHonoured },
    stays,
    changed: (name, view) => emit(name, { view }),
  })

  // --- this page ------------------------------------------------------------------------------------------------

  /** Take over a choice that was given to another tool, unless ours is newer. */
  function importChoice(): void {
    const earlier = config.import?.(jar, config, warn, latest)
    if (earlier?.record) memory.keep(earlier.record)
    if (memory.isKept()) earlier?.forget()
  }

  /** Read the choice that this page starts from. */
  function begin(): void {
    hasBegun = true
    let found = recall()
    if (config.import && isClear) {
      guard(importChoice)
      found = recall()
    }
    const record = found && isSuspect(found) ? null : found
    // Safari keeps a cookie that a script wrote for seven days: each visit writes it again, for the rest of its time.
    if (latest && Date.now() < forgottenAt(latest, config)) memory.keep(latest)
    store.set(record)
    // Before anything is released: what a withdrawn script wrote while its page was being left.
    if (record || signals.asking().length) {
      clean().then((left) => complain(left.filter((name) => !name.endsWith(UNKNOWN))))
    }
    applied = record
    told = record
  }

  /** After this call has returned, so that whoever called it can listen and `window.crumbgate` is in place. */
  function greet(): void {
    queueMicrotask(() => {
      if (isOver) return
      emit('ready', { choice: store.get() })
      ask()
      if (stays()) screen.prepare()
    })
  }

  // https://developer.chrome.com/docs/web-platform/prerender-pages: nothing before the visitor is there.
  const isEarly = !!document.prerendering
  if (!isEarly) begin()
  tellVendors()
  guard(() => undo.push(config.compat?.(config, warn) ?? nothing))
  const gate = createGate({
    document,
    window,
    config,
    decided: () => !!applied,
    allows: (category, service) =>
      hasBegun && allows(category, service) && permits(grantsOf(applied), config, category, service),
    nonce: config.nonce ?? parts.nonce,
    report: warn,
    hold(frame, names, service) {
      const allow = (group: readonly string[]) => Object.fromEntries(group.map((key) => [key, true]))
      screen.hold({
        frame,
        categories: config.categories.filter(({ key }) => names.includes(key)),
        service,
        loadOnce: () => gate.loadOnce(frame),
        allow() {
          gate.loadOnce(frame)
          const { granted, services: chosen } = grantsOf(store.get())
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

  undo.push(gate.stop, screen.destroy)

  let tell = () => {}

  function listen(): void {
    // Again on a page that was written anew, where the listeners may or may not be gone.
    attached.abort()
    attached = new AbortController()
    const { signal } = attached
    tell = watchOtherPages({ window, name: cookieName, signal, check })
    // Looks after the choice that it leaves to the next page.
    window.addEventListener('pagehide', () => memory.recall(Date.now()), { signal })
    watchOpeners(document, signal, () => consent.open())
  }

  listen()
  if (isEarly) {
    document.addEventListener('prerenderingchange', () => {
      if (isOver) return
      begin()
      // Who has chosen nothing was told of already, unless something is on without a choice.
      if (store.get() || usual.granted.length) tellVendors()
      gate.update()
      greet()
    })
  } else {
    greet()
  }
  isAtWork = true
  return consent
}
