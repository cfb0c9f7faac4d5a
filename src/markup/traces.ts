import type { Consent, Service, Trace } from '../types'

const TRACES: readonly Trace[] = ['cookies', 'localStorage', 'sessionStorage', 'indexedDB', 'caches']

/** What a service stores: kind and name of each. */
export const tracesOf = (service: Service): [trace: Trace, name: string][] =>
  TRACES.flatMap((trace) => (service[trace] ?? []).map((name): [Trace, string] => [trace, name]))

/** Whether anything is allowed that the visitor can take back. */
export function allowsOptional({ config, allows }: Consent): boolean {
  const optional = config.categories.filter(({ basis }) => basis !== 'necessary').map(({ key }) => key)
  return (
    optional.some((key) => allows(key)) ||
    config.services.some(({ key, category }) => optional.includes(category) && allows(category, key))
  )
}
