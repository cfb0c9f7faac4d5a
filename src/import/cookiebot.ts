import type { Importer, ImportOptions } from './importer'

/** Cookiebot: the text of a JavaScript object in `CookieConsent`. It is read as a text. */
export const cookiebot = (options: ImportOptions = {}): Importer => ({
  tool: 'cookiebot',
  keys: [options.name ?? 'CookieConsent'],
  days: 365,
  options,
  read(text) {
    // Also written where nobody was asked (`implied`).
    if (!/[{,]method:'explicit'[,}]/.test(text)) return null
    const [, at] = /[{,]utc:(\d{12,14})[,}]/.exec(text) ?? []
    if (!at) return null
    const found = text.matchAll(/[{,](necessary|preferences|statistics|marketing):(true|false)(?=[,}])/g)
    return {
      at: Number(at),
      categories: Object.fromEntries([...found].map(([, name, value]) => [name, value === 'true'])),
    }
  },
})
