import type { Signal } from '../types'

export interface GpcOptions {
  /** What the server found in the request's `Sec-GPC` header. `<meta name="sec-gpc" content="1">` says the same. */
  header?: string | undefined
  /** Categories that the signal refuses. Default: all that are optional. */
  categories?: readonly string[] | undefined
}

/**
 * Global Privacy Control: the browser asks for an opt-out. What it refuses is refused until the visitor decides otherwise
 * while it is on; no choice is written.
 * https://www.w3.org/TR/gpc/
 */
export const gpc = ({ header, categories }: GpcOptions = {}): Signal => ({
  name: 'gpc',
  ...(categories ? { categories } : {}),
  read() {
    const meta = Document.prototype.querySelector.call(document, 'meta[name="sec-gpc"]')
    const isSent = [header, meta?.getAttribute('content')].includes('1')
    return isSent || Reflect.get(navigator, 'globalPrivacyControl') === true
  },
})
