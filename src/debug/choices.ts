import type { Trace } from '../types'
import { cookieText } from './page'

/** Names under which other tools keep a choice unless told otherwise: the `keys` of `import/`, without what reads them. */
const NAMES: Readonly<Record<string, string>> = {
  cc_cookie: 'vanilla-cookieconsent',
  klaro: 'klaro',
  CookieConsent: 'cookiebot',
  OptanonConsent: 'onetrust',
  OptanonAlertBoxClosed: 'onetrust',
  c15t: 'c15t',
  'privacy-consent-storage': 'c15t',
  'cookieyes-consent': 'cookieyes',
}

function contentOf(trace: Trace, name: string): unknown {
  try {
    if (trace === 'localStorage' || trace === 'sessionStorage') return JSON.parse(`${window[trace].getItem(name)}`)
    if (trace !== 'cookies') return undefined
    const pair =
      cookieText()
        .split('; ')
        .find((one) => one.startsWith(`${name}=`)) ?? ''
    return JSON.parse(decodeURIComponent(pair.slice(name.length + 1)))
  } catch {
    return undefined
  }
}

/** The tool whose choice this may be, by its name, or by what is in it: names can be changed there. */
export function choiceOf(trace: Trace, name: string): string | undefined {
  if (Object.hasOwn(NAMES, name)) return NAMES[name]
  if (!/klaro|consent|cookie|cc_/i.test(name)) return undefined
  const value = Object(contentOf(trace, name))
  if (Array.isArray(value.categories ?? value.level)) return 'vanilla-cookieconsent'
  const answers = Object.values(value)
  return answers.length && answers.every((answer) => typeof answer === 'boolean') ? 'klaro' : undefined
}
