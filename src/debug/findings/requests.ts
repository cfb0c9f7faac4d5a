import type { Rule } from '../facts'
import type { Finding, Sent } from '../report'

const ADVICE =
  'Hold the tag that asks for it: data-consent, with type="text/plain" on a script and data-src on an embed. If the site cannot do without it, write data-consent="necessary".'

function finding(sent: readonly Sent[], first: Sent, choice: number): Finding {
  const { host, type, at, when, consent, service, url } = first
  const isEarly = when === 'before a choice'
  const before = isEarly && choice > at ? `, ${choice - at} ms before the choice` : ''
  const tag = consent
    ? `, which tags with data-consent="${consent}"${service ? ` data-service="${service}"` : ''} ask as well`
    : ''
  return {
    rule: isEarly ? 'request-before-choice' : 'request-refused',
    severity: 'error',
    what: `${sent.length > 1 ? `${sent.length} requests` : 'A request'} to ${host}${tag} ${isEarly ? 'went out before a choice' : 'went out although that is refused'}: first ${url} (${type}, at ${at} ms${before}).`,
    instead: ADVICE,
  }
}

/** Requests to other sites that nobody has allowed; one finding for each host. */
export const requestFindings: Rule = ({ requests, early }) => {
  const choice = Math.round(early.moments.find(({ isDecided }) => isDecided)?.at ?? 0)
  const wrong = new Map<string, Sent[]>()
  for (const sent of requests) {
    if (sent.when !== 'before a choice' && sent.when !== 'refused') continue
    const key = `${sent.when} ${sent.host}`
    wrong.set(key, [...(wrong.get(key) ?? []), sent])
  }
  return [...wrong.values()].flatMap((sent) => (sent[0] ? finding(sent, sent[0], choice) : []))
}
