import { findAll } from '../../markup/element'
import type { Rule } from '../facts'
import { markupOf } from '../page'

/** What nothing will start, or what names a service and waits for nothing. */
const UNMARKED = 'script[type="text/plain"][src],:is(script,iframe)[data-service]'
/** Marks, of other tools too. */
const MARK = /^data-(consent|category|cookiecategory|name|cookieconsent|crumbgate)$/
/** A mark with a typing mistake. */
const LIKE = /^data-con?[sc]+[aei]nt?s?$/

/** Tags that look as if they were to be held, and have no mark. */
export const unmarkedFindings: Rule = () =>
  findAll('script,iframe').flatMap((element) => {
    const names = element.getAttributeNames()
    const like = names.find((name) => LIKE.test(name))
    const isMeant = !!like || element.matches(`:is(${UNMARKED}):not([class*=optanon-category])`)
    if (!isMeant || names.some((name) => MARK.test(name))) return []
    return {
      rule: 'unmarked',
      severity: 'warning',
      what: `A tag has no data-consent${like ? `, but ${like}` : ''}: Crumbgate neither holds nor starts it.`,
      instead: 'data-consent="performance", or the category that it waits for.',
      element: markupOf(element),
    }
  })

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
