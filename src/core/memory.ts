import type { Config, ConsentRecord } from '../types'
import type { CookieJar } from './cookie'
import { report } from './errors'
import { forgottenAt, formatRecord, grants, parseRecord } from './record'

/** The choice in our cookie. */
export interface Memory {
  /**
   * A choice that was made since this page began is written over an older grant in the cookie: there a server has answered
   * a request from before it, and written that choice again.
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
  /** Whether the page has begun. */
  let hasBegun = false
  /** The choice as it was last read or written. */
  let last: ConsentRecord | undefined
  /** The newest one that was made since this page began. */
  let news: ConsentRecord | undefined
  function warn(message: string): void {
    if (!warned) report(message)
    warned = true
  }

  function keep(record: ConsentRecord): void {
    if (record.id !== last?.id) news = record
    last = record
    const value = formatRecord(record)
    const write = (at?: string): boolean => {
      const put = () => jar.write(cookieName, value, forgottenAt(record, config), at)
      const values = put()
      const isWritten = values.includes(value)
      if (isWritten && values.length < 2) return true
      // A copy at another domain or path would come back when this one goes, and an older choice must not outlive it.
      jar.remove(cookieName)
      return isWritten && put().includes(value)
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
  }

  return {
    isKept: () => isKept,
    keep,
    recall(now) {
      const values = jar.read(cookieName)
      const records = (values ?? []).flatMap((value) => parseRecord(value, now) ?? [])
      const isReadable = records.length === values?.length
      const [record] = records.sort((a, b) => b.updatedAt - a.updatedAt)
      if (isKept && news && record && grants(record) && record.updatedAt < news.updatedAt) {
        keep(news)
        return { record: news, isReadable }
      }
      // What was there when the page began is no news.
      if (hasBegun && record?.id !== last?.id) news = record
      hasBegun = true
      last = record
      return { record, isReadable }
    },
  }
}
