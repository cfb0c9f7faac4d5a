import { matches } from '../../core/glob'
import type { Config, Service } from '../../types'
import { choiceOf } from '../choices'
import type { Facts, Rule } from '../facts'
import { storing } from '../known'
import type { Finding, Stored } from '../report'
import { momentOf } from '../requests'

/** How many times longer than declared a cookie may last, since browsers and servers round. */
const SHARE = 1.5

/** What takes a ready-made service in, beside what is there. */
function readyMade({ key, category }: Service, { categories, services }: Config): string {
  const isThere = categories.some((one) => one.key === category)
  const own = isThere ? '{}' : '{ "category": "…" }'
  return isThere && !services.length ? `"services": ["${key}"]` : `"services": { "${key}": ${own} }`
}

function look({ trace, name, services, at, by, days }: Stored, { consent: { config }, early }: Facts): Finding[] {
  const where = `${trace === 'cookies' ? 'The cookie' : `In ${trace}:`} "${name}"`
  const who = by ? ` ${by} wrote it.` : ''
  if (!services.length) {
    const known = storing(trace, name)
    const tool = choiceOf(trace, name)
    if (tool) {
      return [
        {
          rule: 'old-choice',
          severity: 'warning',
          what: `${where} looks like a choice that a visitor has given to ${tool}. It is not taken over.`,
          instead: config.import
            ? `"import": { "${tool}": { "name": "${name}" } }, if that tells where it is. Else it is too old, an answer to another revision, or the console says why.`
            : `"import": "${tool}", with crumb-import.js before the Crumbgate tag.`,
        },
      ]
    }
    return [
      {
        rule: 'undeclared',
        severity: 'warning',
        what: `${where} is declared by no service${known ? `; ${known.key} keeps it` : ''}.${who}`,
        instead: known
          ? `${readyMade(known, config)}, with crumb-services.js. Its usual category is ${known.category}.`
          : `"services": { "a-name": { "category": "…", "${trace}": ["${name}"] } }, with the category that it belongs to: necessary only if the site cannot do without it.`,
      },
    ]
  }
  const findings: Finding[] = []
  const declared = config.services.filter(({ key }) => services.includes(key))
  const moment = at === null ? undefined : momentOf(early.moments, at)
  if (moment && !declared.some((service) => moment.allowed.includes(service))) {
    findings.push({
      rule: 'stored-unasked',
      severity: 'error',
      what: `${where} of ${services.join(', ')} was stored ${moment.isDecided ? 'although that is refused' : 'before a choice'}.${who}`,
      instead: 'Hold the tag that stores it, with data-consent.',
    })
  }
  for (const { key, cookies = [], lifetimes = {} } of trace === 'cookies' && days !== null ? declared : []) {
    const said = lifetimes[cookies.find((pattern) => matches(pattern, name)) ?? '']
    if (said === undefined || days === null || days <= said * SHARE) continue
    findings.push({
      rule: 'lifetime',
      severity: 'warning',
      what: `${where} lasts ${days} days, and ${key} declares ${said}.${who}`,
      instead: `"lifetimes": { "${name}": ${Math.ceil(days)} } in the service, or a shorter life where it is written.`,
    })
  }
  return findings
}

/** What is stored, against what is declared. */
export const storageFindings: Rule = (facts) => facts.storage.flatMap((stored) => look(stored, facts))
