import { isObject, keyed } from './extras'
import { kebab } from './kebab'
import * as services from './services/index'

const READY = new Map<string, object>(Object.entries(services).map(([name, service]) => [kebab(name), service]))

/**
 * Put ready-made services in the place of their names.
 * @param options the owner's, changed in place
 * @returns what was wrong with them
 */
export function resolveServices(options: Record<string, unknown>): string[] {
  const problems: string[] = []
  if (options.services === undefined) return problems
  const entries = keyed(options.services)
  if (!isObject(entries)) {
    delete options.services
    return [`services: ${JSON.stringify(entries)} is not right. Write names, such as ["youtube"], or { }`]
  }
  const all = Object.entries(entries).map(([key, own]): [string, unknown] => {
    // One without a category is a ready-made one, with what the owner writes over it.
    if (!isObject(own) || 'category' in own) return [key, own]
    const ready = READY.get(key)
    if (ready) return [key, { ...ready, ...own }]
    problems.push(
      `services.${key}: there is no ready-made service of that name. Write one of ${[...READY.keys()].join(', ')}`,
    )
    return ['', undefined]
  })
  options.services = Object.fromEntries(all.filter(([key]) => key))
  return problems
}
