import type { Rule } from '../facts'

/** What Crumbgate has said on the console, less what another finding says. */
export const messageFindings: Rule = ({ early, tags }) => {
  // Without its text: the parser may not have come to that when it was said.
  const said = tags
    .filter(({ held }) => held.why || held.state === 'failed')
    .map(({ held }) => `: ${held.element.split('>')[0]}`)
  return early.messages
    .filter((message) => !said.some((markup) => message.includes(markup)) && !/is on this page twice/.test(message))
    .map((message) => ({
      rule: 'reported',
      severity: 'error',
      what: message,
      instead: 'As it says; it stands on the console too.',
    }))
}
