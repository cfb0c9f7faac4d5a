// @ts-check
import { kebab } from './kebab.js'
import { cssOf } from './look.js'
import { needsSignals, optionsOf } from './options.js'
import { list, own } from './state.js'

/** @typedef {import('./state.js').State} State */

const MODULES = {
  google: 'googleConsentMode',
  gtm: 'googleTagManager',
  uet: 'microsoftUet',
  clarity: 'microsoftClarity',
  meta: 'metaPixel',
  tiktok: 'tiktokPixel',
  matomo: 'matomo',
  gpc: 'gpc',
}
export const SIGNALS = Object.keys(MODULES)

/** @param {string} text */
const camel = (text) => text.replace(/-(.)/g, (_, letter) => letter.toUpperCase())
/** @param {string} text */
const escaped = (text) => text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;')

/** As an attribute's text, if it can be one. @param {unknown} value @returns {string | undefined} */
function attribute(value) {
  if (value === true) return ''
  if (Array.isArray(value)) return value.join(' ')
  // What the script tag would read as a number or a switch must be written as JSON.
  if (typeof value === 'string') return /^(on|off|true|false|\d{1,9})$/.test(value) ? undefined : value
  return typeof value === 'number' ? String(value) : undefined
}

/** @param {State} state @returns {string} what comes first in the head */
export function tagsOf(state) {
  const options = optionsOf(state)
  const plain = Object.entries(options).map(([name, value]) => [name, attribute(value)])
  const fits = plain.every(([, value]) => value !== undefined)
  const attributes = plain.map(([name = '', value = '']) => {
    return ` data-${kebab(name)}${value && `="${escaped(value)}"`}`
  })
  const file = (/** @type {string} */ name) => escaped(`${(state.files ?? '/crumbgate').replace(/\/$/, '')}/${name}`)
  const json = JSON.stringify(options, null, 2).replace(/</g, '\\u003c')
  return [
    ...(fits ? [] : [`<script type="application/json" data-crumbgate>\n${json}\n</script>`]),
    ...(hasReady(options) ? [`<script src="${file('crumb-services.js')}"></script>`] : []),
    ...(needsSignals(options) ? [`<script src="${file('crumb-signals.js')}"></script>`] : []),
    `<script src="${file('crumbgate.js')}"${fits ? attributes.join('') : ''}></script>`,
  ].join('\n')
}

/** @param {Record<string, unknown>} options */
const readyIn = ({ services }) =>
  Array.isArray(services)
    ? services
    : Object.entries(Object(services)).flatMap(([key, own]) => ('category' in own ? [] : key))

/** @param {Record<string, unknown>} options */
const hasReady = (options) => readyIn(options).length > 0

/** @param {State} state @returns {string} the same as an ES module */
export function moduleOf(state) {
  const { services, signals, region, regions, ...plain } = optionsOf(state)
  const ready = readyIn({ services })
  const names = Array.isArray(signals) ? [...signals] : []
  // Of itself the script build does this.
  if ((regions || plain.regime) && !names.includes('gpc')) names.push('gpc')
  const makers = names.map((name) => Object.entries(MODULES).find(([key]) => key === name)?.[1] ?? name)
  // Both Google's and Matomo's are also names of services.
  const aliased = ready.map((key) => (makers.includes(camel(key)) ? `${camel(key)}Service` : camel(key)))
  const own = Array.isArray(services) ? [] : Object.entries(Object(services)).filter(([key]) => !ready.includes(key))
  const lines = Object.entries(plain).map(([key, value]) => `  ${key}: ${JSON.stringify(value)},`)
  if (region || regions) lines.push(`  ...regimeFor(${JSON.stringify({ region, regions })}),`)
  const entries = [
    ...ready.map((key, index) => (key === aliased[index] ? key : `'${key}': ${aliased[index]}`)),
    ...own.map(([key, value]) => `'${key}': ${JSON.stringify(value)}`),
  ]
  if (entries.length > 0) lines.push(`  services: {\n${entries.map((entry) => `    ${entry},\n`).join('')}  },`)
  if (makers.length > 0) lines.push(`  signals: connect(${makers.map((name) => `${name}()`).join(', ')}),`)
  const imported = ready.map((key, index) =>
    camel(key) === aliased[index] ? camel(key) : `${camel(key)} as ${aliased[index]}`,
  )
  return [
    "import { createConsent } from 'crumbgate'",
    ...(region || regions ? ["import { regimeFor } from 'crumbgate/regions'"] : []),
    ...(ready.length > 0 ? [`import { ${imported.join(', ')} } from 'crumbgate/services'`] : []),
    ...(makers.length > 0 ? [`import { connect, ${makers.join(', ')} } from 'crumbgate/signals'`] : []),
    '',
    `createConsent({${lines.length > 0 ? `\n${lines.join('\n')}\n` : ''}})`,
  ].join('\n')
}

/** @param {State} state @returns {string} the link back to the settings, and the one that opt-out wants */
export function linksOf(state) {
  const href = escaped(state.policy ?? '#')
  const isOptOut = Object.entries(state).some(([key, value]) => /^regim?e?(ons\.|$)/.test(key) && value === 'opt-out')
  return [
    `<a href="${href}" data-consent-open>Cookie settings</a>`,
    ...(isOptOut
      ? [`<a href="${href}" data-consent-open="opt-out" hidden>Do not sell or share my personal information</a>`]
      : []),
  ].join('\n')
}

/**
 * What holds the tags of the services that were chosen.
 * @param {State} state
 * @param {Record<string, { category: string }>} ready
 */
export function marksOf(state, ready) {
  const chosen = list(state, 'services').flatMap((key) => (ready[key] ? [[key, ready[key].category]] : []))
  const mine = Object.entries(own(state, 'service')).map(([key, { category = '' }]) => [key, category])
  return [...chosen, ...mine]
    .filter(([, category]) => category && category !== 'necessary')
    .map(([key, category]) => `<script type="text/plain" data-consent="${category}" data-service="${key}" …>`)
    .join('\n')
}

/**
 * Every piece, with what it is.
 * @param {State} state
 * @param {Record<string, { category: string }>} ready
 * @returns {{ id: string, title: string, text: string }[]}
 */
export const piecesOf = (state, ready) => [
  { id: 'tags', title: 'First in the head of every page', text: tagsOf(state) },
  {
    id: 'marks',
    title: 'On the tags of your services (an iframe gets data-src in place of src)',
    text: marksOf(state, ready),
  },
  { id: 'css', title: 'In your style sheet', text: cssOf(state) },
  { id: 'links', title: 'In the footer', text: linksOf(state) },
  { id: 'table', title: 'In your privacy policy', text: '<crumb-table></crumb-table>' },
  { id: 'module', title: 'Or, instead of the tags, as a module', text: moduleOf(state) },
]
