/** The languages that there are texts in, as BCP 47 tags. */
export const LANGUAGES = [
  'ar',
  'bg',
  'cs',
  'da',
  'de',
  'el',
  'en',
  'es',
  'et',
  'fi',
  'fr',
  'ga',
  'he',
  'hi',
  'hr',
  'hu',
  'is',
  'it',
  'ja',
  'ko',
  'lt',
  'lv',
  'mt',
  'nb',
  'nl',
  'pl',
  'pt',
  'pt-BR',
  'ro',
  'sk',
  'sl',
  'sv',
  'tr',
  'uk',
  'zh-Hans',
  'zh-Hant',
] as const

export type Language = (typeof LANGUAGES)[number]

// Tags that are written otherwise than the file: macrolanguages, old codes, and Chinese by region instead of script.
const OTHERWISE: readonly (readonly [tags: RegExp, language: Language])[] = [
  [/^(no|nn)\b/i, 'nb'],
  [/^iw\b/i, 'he'],
  [/^zh\b(?!.*-hans).*-(hant|tw|hk|mo)\b/i, 'zh-Hant'],
  [/^(zh|cmn)\b/i, 'zh-Hans'],
]

/** The language for a tag: its own, or that of a shorter tag (https://www.rfc-editor.org/rfc/rfc4647#section-3.4). */
export function languageFor(tag: string): Language | undefined {
  const other = OTHERWISE.find(([tags]) => tags.test(tag))
  if (other) return other[1]
  const found = LANGUAGES.find((language) => language.toLowerCase() === tag.toLowerCase())
  const shorter = tag.replace(/-[^-]*$/, '')
  return found ?? (shorter === tag ? undefined : languageFor(shorter))
}
