import { findAll } from '../../markup/element'
import type { Rule } from '../facts'
import { markupOf, urlOf } from '../page'
import { heldAt } from '../tags'

const HINTS = ['preload', 'modulepreload', 'prefetch', 'preconnect', 'dns-prefetch', 'prerender']
  .map((rel) => `link[rel~=${rel}]:not([data-consent])`)
  .join()

/** Hints that ask a held tag's host all the same. */
export const hintFindings: Rule = ({ tags, early, always }) =>
  findAll(HINTS).flatMap((link) => {
    const host = urlOf(link.getAttribute('href'))?.hostname ?? ''
    const now = early.moments[early.moments.length - 1]
    const tag = tags.find(
      ({ hosts, condition, held }) =>
        hosts.includes(host) &&
        !always.includes(held.consent) &&
        // What is allowed is preloaded by Crumbgate itself.
        !(link.matches('[rel~=preload]') && now && condition && heldAt(condition, now)),
    )
    if (!tag) return []
    return {
      rule: 'hint',
      severity: 'error',
      what: `A hint asks ${host} on every visit, which a tag with data-consent="${tag.held.consent}" is held for.`,
      instead: 'Take the hint out of the page, or write data-consent and data-href on it.',
      element: markupOf(link),
    }
  })
