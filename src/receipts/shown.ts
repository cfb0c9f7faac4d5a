import { tracesOf } from '../markup/traces'
import type { Wording } from '../markup/wording'
import type { Config, Texts } from '../types'

/** The texts that a decision is made on: those of the dialog and of held frames. Others do not change the hash. */
const TEXTS = [
  'title',
  'intro',
  'onByDefault',
  'honoured',
  'policy',
  'close',
  'accept',
  'reject',
  'optOut',
  'ok',
  'settings',
  'save',
  'preferencesTitle',
  'preferencesIntro',
  'reloads',
  'services',
  'stores',
  'alwaysOn',
  'unlessRefused',
  'heldTitle',
  'heldText',
  'once',
  'always',
] as const satisfies readonly (keyof Texts)[]

/** What the dialog shows of a configuration, as one text: equal texts are equal information. */
export function shownText(config: Config, wording: Wording): string {
  return JSON.stringify([
    wording.lang,
    config.policy ?? null,
    TEXTS.map((name) => wording.texts[name]),
    config.categories.map((category) => [
      category.key,
      category.basis,
      wording.titleOf(category),
      wording.descriptionOf(category),
    ]),
    config.services.map((service) => [
      service.key,
      service.category,
      service.title ?? service.key,
      service.provider ?? null,
      service.purpose ?? null,
      tracesOf(service),
    ]),
  ])
}

/** SHA-256 in hexadecimal digits; `null` where the page may not make one (https://www.w3.org/TR/secure-contexts/). */
export async function sha256(text: string): Promise<string | null> {
  try {
    const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
    return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')
  } catch {
    return null
  }
}
