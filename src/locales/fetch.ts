import type { Locale } from '../types'
import { locale as english } from './en'
import type { Language } from './index'

/**
 * Fetch a language's texts from the `locales` folder beside a file.
 * @param file address of that file
 */
export async function fetchLocale(language: Language, file: string): Promise<Locale> {
  const response = await fetch(new URL(`locales/${language}.json?${VERSION}`, file))
  if (!response.ok) throw new Error(`Put locales/${language}.json beside crumbgate.js.`)
  // Of the same version, since they are in the order of the English ones: `build/locale-files.mjs`.
  const found: unknown = await response.json()
  const names = Object.keys(english.texts)
  if (!Array.isArray(found) || found.length !== names.length || found.some((text) => typeof text !== 'string'))
    throw new Error('The file is of another version.')
  const texts = Object.fromEntries(names.map((name, index) => [name, `${found[index]}`]))
  return { lang: language, texts: { ...english.texts, ...texts } }
}
