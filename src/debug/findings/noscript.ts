import { findAll } from '../../markup/element'
import type { Rule } from '../facts'
import { isForeign, markupOf, urlOf } from '../page'

// Where scripts run, what is in it is text.
const SOURCE = /\bsrc\s*=\s*["']?((?:https?:)?\/\/[^\s"'>]+)/gi

/** What asks other sites only where no script runs, where nobody can be asked. */
export const noscriptFindings: Rule = ({ home }) =>
  findAll('noscript').flatMap((element) => {
    const hosts = [...`${element.textContent}`.matchAll(SOURCE)].map(([, address]) => urlOf(address)?.hostname ?? '')
    const host = hosts.find((one) => one && isForeign(one, home))
    if (!host) return []
    return {
      rule: 'noscript',
      severity: 'warning',
      what: `What is in a <noscript> asks ${host} whenever a browser runs no scripts, and nobody can be asked there.`,
      instead: 'Take the <noscript> out.',
      element: markupOf(element),
    }
  })
