import { guard, report } from '../core/errors'
import type { Consent } from '../types'
import { countOf } from './count'
import type { Early } from './early'
import type { Facts } from './facts'
import { findingsOf } from './findings/index'
import { createMeasure, type Look } from './measure'
import { createPanel } from './panel'
import type { Report } from './report'
import { type Entry, readRequests } from './requests'
import { watchStorage } from './storage'
import { readTags } from './tags'

// As many as a page can have without the panel becoming the slowest thing on it.
const MOST = 1000
// What tells nobody of its change, such as a cookie in some browsers, is looked at this often.
const EVERY = 1000

/** Since Crumbgate's own requests are no leak. */
const isOursAt = (tag: HTMLScriptElement | null) => (address: string) =>
  !!tag?.src &&
  address.startsWith(new URL('.', tag.src).href) &&
  /\/(crumb[\w-]*\.js|locales\/[\w-]+\.json)/.test(address)

/**
 * Show the owner's panel, and keep it up to date.
 * @param early what was taken down before the panel came
 * @returns removes it; so does `consent.destroy()`
 */
export function startDebug(consent: Consent, early: Early): () => void {
  const { config } = consent
  const always = config.categories.filter(({ basis }) => basis === 'necessary').map(({ key }) => key)
  const home = config.domain ?? location.hostname
  const entries: Entry[] = []
  const measure = createMeasure()
  const isOurs = isOursAt(early.tag)
  let look: Look | undefined
  let isOver = false
  let isDue = false
  let isAnnounced = false

  async function read(): Promise<Report> {
    look = measure() ?? look
    const tags = readTags(config, early, home)
    const requests = readRequests(entries, tags, early.moments, always, home, isOurs)
    const stored = await storage.read(config)
    const facts: Facts = { consent, early, tags, requests, storage: stored, look, always, home }
    return {
      version: 1,
      crumbgate: VERSION,
      page: location.origin + location.pathname,
      decided: !!consent.choice,
      allowed: early.moments.slice(-1).flatMap(({ allowed }) => allowed.map(({ key }) => key)),
      findings: findingsOf(facts),
      tags: tags.map(({ held }) => held),
      requests,
      storage: stored,
      buttons: look?.buttons ?? null,
    }
  }

  async function refresh(): Promise<void> {
    const found = await read()
    if (isOver) return
    panel.show(found)
    if (isAnnounced || document.readyState === 'loading') return
    isAnnounced = true
    console.info(`crumbgate: the debug panel is open: ${countOf(found.findings)}`)
  }

  /** Look again, once, when the browser has time. */
  function schedule(): void {
    if (isDue || isOver) return
    isDue = true
    const act = () => {
      isDue = false
      // What goes wrong in here is the owner's to see, and nothing of the page's.
      if (!isOver) refresh().catch((error) => guard(() => report(`the debug panel has failed: ${error}`)))
    }
    requestAnimationFrame(() => setTimeout(act))
  }

  early.listen()
  const panel = createPanel(() => close())
  const storage = watchStorage(early, schedule)
  const mutations = new MutationObserver((records) => {
    if (records.some(({ target }) => !panel.host.contains(target))) schedule()
  })
  mutations.observe(document, { childList: true, subtree: true, attributes: true })
  const requests = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry instanceof PerformanceResourceTiming && entries.length < MOST) entries.push(entry)
    }
    schedule()
  })
  requests.observe({ type: 'resource', buffered: true })
  const events = ['crumbgate:ready', 'crumbgate:change', 'crumbgate:open', 'crumbgate:close', 'readystatechange']
  for (const type of events) document.addEventListener(type, schedule)
  document.addEventListener('crumbgate:destroy', close)
  const clock = setInterval(schedule, EVERY)
  schedule()

  function close(): void {
    isOver = true
    early.stop()
    clearInterval(clock)
    mutations.disconnect()
    requests.disconnect()
    storage.stop()
    for (const type of events) document.removeEventListener(type, schedule)
    document.removeEventListener('crumbgate:destroy', close)
    panel.remove()
  }
  return close
}
