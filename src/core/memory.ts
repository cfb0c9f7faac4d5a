import type { Config, ConsentRecord } from '../types'
import type { CookieJar } from './cookie'
import { report } from './errors'
import { forgottenAt, formatRecord, parseRecord } from './record'

/** The choice in our cookie. */
export interface Memory {
  /**
   * @param now milliseconds since 1970
   * @returns the newest choice, also one that counts no more, and whether everything under the name could be read
   */
  recall(now: number): { record: ConsentRecord | undefined; isReadable: boolean }
  keep(record: ConsentRecord): void
  /** Whether the browser has kept it; else it holds for this page alone. */
  isKept(): boolean
}

export function createMemory(jar: CookieJar, config: Config, { hostname, protocol }: Location): Memory {
  const { cookieName, domain } = config
  let isKept = true
  let warned = false
  function warn(message: string): void {
    if (!warned) report(message)
    warned = true
  }

  return {
    isKept: () => isKept,
    keep(record) {
      const value = formatRecord(record)
      const write = (at?: string): boolean => {
        const isWritten = jar.write(cookieName, value, forgottenAt(record, config), at)
        if (isWritten && jar.read(cookieName).length < 2) return true
        // A copy at another domain or path would come back when this one goes, and an older choice must not outlive it.
        jar.remove(cookieName)
        return isWritten && jar.write(cookieName, value, forgottenAt(record, config), at)
      }
      isKept = true
      if (domain) {
        if (jar.accepts(domain) && write(domain)) return
        warn(
          `the browser refused the domain "${domain}" for the cookie. Write a parent domain of ${hostname}, not a public suffix.`,
        )
      }
      if (write()) return
      isKept = false
      warn(
        protocol === 'file:'
          ? 'a page opened from file:// keeps no cookies, so the choice holds until it is left. Use a web server: npx serve'
          : 'the browser refused the cookie, so the choice holds until this page is left.',
      )
    },
    recall(now) {
      const values = jar.read(cookieName)
      const records = values.flatMap((value) => parseRecord(value, now) ?? [])
      const [record] = records.sort((a, b) => b.updatedAt - a.updatedAt)
      return { record, isReadable: jar.isOpen() && records.length === values.length }
    },
  }
}
