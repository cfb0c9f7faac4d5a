import type { Consent } from '../types'
import type { Early } from './early'
import type { Look } from './measure'
import type { Finding, Sent, Stored } from './report'
import type { Tag } from './tags'

/** What the findings are made of. */
export interface Facts {
  readonly consent: Consent
  readonly early: Early
  readonly tags: readonly Tag[]
  readonly requests: readonly Sent[]
  readonly storage: readonly Stored[]
  /** The dialog as it was seen last. */
  readonly look: Look | undefined
  /** Keys of the categories that are no choice. */
  readonly always: readonly string[]
  /** The page's own host, or the domain that the site shares its choice with. */
  readonly home: string
}

/** One thing to look for. Called again whenever something has changed. */
export type Rule = (facts: Facts) => Finding[]
