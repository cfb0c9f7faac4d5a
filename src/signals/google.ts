import type { Signal, SignalState } from '../types'
import { command, isAllowed, type Queue, queueOf, undecided, word } from './vendor'

/** Google's types of consent, and the category that decides about each unless you say otherwise. */
const TYPES = {
  ad_storage: 'marketing',
  ad_user_data: 'marketing',
  ad_personalization: 'marketing',
  analytics_storage: 'performance',
  functionality_storage: 'functional',
  personalization_storage: 'functional',
  security_storage: 'necessary',
}

export type GoogleConsentType = keyof typeof TYPES

export interface GoogleOptions {
  /** The category that decides about a type, where it is another than ours. */
  types?: Partial<Record<GoogleConsentType, string>> | undefined
  /** Milliseconds that Google's tags wait for an update. Not needed: a stored choice is told at once. */
  waitForUpdate?: number | undefined
  /** Pass ad clicks on in addresses while cookies are denied. Default false. */
  urlPassthrough?: boolean | undefined
  /** Leave identifiers of ad clicks out of requests while `ad_storage` is denied. Default false. */
  adsDataRedaction?: boolean | undefined
  /**
   * Categories that are granted until the visitor decides, by region (`US`, `US-CA`), where Google is to find out the
   * region. For pages that cannot tell Crumbgate the region; otherwise the regime gives the default.
   */
  regions?: Readonly<Record<string, readonly string[]>> | undefined
  /** Name of the data layer. Default `dataLayer`. */
  dataLayer?: string | undefined
}

/** @param updated called after each update */
export function createGoogle(
  name: string,
  { types, waitForUpdate, urlPassthrough, adsDataRedaction, regions, dataLayer = 'dataLayer' }: GoogleOptions,
  updated?: (queue: Queue, state: SignalState) => void,
): Signal {
  const categories = Object.entries({ ...TYPES, ...types }).filter(([type]) => type in TYPES)
  let isTold = false
  let isChecked = false

  /** Once: what is wrong with the owner's types denies for ever. */
  function check({ config }: SignalState): void {
    if (isChecked) return
    isChecked = true
    for (const [type, category] of Object.entries(types ?? {})) {
      const isRight = type in TYPES && config.categories.some(({ key }) => key === category)
      if (!isRight)
        console.error(
          `crumbgate: ${name}: types: "${type}": "${category}" is not right. Write a type of Google's, and one of your categories`,
        )
    }
  }

  return {
    name,
    queue: dataLayer,
    apply(state) {
      check(state)
      const queue = queueOf(dataLayer)
      const gtag = (...words: unknown[]) => queue.push(command(...words))
      const say = (what: string, isGranted: (category: string) => boolean, region?: string[]) => {
        const words = categories.map(([type, category]) => [type, word(isGranted(category))])
        const more = what === 'default' && { wait_for_update: waitForUpdate, region }
        gtag('consent', what, { ...Object.fromEntries(words), ...more })
      }
      const by = (from: typeof state) => (category: string) => isAllowed(from, ['google', 'gtm'], category, true)
      // One default a page, whoever has written it.
      isTold ||= Array.from(Object(queue), Object).some((item) => item[0] === 'consent' && item[1] === 'default')
      const isUpdate = isTold || state.choice
      if (!isTold) {
        if (urlPassthrough) gtag('set', 'url_passthrough', true)
        if (adsDataRedaction) gtag('set', 'ads_data_redaction', true)
        say('default', by(undecided(state)))
        // Not over what may be a refusal, or a browser's signal.
        for (const [region, granted] of Object.entries((state.isNew && regions) || {}))
          say('default', (category) => ['necessary', ...granted].includes(category), [region])
      }
      isTold = true
      if (!isUpdate) return
      say('update', by(state))
      updated?.(queue, state)
    },
  }
}

/**
 * Google Consent Mode v2: one `default` before any tag, then an `update` for a stored choice and for each change.
 * https://developers.google.com/tag-platform/security/guides/consent, 2026-11-24
 */
export const googleConsentMode = (options: GoogleOptions = {}): Signal => createGoogle('google', options)
