import { locale as english } from './locales/en'
import { type Language, languageFor } from './locales/index'
import type { Config, Locale } from './types'

// Milliseconds for which the first show waits for its language.
const PATIENCE = 1000

// Not the core's own: sharing it would break the core in two files.
const report = (message: string) => console.error(`crumbgate: ${message}`)

/**
 * The texts in the language of the page or its visitor: that of the options, else of `<html lang>`, else of the browser,
 * else English. English too if they do not come within a second or cannot be loaded.
 * @param load gets the texts of a language other than English
 */
export function chooseLocale(
  { lang, texts }: Config,
  load: (language: Language) => Promise<Locale>,
): Locale | Promise<Locale> {
  if (lang !== undefined && !languageFor(lang)) {
    // The owner's own texts, in a language that we do not have.
    if (Object.keys(texts).length > 0) return { lang, texts: english.texts }
    report(`lang: there are no texts in "${lang}". Write your own as "texts", or leave it out.`)
  }
  const wanted = [lang ?? '', document.documentElement.lang, ...navigator.languages]
  const [language = 'en'] = wanted.flatMap((tag) => languageFor(tag) ?? [])
  if (language === 'en') return english
  const late = new Promise<Locale>((resolve) => setTimeout(resolve, PATIENCE, english))
  const loaded = load(language).catch((error) => {
    report(`the texts in "${language}" cannot be loaded, so they are English. ${error}`)
    return english
  })
  return Promise.race([loaded, late])
}
