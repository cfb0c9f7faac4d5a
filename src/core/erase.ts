import type { Service, Trace } from '../types'
import { matches } from './glob'

/** A kind of storage and how to delete from it. Any of it may throw: browsers refuse storage in many ways. */
export interface Place {
  readonly trace: Trace
  /** What is there. */
  names(): string[] | Promise<string[]>
  remove(name: string): unknown
}

/** After a name that may or may not be there: the browser does not tell. */
export const UNKNOWN = ' (not known)'

/** The storages of a page besides its cookies. */
export function browserPlaces(window: Window & typeof globalThis): Place[] {
  const storage = (trace: 'localStorage' | 'sessionStorage'): Place => ({
    trace,
    names: () => Object.keys(window[trace]),
    remove: (name) => window[trace].removeItem(name),
  })
  return [
    storage('localStorage'),
    storage('sessionStorage'),
    {
      trace: 'indexedDB',
      names: async () => (await window.indexedDB.databases()).map(({ name }) => `${name}`),
      remove: (name) =>
        new Promise((resolve) => {
          const request = window.indexedDB.deleteDatabase(name)
          // Blocked: a script of the page holds it open, and the browser deletes it when the page is left.
          request.onsuccess = request.onerror = request.onblocked = resolve
        }),
    },
    {
      trace: 'caches',
      // Not there on plain http, where nothing can have been put.
      names: async () => (window.caches ? window.caches.keys() : []),
      remove: (name) => window.caches.delete(name),
    },
  ]
}

/**
 * Delete what refused services left. Cookies, localStorage and sessionStorage are gone when the call returns.
 * @param refused services whose traces go
 * @param allowed services whose traces stay, also where a pattern of a refused one fits them
 * @returns what could not be deleted, such as `cookies: _ga`; never rejects
 */
export async function erase(
  places: readonly Place[],
  refused: readonly Service[],
  allowed: readonly Partial<Service>[],
): Promise<string[]> {
  const left = await Promise.all(
    places.map(async ({ trace, names, remove }) => {
      const patterns = (services: readonly Partial<Service>[]) => services.flatMap((service) => service[trace] ?? [])
      const wanted = patterns(refused)
      const kept = patterns(allowed)
      const doomed = (all: readonly string[]) =>
        all.filter(
          (name) => wanted.some((pattern) => matches(pattern, name)) && !kept.some((pattern) => matches(pattern, name)),
        )
      let found = wanted
      let note = UNKNOWN
      try {
        if (wanted.length > 0) {
          const listed = names()
          found = doomed(Array.isArray(listed) ? listed : await listed)
          const removals = found.map(remove)
          if (removals.length > 0) {
            await Promise.all(removals)
            found = doomed(await names())
          }
          note = ''
        }
      } catch {
        // Refused: nothing is known to be gone.
      }
      return found.map((name) => `${trace}: ${name}${note}`)
    }),
  )
  return left.flat()
}
