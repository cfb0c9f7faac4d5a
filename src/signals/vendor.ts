import type { SignalState } from '../types'

/**
 * Whether a vendor is allowed: by the services that name its signal, by all of them, else by its category.
 * @param only count services of this category alone
 */
export function isAllowed(
  { config, allows }: SignalState,
  signals: readonly string[],
  category: string,
  only?: boolean,
): boolean {
  const services = config.services.filter(
    (each) => signals.includes(`${each.signal}`) && (!only || each.category === category),
  )
  return services.length > 0 ? services.every((each) => allows(each.category, each.key)) : allows(category)
}

/** The same state for a visitor without a choice. */
export const undecided = (state: SignalState): SignalState => ({ ...state, allows: state.allowsUndecided })

export const word = (isGranted: boolean) => (isGranted ? 'granted' : 'denied')

/** A vendor's queue. */
export interface Queue {
  push(...items: unknown[]): unknown
}

/** A vendor's global, made if it is missing; an element by that id is not it. */
export function globalOf<T>(name: string, make: () => T): T {
  const found: T | Element | undefined = Reflect.get(window, name)
  if (found && !(found instanceof Element)) return found
  Reflect.set(window, name, make())
  return Reflect.get(window, name)
}

/** A vendor's queue, made if it is missing. Where something else has its name, `push` throws. */
export const queueOf = (name: string): Queue => globalOf<Queue>(name, () => [])

/** Commands to some vendors are told from data by being `arguments`; an array would do nothing. */
export function command(..._words: unknown[]): IArguments {
  // biome-ignore lint/complexity/noArguments: that is the point
  return arguments
}
