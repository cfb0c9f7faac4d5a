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
