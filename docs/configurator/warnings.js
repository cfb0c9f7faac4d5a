// @ts-check
import { contrast } from './contrast.js'
import { coloursOf, modesOf } from './look.js'
import { usual } from './options.js'
import { list, own } from './state.js'

/**
 * @typedef {import('./state.js').State} State
 * @typedef {{ what: string, todo: string, href: string, source: string }} Warning
 * @typedef {Record<string, { title?: string | undefined, category: string }>} Ready the ready-made services
 */

const WCAG_TEXT = ['https://www.w3.org/TR/WCAG22/#contrast-minimum', 'WCAG 2.2, 1.4.3']
const WCAG_PART = ['https://www.w3.org/TR/WCAG22/#non-text-contrast', 'WCAG 2.2, 1.4.11']
const GDPR = ['https://eur-lex.europa.eu/eli/reg/2016/679/oj', 'GDPR']
const EPRIVACY = ['https://eur-lex.europa.eu/eli/dir/2002/58/oj', 'ePrivacy directive']
const CALIFORNIA = [
  'https://leginfo.legislature.ca.gov/faces/codes_displaySection.xhtml?lawCode=CIV&sectionNum=1798.135',
  'California Civil Code 1798.135',
]
const GOOGLE = ['https://support.google.com/adsense/answer/13554116', 'Google on certified platforms']

/** @param {string} what @param {string} todo @param {string[]} source @returns {Warning} */
const warn = (what, todo, [href = '', source = '']) => ({ what, todo, href, source })

/** Pairs that stand on each other, and the least contrast. @type {[keyof ReturnType<typeof coloursOf>, keyof ReturnType<typeof coloursOf>, number, string][]} */
const PAIRS = [
  ['ink', 'paper', 4.5, 'Titles and links (ink on paper)'],
  ['muted', 'paper', 4.5, 'Sentences (muted on paper)'],
  ['on-accent', 'accent', 4.5, 'Buttons (on-accent on accent)'],
  ['accent', 'paper', 3, 'Buttons and switches against what is behind them (accent on paper)'],
  ['off', 'paper', 3, 'Switches that are off (a fixed grey on paper)'],
  ['ink', 'paper', 3, 'The focus ring (ink on paper)'],
]

/** @param {State} state @returns {Warning[]} */
function ofContrast(state) {
  return modesOf(state).flatMap((mode) => {
    const colours = coloursOf(state, mode)
    return PAIRS.flatMap(([front, back, least, where]) => {
      const ratio = contrast(colours[front], colours[back])
      if (ratio >= least) return []
      // Cut, not rounded: 4.499 is not 4.5.
      const figure = Math.floor(ratio * 100) / 100
      const what = `${where}, ${mode}: ${figure.toFixed(2)} : 1, where ${least} : 1 is the least.`
      const isSet = front === 'off' ? back : `${front} or ${back}`
      return [warn(what, `Change ${isSet} for ${mode}.`, least === 3 ? WCAG_PART : WCAG_TEXT)]
    })
  })
}

/** @param {State} state @param {Ready} ready @returns {Warning[]} */
function ofServices(state, ready) {
  /** @type {Warning[]} */
  const found = []
  for (const [key, service] of Object.entries(own(state, 'service'))) {
    const missing = ['provider', 'purpose'].filter((field) => !service[field])
    if (missing.length > 0) {
      const what = `The service "${key}" has no ${missing.join(' and no ')}: visitors cannot know what they agree to.`
      found.push(warn(what, 'Write it under "Services of your own".', GDPR))
    }
    const model = ready[key]
    if (model?.category === 'marketing' && service.category && service.category !== 'marketing') {
      const what = `"${key}" is a marketing service, but belongs to "${service.category}" here.`
      found.push(warn(what, 'Put it into marketing.', EPRIVACY))
    }
  }
  const categories = new Set([...usual(state), ...Object.keys(own(state, 'category')), 'necessary'])
  for (const key of list(state, 'services')) {
    const { category = '', title = key } = ready[key] ?? {}
    if (category && !categories.has(category)) {
      found.push(warn(`${title} needs the category ${category}, which is off.`, 'Switch it on.', GDPR))
    }
  }
  return found
}

/** @param {State} state @returns {Warning[]} */
function ofLaw(state) {
  /** @type {Warning[]} */
  const found = []
  if (!state.policy) {
    const what = 'There is no privacy policy: the dialog has no link to what visitors are to be told.'
    found.push(warn(what, 'Write its address.', GDPR))
  }
  const regimes = [
    state.regime,
    ...Object.entries(state).flatMap(([key, value]) => (/^regions\./.test(key) ? value : [])),
  ]
  if (state.regime && !state.region) {
    const what = `"${state.regime}" holds for all visitors: optional cookies are set before a choice, also where the law wants consent first, as in the EEA.`
    found.push(warn(what, 'Keep "opt-in", or say it by region.', EPRIVACY))
  }
  if (regimes.includes('opt-out')) {
    const what = 'Opt-out wants a lasting link that opens it, and browser signals honoured.'
    found.push(warn(what, 'Put the footer link of the snippet on every page.', CALIFORNIA))
  }
  const star = state['regions.*']
  if (star && star !== 'opt-in') {
    found.push(warn(`"${star}" holds for every region without a rule of its own.`, 'Make "*" opt-in.', EPRIVACY))
  }
  for (const [key, value] of Object.entries(state)) {
    const [, category] = /^(?:basis\.([^.]+)|category\.([^.]+)\.basis)$/.exec(key)?.filter(Boolean) ?? []
    if (!category) continue
    const what =
      value === 'objection'
        ? `"${category}" is on until it is refused. That is for what your law exempts from consent, and visitors have to be told how to object.`
        : `"${category}" cannot be refused. That is for what the service that the visitor asked for strictly needs.`
    found.push(warn(what, 'Find out whether it is exempt where you are; else take "consent".', EPRIVACY))
  }
  if (!state.receipts) {
    const what = 'Receipts are off. Being able to show each consent is your duty.'
    found.push(warn(what, 'Switch receipts on, or keep proof in another way.', GDPR))
  }
  const ads = list(state, 'services').includes('google-ads')
  if (ads) {
    const what =
      'For advertisements in the EEA, the UK and Switzerland Google wants a certified consent platform. Crumbgate is none.'
    found.push(warn(what, 'Show no Google advertisements of its publisher products there.', GOOGLE))
  }
  return found
}

/** @param {State} state @returns {Warning[]} */
function ofTexts(state) {
  const { 'text.accept': accept, 'text.reject': reject } = state
  if (!accept !== !reject) {
    const what = `Only the text of "${accept ? 'accept' : 'reject'}" is yours: the other one is ours, in words that may not match.`
    return [warn(what, 'Write both, equally plain.', GDPR)]
  }
  if (!accept || !reject) return []
  if (accept.trim().toLowerCase() === reject.trim().toLowerCase()) {
    return [warn('Accept and reject read the same.', 'Write two different texts.', GDPR)]
  }
  const [short = 0, long = 0] = [accept.length, reject.length].sort((a, b) => a - b)
  if (long <= 2 * short + 4) return []
  const what = `Accept has ${accept.length} characters, reject ${reject.length}: one button stands out.`
  return [warn(what, 'Make them equally long.', GDPR)]
}

/**
 * What an owner should know before the snippet is used. No legal advice.
 * @param {State} state @param {Ready} ready
 * @returns {Warning[]}
 */
export const warningsOf = (state, ready) => [
  ...ofContrast(state),
  ...ofLaw(state),
  ...ofServices(state, ready),
  ...ofTexts(state),
]
