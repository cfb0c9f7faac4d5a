import type { Category, Config, Locale, Texts } from '../types'
import { h } from './element'

/** The texts of the dialog, the owner's first. */
export interface Wording {
  readonly texts: Readonly<Texts>
  titleOf(category: Category): string
  descriptionOf(category: Category): string
}

const isText = (name: string, texts: Texts): name is keyof Texts => Object.hasOwn(texts, name)

export function createWording(locale: Locale, config: Config, report: (message: string) => void): Wording {
  const texts = { ...locale.texts, ...config.texts }
  for (const name of Object.keys(config.texts)) {
    if (!isText(name, locale.texts))
      report(`texts.${name} is unknown. Write one of ${Object.keys(locale.texts).join(', ')}.`)
  }
  // The configuration lets no other category through without texts of its own.
  const usual = (name: string) => (isText(name, texts) ? texts[name] : name)
  return {
    texts,
    titleOf: ({ key, title }) => title ?? usual(key),
    descriptionOf: ({ key, description }) => description ?? usual(`${key}Text`),
  }
}

/** A space and the link to the privacy policy, where the site has one. */
export const policyLink = ({ policy }: Config, { texts }: Wording) =>
  policy === undefined ? [] : [' ', h('a', { 'data-crumb': 'policy', href: policy }, texts.policy)]
