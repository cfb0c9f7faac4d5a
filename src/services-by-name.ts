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
    // One that is ready-made has what the owner writes over it; any other needs a category.
    const ready = READY.get(key)
    if (!isObject(own) || (!ready && 'category' in own)) return [key, own]
    if (ready) return [key, { ...ready, ...own }]
    problems.push(
      `services.${key}: there is no ready-made service of that name. Give one of your own its "category", or write one of ${[...READY.keys()].join(', ')}`,
    )
    return ['', undefined]
  })
  options.services = Object.fromEntries(all.filter(([key]) => key))
  return problems
}
