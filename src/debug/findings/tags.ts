import type { Rule } from '../facts'

/** Marked tags that nothing has held, or that will never be released. */
export const tagFindings: Rule = ({ tags }) =>
  tags.flatMap(({ element, held }) => {
    const { why = '', state, element: markup } = held
    if (element instanceof HTMLScriptElement && why === 'not held') {
      return {
        rule: 'not-held',
        severity: 'error',
        what: 'A marked script had already run when Crumbgate saw it.',
        instead: 'Add type="text/plain", which holds it until the visitor allows it.',
        element: markup,
      }
    }
    // These have a finding of their own.
    if (why === 'nonce' || /^type="[^"]*(rocket|litespeed|psajs|nitropack|blocked|-text\/)/.test(why)) return []
    if (state === 'failed') {
      return {
        rule: 'failed',
        severity: 'warning',
        what: 'A released tag could not be loaded.',
        instead: 'Look at the network panel: the address, a Content Security Policy or a blocker of yours.',
        element: markup,
      }
    }
    if (state !== 'blocked') return []
    const [what = '', ...instead] = why.split('. ')
    return {
      rule: /already/.test(why) ? 'not-held' : 'blocked',
      severity: 'error',
      what: `A marked tag ${what.startsWith('type=') ? `has ${what}, which nothing runs` : what}.`,
      instead: `${instead.join('. ') || 'Write type="text/plain" on a script, and data-type for its real type'}.`,
      element: markup,
    }
  })
