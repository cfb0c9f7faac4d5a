import { findAll } from '../../markup/element'
import type { Rule } from '../facts'

/** Scripts without the nonce that others have. */
export const nonceFindings: Rule = ({ early: { tag }, tags }) => {
  if (!tag) return []
  if (!tag.nonce) {
    const isUsed = findAll('script').some((script) => script instanceof HTMLScriptElement && script.nonce)
    if (!isUsed) return []
    return [
      {
        rule: 'nonce',
        severity: 'error',
        what: 'The page uses a nonce, and the Crumbgate tag has none: what it loads and releases may be refused.',
        instead: '<script src="crumbgate.js" nonce="…">, with the nonce of the page.',
      },
    ]
  }
  return tags
    .filter(({ held }) => held.why === 'nonce')
    .map(({ element, held }) => ({
      rule: 'nonce',
      severity: 'error',
      what: `A held script has ${element instanceof HTMLScriptElement && element.nonce ? 'another nonce than' : 'no nonce, unlike'} the Crumbgate tag, and stays blocked.`,
      instead: 'Give it the same nonce.',
      element: held.element,
    }))
}
