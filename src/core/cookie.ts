import type { Cookies } from '../types'

/** The page's cookies, without a throw: a browser that refuses shows none and keeps none. */
export interface CookieJar extends Cookies {
  names(): string[]
  /**
   * Write, then read back: to ask the browser again would cost as much as to write.
   * @param expires milliseconds since 1970
   * @returns what it now has under the name
   */
  write(name: string, value: string, expires: number, domain?: string): string[]
  /** Whether the browser keeps cookies for that domain. Leaves none. */
  accepts(domain: string): boolean
  /** Whether a cookie of that name is there that scripts can neither see nor delete (HttpOnly). Leaves none. */
  hides(name: string): boolean
}

const TEST = 'crumbgate-test'

export function createCookieJar(document: Document): CookieJar {
  // Through the prototype: <form name=cookie> hides document.cookie behind the element.
  const raw = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie')

  function pairs(): [name: string, value: string][] | undefined {
    try {
      const text: string = raw?.get?.call(document)
      return text.split('; ').map((pair) => {
        const at = pair.indexOf('=')
        return [pair.slice(0, Math.max(at, 0)), pair.slice(at + 1)]
      })
    } catch {
      return undefined
    }
  }

  function put(cookie: string): void {
    try {
      raw?.set?.call(document, cookie)
    } catch {
      // Whoever asked reads again.
    }
  }

  /** None for this host alone, then each parent. */
  function domains(): string[] {
    const found = ['']
    let host = document.location.hostname
    for (; host.includes('.'); host = host.slice(host.indexOf('.') + 1)) found.push(`; Domain=${host}`)
    return found
  }

  /** Whether the browser keeps a cookie of that name and place. Leaves none. */
  function keeps(name: string, at: string): boolean {
    put(`${name}=1; Path=/${at}`)
    const isKept = valuesOf(name).length > 0
    put(`${name}=; Max-Age=0; Path=/${at}`)
    return isKept
  }

  const read = (name: string) => pairs()?.flatMap(([key, value]) => (key === name ? value : []))
  const valuesOf = (name: string) => read(name) ?? []

  return {
    names: () => (pairs() ?? []).map(([name]) => name),
    read: (name) => (navigator.cookieEnabled ? read(name) : undefined),
    write(name, value, expires, domain) {
      const secure = document.location.protocol === 'https:' ? '; Secure' : ''
      const at = domain ? `; Domain=${domain}` : ''
      put(`${name}=${value}; Path=/; Expires=${new Date(expires).toUTCString()}; SameSite=Lax${at}${secure}`)
      return valuesOf(name)
    },
    accepts: (domain) => keeps(TEST, `; Domain=${domain}`),
    hides: (name) =>
      // A script cannot write over an HttpOnly cookie: https://www.rfc-editor.org/rfc/rfc6265#section-5.3
      // Names with these prefixes are refused for other reasons.
      !/^__(host|secure)-/i.test(name) &&
      !valuesOf(name).length &&
      domains().some((at) => keeps(TEST, at) && !keeps(name, at)),
    remove(name) {
      const { pathname } = document.location
      const paths = ['/']
      for (let path = pathname; path; path = path.slice(0, path.lastIndexOf('/'))) paths.push(path, `${path}/`)
      for (const domain of domains()) {
        for (const path of paths) {
          for (const flags of ['', '; Secure', '; Secure; Partitioned'])
            put(`${name}=; Max-Age=0; Path=${path}${domain}${flags}`)
        }
      }
    },
  }
}
