import { callerIn } from './page'

/** Something that a script of the page has stored. */
export interface Write {
  readonly name: string
  /** Address of the script. */
  readonly by: string | null
  /** Days that a cookie is to last; 0 until the browser is closed. */
  readonly days: number | null
}

const DAY = 86_400_000

/**
 * Days that a cookie lasts which is written like this. `null` if it is being deleted.
 * @param now milliseconds since 1970
 */
export function daysOf(cookie: string, now: number): number | null {
  const value = (name: string) => new RegExp(`;\\s*${name}\\s*=\\s*([^;]*)`, 'i').exec(cookie)?.[1]
  const age = value('max-age')
  const expires = Date.parse(value('expires') ?? '')
  const lasts = age ? Number(age) * 1000 : Number.isNaN(expires) ? 0 : expires - now
  if (lasts < 0 || age === '0') return null
  return Math.round((lasts / DAY) * 10) / 10
}

/**
 * Watch who stores what: by `document.cookie`, `cookieStore.set` and `setItem`. Each does what it did.
 * @param seen told after each write
 * @returns gives the browser's own back
 */
export function watchWrites(
  seen: (trace: 'cookies' | 'localStorage' | 'sessionStorage', write: Write) => void,
): () => void {
  const undo: (() => void)[] = []

  function swap(owner: object, name: string, make: (own: PropertyDescriptor) => PropertyDescriptor): void {
    const own = Object.getOwnPropertyDescriptor(owner, name)
    if (!own?.configurable) return
    Object.defineProperty(owner, name, { ...own, ...make(own) })
    const mine = Object.getOwnPropertyDescriptor(owner, name)
    undo.push(() => {
      const current = Object.getOwnPropertyDescriptor(owner, name)
      // Where somebody has put theirs over it, what is ours does no harm.
      if (current?.set === mine?.set && current?.value === mine?.value) Object.defineProperty(owner, name, own)
    })
  }

  // The stack is taken in the function that stands in for the browser's, so that its second entry is the caller.
  swap(Document.prototype, 'cookie', (own) => ({
    set(this: Document, text: unknown) {
      own.set?.call(this, text)
      const name = `${text}`.split(/[;=]/)[0]?.trim() ?? ''
      seen('cookies', { name, by: callerIn(`${new Error().stack}`), days: daysOf(`${text}`, Date.now()) })
    },
  }))
  swap(Storage.prototype, 'setItem', (own) => ({
    value: function setItem(this: Storage, ...entry: unknown[]) {
      own.value.apply(this, entry)
      const trace = this === window.localStorage ? 'localStorage' : 'sessionStorage'
      seen(trace, { name: `${entry[0]}`, by: callerIn(`${new Error().stack}`), days: null })
    },
  }))
  const { CookieStore }: { CookieStore?: { prototype: object } } = Object(window)
  if (CookieStore) {
    swap(CookieStore.prototype, 'set', (own) => ({
      value: function set(this: unknown, ...wants: unknown[]): unknown {
        const [first] = wants
        const { name = first, expires } = Object(first)
        const days = typeof expires === 'number' ? Math.round((expires - Date.now()) / DAY) : 0
        seen('cookies', { name: `${name}`, by: callerIn(`${new Error().stack}`), days })
        return own.value.apply(this, wants)
      },
    }))
  }
  return () => {
    for (const give of undo) give()
  }
}
