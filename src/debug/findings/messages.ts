import type { Rule } from '../facts'

/** What Crumbgate has said on the console, less what another finding says. */
export const messageFindings: Rule = ({ early, tags }) => {
  const said = tags.filter(({ held }) => held.why || held.state === 'failed').map(({ held }) => held.element)
  return early.messages
    .filter((message) => !said.some((markup) => message.endsWith(markup)) && !/is on this page twice/.test(message))
    .map((message) => ({
      rule: 'reported',
      severity: 'error',
      what: message,
      instead: 'As it says; it stands on the console too.',
    }))
}
