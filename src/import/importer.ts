import type { Names } from '../categories'

/** How to take over what was stored by another tool. Everything has a default. */
export interface ImportOptions {
  /** Name of its cookie, or of its entry in the web storage, where it is not the tool's usual one. */
  name?: string | undefined
  /** Days that the tool lets an answer count, where it does not store that. */
  days?: number | undefined
  /** The day after which no answer given to it counts any more, such as `2027-03-01`. */
  until?: string | undefined
  /** Our categories by its names, where they are not to be guessed. */
  categories?: Names | undefined
  /** Our services, or categories, by its names for services, where these differ. */
  services?: Names | undefined
  /** Keys of our services that the tool did not ask about: they are off, and asked about. Others that it does not name were refused. */
  added?: readonly string[] | undefined
  /** Take over only answers to this revision of the tool's configuration. */
  revision?: number | undefined
}

/** What a visitor has answered, in the tool's own words. */
export interface Answers {
  /** When: milliseconds since 1970; left out where the tool does not store it. */
  readonly at?: number
  /** When the tool would ask again: milliseconds since 1970; left out where it does not store it. */
  readonly until?: number
  readonly categories?: Readonly<Record<string, boolean>>
  readonly services?: Readonly<Record<string, boolean>>
  /** Services that were allowed, by its categories: beside them, what is not named was refused. */
  readonly listed?: Readonly<Record<string, readonly string[]>>
  /** Whether every category that it does not name was refused. */
  readonly isWhole?: boolean
  /** Which configuration of the tool it answers. */
  readonly revision?: unknown
}

/** Reads what one tool has stored. */
export interface Importer {
  /** What the tool is called in messages and in the script build. */
  readonly tool: string
  /** Names of its cookies, or entries in the web storage; the first one holds the answers. */
  readonly keys: readonly string[]
  /** Days that it lets an answer count, unless it says so itself. */
  readonly days: number
  readonly options: ImportOptions
  /**
   * @param text what it has stored, decoded; anything at all
   * @param others what is stored under a name
   * @returns `null` if the visitor has not answered
   */
  read(text: string, others: (name: string) => readonly string[]): Answers | null
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** The object that a text is in JSON; an empty one if it is none. */
export function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}

/** An entry that is an object itself. */
export function part(value: Readonly<Record<string, unknown>>, name: string): Readonly<Record<string, unknown>> {
  const found = value[name]
  return isObject(found) ? found : {}
}

/** The texts of a list. */
export const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []

/** The entries that are yes or no. */
export const flags = (value: Readonly<Record<string, unknown>>): Record<string, boolean> =>
  Object.fromEntries(Object.entries(value).filter((entry): entry is [string, boolean] => typeof entry[1] === 'boolean'))

/** `true` for each of the names. */
export const all = (names: readonly string[]): Record<string, boolean> =>
  Object.fromEntries(names.map((name) => [name, true]))
