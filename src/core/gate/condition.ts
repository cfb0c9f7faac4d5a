import type { Config, Service } from '../../types'

/** What a tag waits for. */
export interface Condition {
  /** Alternatives, each a list of categories that must all be granted, or refused where marked by `!`. */
  readonly alternatives: readonly (readonly string[])[]
  readonly service: Service | undefined
}

/** Answers of the current choice. */
export interface Answers {
  /** Whether the visitor has decided at all. */
  decided(): boolean
  allows(category: string, service?: string): boolean
}

const nameOf = (word: string) => word.replace(/^!/, '')

/** Read a tag's `data-consent` and `data-service`; a text is what is wrong with them, in words for the owner. */
export function readCondition(element: Element, { categories, services }: Config): Condition | string {
  const alternatives = `${element.getAttribute('data-consent')}`
    .split('|')
    .map((part) => part.split(/\s+/).filter(Boolean))
  const names = alternatives.flat().map(nameOf)
  const known = categories.map(({ key }) => key)
  if (alternatives.some((words) => !words.length) || names.some((name) => !known.includes(name))) {
    return `stays blocked. Write data-consent="${known.join('" or "')}", or several: "a b" (both), "a|b" (either), "!a" (refused)`
  }
  const key = element.getAttribute('data-service')
  const service = services.find((item) => item.key === key && names.includes(item.category))
  if (key !== null && !service) {
    const other = services.find((item) => item.key === key)
    if (other) return `stays blocked. Write data-consent="${other.category}", the category of "${key}"`
    return `stays blocked. Write in the option services: "${key}": { "category": "${names[0]}" }; if it is a ready-made one, its name alone`
  }
  return { alternatives, service }
}

/**
 * Whether a tag may load now.
 * @param everRefused take `!` terms as met: what is left is whether something the tag needs is not granted
 */
export function isMet({ alternatives, service }: Condition, answers: Answers, everRefused = false): boolean {
  return alternatives.some((words) =>
    words.every((word) => {
      const name = nameOf(word)
      const granted = answers.allows(name, service?.category === name ? service.key : undefined)
      return name === word ? granted : everRefused || (answers.decided() && !granted)
    }),
  )
}
