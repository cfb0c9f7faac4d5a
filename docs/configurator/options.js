// @ts-check
import { list, own } from './state.js'

/** @typedef {import('./state.js').State} State */

export const OPTIONAL = ['functional', 'performance', 'marketing']
const PLAIN = ['policy', 'lang', 'layout', 'position', 'theme', 'close', 'button', 'regime', 'region', 'reask']
const NUMBERS = ['revision', 'acceptDays', 'refuseDays']

/** What a service stores, as lists of names. */
const TRACES = ['cookies', 'localStorage', 'sessionStorage', 'indexedDB', 'caches']

/** @param {string} text */
const names = (text) => text.split(/[\s,]+/).filter(Boolean)

/** The usual categories that are on. @param {State} state */
export const usual = (state) =>
  state.categories ? list(state, 'categories').filter((key) => key !== 'none') : OPTIONAL

/** @param {Record<string, string>} fields @returns {Record<string, unknown>} as the library wants it */
function serviceOf({ lifetimes, ...fields }) {
  const days = names(lifetimes ?? '').map((pair) => /^(.*?)[:=](\d+)$/.exec(pair) ?? ['', pair, pair])
  return {
    ...Object.fromEntries(
      Object.entries(fields).map(([name, text]) => [name, TRACES.includes(name) ? names(text) : text]),
    ),
    ...(lifetimes && {
      lifetimes: Object.fromEntries(days.map(([, name, n = '']) => [name, /^\d+$/.test(n) ? Number(n) : n])),
    }),
  }
}

/** @param {State} state */
function categoriesOf(state) {
  const mine = Object.entries(own(state, 'category'))
  const on = usual(state)
  const bases = on.filter((key) => state[`basis.${key}`])
  if (mine.length === 0 && bases.length === 0 && on.join() === OPTIONAL.join()) return
  const basis = (/** @type {string} */ key) => state[`basis.${key}`]
  return Object.fromEntries([...on.map((key) => [key, basis(key) ? { basis: basis(key) } : {}]), ...mine])
}

/** @param {State} state @param {string} start @returns {Record<string, string> | undefined} */
function group(state, start) {
  const found = Object.entries(state).filter(([key]) => key.startsWith(start))
  if (found.length > 0) return Object.fromEntries(found.map(([key, value]) => [key.slice(start.length), value]))
}

/**
 * What the library is to be given: only what differs from its defaults.
 * @param {State} state
 * @returns {Record<string, unknown>}
 */
export function optionsOf(state) {
  const ready = list(state, 'services')
  const mine = Object.entries(own(state, 'service')).map(([key, fields]) => [
    key,
    serviceOf({ category: '', ...fields }),
  ])
  const services = mine.length ? Object.fromEntries([...ready.map((key) => [key, {}]), ...mine]) : ready
  /** @type {Record<string, unknown>} */
  const all = {
    ...Object.fromEntries(PLAIN.map((key) => [key, state[key]])),
    ...Object.fromEntries(NUMBERS.map((key) => [key, state[key] && Number(state[key])])),
    receipts: state.receipts === 'on' ? true : state.receipts,
    regions: group(state, 'regions.'),
    categories: categoriesOf(state),
    services: mine.length || ready.length ? services : undefined,
    signals: state.signals && list(state, 'signals'),
    texts: group(state, 'text.'),
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined && value !== ''))
}

/** @param {Record<string, unknown>} options */
export const needsSignals = ({ signals, region, regions, regime }) => Boolean(signals || region || regions || regime)
