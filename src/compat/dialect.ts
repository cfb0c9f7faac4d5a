import type { Names } from '../categories'

/** What the names in the tags stand for here, where that is not to be guessed. */
export interface CompatOptions {
  /** Our categories by the tool's names. */
  categories?: Names | undefined
  /** Our services, or categories, by the tool's names for services. */
  services?: Names | undefined
}

/** What a tag waits for, in the tool's own words. */
export interface Mark {
  /** Categories that must all be allowed, or refused where marked by `!`. */
  readonly categories?: readonly string[]
  readonly service?: string | null
  /** The attribute that holds the address back. */
  readonly source?: string
}

/** How one tool marks tags. */
export interface Dialect {
  readonly name: string
  /** The tags that carry its mark. */
  readonly selector: string
  /** Attributes that are part of the mark: frameworks bind them late. */
  readonly attributes: readonly string[]
  readonly options: CompatOptions
  /** @returns `undefined` for a tag that is not to wait */
  read(element: Element): Mark | undefined
}
