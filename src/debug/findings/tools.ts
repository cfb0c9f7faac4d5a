import { cookiebot } from '../../compat/cookiebot'
import { klaro } from '../../compat/klaro'
import { oneTrust } from '../../compat/onetrust'
import { vanillaCookieConsent } from '../../compat/vanilla-cookieconsent'
import { findAll } from '../../markup/element'
import type { Rule } from '../facts'
import { markupOf } from '../page'
import type { Finding } from '../report'

/** Other consent tools: the global that each leaves and what is in it, and the script that it comes by. */
const TOOLS: readonly (readonly [name: string, global: string, member: string, script: string])[] = [
  [
    'vanilla-cookieconsent',
    'CookieConsent',
    'acceptedCategory',
    'script[src*="vanilla-cookieconsent"],script[src$="cookieconsent.umd.js"]',
  ],
  ['vanilla-cookieconsent', 'initCookieConsent', 'name', 'script[src*="/cookieconsent.js"]'],
  ['Klaro', 'klaro', 'getManager', 'script[src*="/klaro"]'],
  ['Cookiebot', 'Cookiebot', 'consent', '#Cookiebot,script[src*="consent.cookiebot.com"]'],
  ['OneTrust', 'OneTrust', 'ToggleInfoDisplay', 'script[src*="otSDKStub"]'],
  ['CookieYes', 'getCkyConsent', 'name', '#cookieyes,script[src*="cdn-cookieyes.com"]'],
  ['cookieconsent (Osano)', 'cookieconsent', 'initialise', 'script[src*="/cookieconsent.min.js"]'],
  ['tarteaucitron.js', 'tarteaucitron', 'init', 'script[src*="/tarteaucitron"]'],
]

const DIALECTS = [vanillaCookieConsent(), klaro(), cookiebot(), oneTrust()]

/** What waits for somebody to start it. */
const INERT = 'script:is([type="text/plain"],[type=opt-in]),[data-cookieblock-src],:not(script)[data-src]'

/** A script that is held for us is no sign that the tool is at work. */
const scriptOf = (selector: string) => findAll(selector).find((script) => !script.matches('[data-consent]'))

function isAtWork(global: string, member: string): boolean {
  const value: unknown = Reflect.get(window, global)
  return !!value && !(value instanceof Node) && member in Object(value)
}

/** A tool that was there before: its script that was left in, and its marks that nobody reads any more. */
export const toolFindings: Rule = ({ consent: { config } }) => {
  const findings: Finding[] = []
  const named = new Set<string>()
  for (const [name, global, member, selector] of TOOLS) {
    const script = scriptOf(selector)
    if (named.has(name) || !(script || isAtWork(global, member))) continue
    named.add(name)
    findings.push({
      rule: 'other-tool',
      severity: 'error',
      what: `${name} is on this page too: it asks visitors a second time, and starts and deletes what it is told to.`,
      instead:
        'Take its script, its style sheet and the call that starts it out. Crumbgate can take over the choices (import) and read the tags (compat).',
      ...(script && { element: markupOf(script) }),
    })
  }
  for (const dialect of config.compat ? [] : DIALECTS) {
    const waiting = findAll(dialect.selector).filter(
      (element) => element.matches(INERT) && !element.matches('[data-consent]') && dialect.read(element),
    )
    const [first] = waiting
    if (!first) continue
    findings.push({
      rule: 'foreign-mark',
      severity: 'error',
      what: `Tags that are marked for ${dialect.name}: ${waiting.length}. Crumbgate does not read that mark, so nothing starts them.`,
      instead: `data-compat="${dialect.name}" on the Crumbgate tag (or "compat": "${dialect.name}" where your other options are), with crumb-compat.js before it; or data-consent on the tags.`,
      element: markupOf(first),
    })
  }
  return findings
}
