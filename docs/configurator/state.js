// @ts-check
/**
 * What the owner has chosen: a flat record of texts, exactly as the address holds it. What is not in it has its default.
 * @typedef {Readonly<Record<string, string>>} State
 */

const VERSION = '1'
const KEY = '(?!constructor$|prototype$|constructor\\.|prototype\\.)[a-z][a-z0-9-]{0,31}'
const COLOUR = /^#[0-9a-f]{6}$/
const LIST = /^[a-z0-9-]+(,[a-z0-9-]+)*$/
const TEXT = /\S/

/** Kinds of keys, and what their values look like. @type {readonly (readonly [key: RegExp, value: RegExp])[]} */
const RULES = [
  [/^layout$/, /^(card|bar|center)$/],
  [/^position$/, /^(bottom|top)(-start|-end)?$/],
  [/^button$/, /^(start|end)$/],
  [/^close$/, /^reject$/],
  [/^theme$/, /^(light|dark)$/],
  [/^(light|dark)\.(ink|paper|muted|line|accent|on-accent)$/, COLOUR],
  [/^(radius|space|width)$/, /^\d{1,4}$/],
  [/^font$/, /^[^;{}<>]*\S[^;{}<>]*$/],
  [/^(policy|files|lang|region|receipts)$/, TEXT],
  [/^(revision|acceptDays|refuseDays)$/, /^\d{1,9}$/],
  [/^reask$/, /^everyone$/],
  [/^regime$/, /^(opt-out|notice|none)$/],
  [/^regions\.([A-Z]{2}(-[A-Z0-9]{1,3})?|\*)$/, /^(opt-in|opt-out|notice|none)$/],
  [/^categories$/, LIST],
  [/^(services|signals)$/, LIST],
  [/^basis\.(functional|performance)$/, /^(objection|necessary)$/],
  [new RegExp(`^category\\.${KEY}\\.(title|description)$`), TEXT],
  [new RegExp(`^category\\.${KEY}\\.basis$`), /^(objection|necessary)$/],
  [
    new RegExp(
      `^service\\.${KEY}\\.(category|title|provider|purpose|cookies|lifetimes|localStorage|sessionStorage|indexedDB|caches)$`,
    ),
    TEXT,
  ],
  [/^text\.[a-zA-Z]{2,32}$/, TEXT],
]

/** @param {string} key @param {string} value */
export const isRight = (key, value) => RULES.some(([keys, values]) => keys.test(key) && values.test(value))

/** @param {State} state @returns {string} what stands after the `#`; empty where everything has its default */
export function encode(state) {
  const pairs = Object.entries(state).filter(([key, value]) => isRight(key, value))
  if (pairs.length === 0) return ''
  // Readable: what a fragment may hold as it is stays as it is.
  const text = (/** @type {string} */ part) =>
    encodeURIComponent(part).replace(/%(2C|2F|3A|40|24)/g, decodeURIComponent)
  return [['v', VERSION], ...pairs].map(([key = '', value = '']) => `${text(key)}=${text(value)}`).join('&')
}

/**
 * @param {string} hash with or without its `#`
 * @returns {{ state: State, dropped: string[] }} what could be read, and the pieces that could not
 */
export function decode(hash) {
  /** @type {Map<string, string>} */
  const state = new Map()
  /** @type {string[]} */
  const dropped = []
  for (const piece of hash.replace(/^#/, '').split('&').filter(Boolean)) {
    const [, name = '', text = ''] = /^([^=]*)=?(.*)$/s.exec(piece) ?? []
    let pair
    try {
      pair = [decodeURIComponent(name), decodeURIComponent(text)]
    } catch {
      pair = ['', '']
    }
    const [key = '', value = ''] = pair
    if (key === 'v' && value === VERSION) continue
    if (isRight(key, value) && !state.has(key)) state.set(key, value)
    else dropped.push(piece)
  }
  return { state: Object.fromEntries(state), dropped }
}

/** @param {State} state @param {string} key @param {string} value empty: the default @returns {State} */
export function change(state, key, value) {
  const { [key]: _, ...rest } = state
  return value === '' ? rest : key in state ? { ...state, [key]: value } : { ...rest, [key]: value }
}

/** @param {State} state @param {string} key @returns {string[]} a list's entries */
export const list = (state, key) => state[key]?.split(',') ?? []

/** The owner's own entries: keys that begin with `kind.`, by name. @param {State} state @param {'category' | 'service'} kind */
export function own(state, kind) {
  /** @type {Record<string, Record<string, string>>} */
  const all = {}
  for (const [key, value] of Object.entries(state)) {
    const [first, name = '', field = ''] = key.split('.')
    if (first === kind) all[name] = { ...all[name], [field]: value }
  }
  return all
}
