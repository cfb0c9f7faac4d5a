import type { Category, Config, Consent, Locale, Texts } from '../types'
import { h } from './element'

/** The texts that a visitor sees, the owner's first. */
export interface Wording {
  /** BCP 47 tag of the language that they are in. */
  readonly lang: string
  readonly dir: 'ltr' | 'rtl'
  readonly texts: Readonly<Texts>
  /** Label of the button that refuses. */
  readonly reject: string
  titleOf(category: Category): string
  descriptionOf(category: Category): string
}

const isText = (name: string, texts: Texts): name is keyof Texts => Object.hasOwn(texts, name)

// https://www.w3.org/International/questions/qa-scripts
const RIGHT_TO_LEFT = /^(ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b/i

export function createWording(
  { lang, texts: ours }: Locale,
  config: Config,
  report: (message: string) => void,
): Wording {
  const texts = { ...ours, ...config.texts }
  for (const name of Object.keys(config.texts)) {
    if (!isText(name, ours)) report(`texts.${name} is unknown. Write one of ${Object.keys(ours).join(', ')}.`)
  }
  // The configuration lets no other category through without texts of its own.
  const usual = (name: string) => (isText(name, texts) ? texts[name] : name)
  return {
    lang,
    dir: RIGHT_TO_LEFT.test(lang) ? 'rtl' : 'ltr',
    texts,
    reject: config.regime === 'opt-out' ? texts.optOut : texts.reject,
    titleOf: ({ key, title }) => title ?? usual(key),
    descriptionOf: ({ key, description }) => description ?? usual(`${key}Text`),
  }
}

/** A text with its placeholder filled in, kept apart from what is written in the other direction. */
export function fill(text: string, name: string, value: string): (Node | string)[] {
  const [before = '', ...after] = text.split(`{${name}}`)
  return after.length > 0 ? [before, h('bdi', {}, value), after.join('')] : [before]
}

/** A space and the link to the privacy policy, where the site has one. */
export const policyLink = ({ policy }: Config, { texts }: Wording) =>
  policy === undefined ? [] : [' ', h('a', { 'data-crumb': 'policy', href: policy }, texts.policy)]

/** Says that the browser's signal is honoured, where it is. */
export const honouredLine = ({ honoured }: Consent, { texts }: Wording) =>
  !!honoured && h('p', { 'data-crumb': 'honoured' }, texts.honoured)

/** The language if the browser can format in it. */
export function formatIn(lang: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(lang)[0]
  } catch {
    return undefined
  }
}
