/**
 * What a file before `crumbgate.js` does with the owner's options: puts what it brings in the place of names.
 * @returns what was wrong with them
 */
export type Extra = (options: Record<string, unknown>) => string[]

declare global {
  interface Window {
    crumbgateExtras?: Extra[]
  }
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Names in a text, or a list of them, as keys of an object; anything else as it is. */
export function keyed(value: unknown): unknown {
  const names = typeof value === 'string' ? value.split(/[\s,]+/).filter(Boolean) : value
  if (!Array.isArray(names) || names.some((name) => typeof name !== 'string')) return value
  return Object.fromEntries(names.map((name) => [name, {}]))
}

/** Have an extra called by `crumbgate.js`, whose tag comes after. */
export function add(extra: Extra): void {
  // An element by that id is none.
  const others = Array.isArray(window.crumbgateExtras) ? window.crumbgateExtras : []
  window.crumbgateExtras = [...others, extra]
}

/** What names stand for: how to make it, and its options. */
export type Makers<Options, Made> = ReadonlyMap<string, readonly [make: (options: Options) => Made, rules: Rules]>

/** Names of options, and their types. */
export type Rules = Readonly<Record<string, string>>

/**
 * Make what a name stands for.
 * @param option where the name was found
 * @param given its options; anything at all
 * @param problems gets what was wrong
 */
export function makeNamed<Options, Made>(
  makers: Makers<Options, Made>,
  option: string,
  name: string,
  given: unknown,
  problems: string[],
): Made[] {
  const [make, rules = {}] = makers.get(name) ?? []
  const isRight = (value: unknown): value is Options =>
    isObject(value) && Object.entries(value).every(([key, one]) => one !== null && typeof one === rules[key])
  if (make && isRight(given)) return [make(given)]
  const sample = Object.entries(rules).map(([key, type]) => `${key} (${type})`)
  problems.push(
    make
      ? `${option}.${name}: ${JSON.stringify(given)} is not right. Write { } with ${sample.join(', ') || 'nothing in it'}`
      : `${option}.${name}: there is no such name. Write one of ${[...makers.keys()].join(', ')}`,
  )
  return []
}

/**
 * Put what is made of an option's names in their place.
 * @param options the owner's, changed in place
 * @param join makes the option's value
 * @returns what was wrong with them
 */
export function resolveNamed<Options, Made>(
  options: Record<string, unknown>,
  option: string,
  makers: Makers<Options, Made>,
  join: (...made: Made[]) => unknown,
): string[] {
  const given = options[option]
  if (given === undefined || typeof given === 'function') return []
  delete options[option]
  const wanted = keyed(given)
  if (!isObject(wanted))
    return [`${option}: ${JSON.stringify(given)} is not right. Write names, such as ["klaro"], or { }`]
  const problems: string[] = []
  const made = Object.entries(wanted).flatMap(([name, own]) => makeNamed(makers, option, name, own, problems))
  if (made.length) options[option] = join(...made)
  return problems
}
