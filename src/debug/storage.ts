import { matches } from '../core/glob'
import { receiptPrefix } from '../receipts/key'
import type { Config, Trace } from '../types'
import type { Early } from './early'
import { cookieText } from './page'
import type { Stored } from './report'
import { type Write, watchWrites } from './writes'

/** What is stored, and by whom, as far as it was seen. */
export interface Storages {
  /** @param config tells which services declare what */
  read(config: Config): Promise<Stored[]>
  stop(): void
}

const STORAGES = ['localStorage', 'sessionStorage'] as const

/** Names in the places that answer later; none where the browser has none, or refuses. */
async function namesIn(trace: 'indexedDB' | 'caches'): Promise<string[]> {
  try {
    if (trace === 'caches') return await window.caches.keys()
    return (await window.indexedDB.databases()).map(({ name }) => `${name}`)
  } catch {
    return []
  }
}

/** Names of cookies, of what `document.cookie` says. */
const cookieNames = (text: string) => text.split('; ').map((pair) => pair.split('=')[0] ?? '')

/** Names there; none where the browser refuses. */
function namesNow(read: () => string[]): string[] {
  try {
    return read()
  } catch {
    return []
  }
}

/** Services that declare the name. */
const declaring = ({ services }: Config, trace: Trace, name: string) =>
  services.filter((service) => service[trace]?.some((pattern) => matches(pattern, name)))

/** @param changed called when something has been stored */
export function watchStorage(early: Early, changed: () => void): Storages {
  /** By place and name: when it was seen first, `null` for before us. */
  const first = new Map<string, number | null>()
  const writes = new Map<string, Write>()
  let isFirst = true
  const keyOf = (trace: Trace, name: string) => `${trace}/${name}`
  const [cookies = '', ...keys] = early.names ?? []
  for (const name of cookieNames(cookies)) first.set(keyOf('cookies', name), null)
  for (const [index, trace] of STORAGES.entries()) {
    for (const name of keys[index] ?? []) first.set(keyOf(trace, name), null)
  }
  const release = watchWrites((trace, write) => {
    writes.set(keyOf(trace, write.name), write)
    changed()
  })

  return {
    async read(config) {
      const { cookieName } = config
      const [databases, caches] = await Promise.all([namesIn('indexedDB'), namesIn('caches')])
      const places: [Trace, string[]][] = [
        ['cookies', namesNow(() => cookieNames(cookieText()))],
        ...STORAGES.map((trace): [Trace, string[]] => [trace, namesNow(() => Object.keys(window[trace]))]),
        ['indexedDB', databases],
        ['caches', caches],
      ]
      const isOwn = (trace: Trace, name: string) =>
        !name || name === cookieName || (trace === 'localStorage' && name.startsWith(receiptPrefix(cookieName)))
      const found = places.flatMap(([trace, names]) =>
        [...new Set(names)].sort().flatMap((name): Stored[] => {
          if (isOwn(trace, name)) return []
          const key = keyOf(trace, name)
          // Of databases and caches nothing is known from before.
          const isOld = isFirst && (trace === 'indexedDB' || trace === 'caches')
          if (!first.has(key)) first.set(key, isOld ? null : Math.round(performance.now()))
          const write = writes.get(key)
          return [
            {
              trace,
              name,
              services: declaring(config, trace, name).map((service) => service.key),
              at: first.get(key) ?? null,
              by: write?.by ?? null,
              days: write?.days ?? null,
            },
          ]
        }),
      )
      isFirst = false
      return found
    },
    stop: release,
  }
}
