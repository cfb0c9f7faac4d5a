import type { Locale } from '../types'
import type { Language } from './index'

// One line each, so that bundlers give each language a file of its own.
const FILES: Readonly<Record<Language, () => Promise<{ locale: Locale }>>> = {
  ar: () => import('./ar'),
  bg: () => import('./bg'),
  cs: () => import('./cs'),
  da: () => import('./da'),
  de: () => import('./de'),
  el: () => import('./el'),
  en: () => import('./en'),
  es: () => import('./es'),
  et: () => import('./et'),
  fi: () => import('./fi'),
  fr: () => import('./fr'),
  ga: () => import('./ga'),
  he: () => import('./he'),
  hi: () => import('./hi'),
  hr: () => import('./hr'),
  hu: () => import('./hu'),
  is: () => import('./is'),
  it: () => import('./it'),
  ja: () => import('./ja'),
  ko: () => import('./ko'),
  lt: () => import('./lt'),
  lv: () => import('./lv'),
  mt: () => import('./mt'),
  nb: () => import('./nb'),
  nl: () => import('./nl'),
  pl: () => import('./pl'),
  pt: () => import('./pt'),
  'pt-BR': () => import('./pt-BR'),
  ro: () => import('./ro'),
  sk: () => import('./sk'),
  sl: () => import('./sl'),
  sv: () => import('./sv'),
  tr: () => import('./tr'),
  uk: () => import('./uk'),
  'zh-Hans': () => import('./zh-Hans'),
  'zh-Hant': () => import('./zh-Hant'),
}

/** Load a language's texts. */
export const importLocale = async (language: Language): Promise<Locale> => (await FILES[language]()).locale
