import { isExecutable, isExternal } from '../../core/gate/scripts'
import { findAll } from '../../markup/element'
import type { Rule } from '../facts'
import { markupOf, urlOf } from '../page'
import type { Finding } from '../report'

const OURS = 'script[src*="/crumbgate.js"],script[src^="crumbgate.js"]'

/** Whether it may be what holds the configuration. */
const isConfiguration = ({ src }: HTMLScriptElement) =>
  window.crumbgateConfig !== undefined && urlOf(src)?.origin === location.origin

/** Whether the server has said that it is not there. */
const isMissing = ({ src }: HTMLScriptElement) =>
  performance
    .getEntriesByName(src)
    .some((entry) => entry instanceof PerformanceResourceTiming && entry.responseStatus >= 400)

/** Whether a script runs before a tag. Files of ours may. */
const isBefore = (script: HTMLScriptElement, tag: Element) =>
  isExternal(script) &&
  isExecutable(script) &&
  !/\/crumb-[a-z]+\.js/.test(script.src) &&
  !isConfiguration(script) &&
  (script.compareDocumentPosition(tag) & Node.DOCUMENT_POSITION_FOLLOWING) > 0

/** Where the Crumbgate tag stands, how many there are, and where the page does. */
export const placeFindings: Rule = ({ early: { tag, scripts } }) => {
  const findings: Finding[] = []
  if (findAll(OURS).length > 1 || findAll('#crumbgate-host').length > 1) {
    findings.push({
      rule: 'twice',
      severity: 'error',
      what: 'Crumbgate is on this page twice.',
      instead: 'One tag, or one createConsent(), for the whole page.',
    })
  }
  if (tag && (tag.async || tag.defer || tag.type === 'module')) {
    const how = tag.type === 'module' ? 'type="module"' : tag.async ? 'async' : 'defer'
    findings.push({
      rule: 'late',
      severity: 'error',
      what: `The Crumbgate tag has ${how}: what it holds starts late and out of its place.`,
      instead: '<script src="crumbgate.js"></script>, without async, defer and type.',
      element: markupOf(tag),
    })
  }
  // Not what a vendor's own snippet has put there since.
  const before = tag && scripts.find((script) => isBefore(script, tag))
  if (before && isMissing(before)) {
    findings.push({
      rule: 'missing',
      severity: 'error',
      what: 'A script before Crumbgate could not be loaded. Perhaps it is to hold the configuration.',
      instead: 'Mend its address, or take it out.',
      element: markupOf(before),
    })
  } else if (before) {
    findings.push({
      rule: 'not-first',
      severity: 'warning',
      what: 'A script comes before Crumbgate: it runs and stores what it likes.',
      instead: 'Move the Crumbgate tag before it, first in the head.',
      element: markupOf(before),
    })
  }
  if (location.protocol === 'file:') {
    findings.push({
      rule: 'file',
      severity: 'error',
      what: 'The page is opened as a file, where browsers keep no cookie, and so no choice.',
      instead: 'Open it from a server on your machine: npx serve',
    })
  }
  return findings
}
