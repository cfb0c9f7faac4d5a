import { findAll } from '../../markup/element'
import type { Rule } from '../facts'
import { markupOf } from '../page'
import type { Finding } from '../report'

/** Links to the settings of other tools. */
const OLD =
  '[data-cc],[onclick*=showPreferences],[onclick*="klaro.show"],[onclick*=ToggleInfoDisplay],[onclick*="Cookiebot."]'

/** Ways that a visitor misses: back to the settings, and to the policy. */
export const linkFindings: Rule = ({ consent: { config } }) => {
  const findings: Finding[] = []
  if (!config.button && document.readyState !== 'loading' && !findAll('[data-consent-open]').length) {
    const [old] = findAll(OLD)
    findings.push({
      rule: 'no-way-back',
      severity: 'warning',
      what: `There is no link with data-consent-open and no small button: visitors cannot change their mind.${old ? ' This one is for another tool.' : ''}`,
      instead:
        '<a href="/privacy" data-consent-open>Cookie settings</a> in the footer, or data-button on the Crumbgate tag.',
      ...(old && { element: markupOf(old) }),
    })
  }
  if (!config.policy) {
    findings.push({
      rule: 'no-policy',
      severity: 'warning',
      what: 'The dialog has no link to a privacy policy.',
      instead: 'data-policy="/privacy" on the Crumbgate tag.',
    })
  }
  return findings
}
