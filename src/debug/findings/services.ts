import { matches } from '../../core/glob'
import type { Service } from '../../types'
import type { Rule } from '../facts'
import { likeness } from '../known'
import type { Finding } from '../report'

/** From harmless to not so. A category of the owner's own is nowhere in it. */
const ORDER = ['necessary', 'functional', 'performance', 'marketing']

const overlaps = (one: string, other: string) => matches(one, other) || matches(other, one)

function categoryFinding(service: Service, always: readonly string[]): Finding[] {
  const known = likeness(service)
  if (!known) return []
  const { key, category } = service
  const usual = ORDER.indexOf(known.category)
  const called = key === known.key ? '' : `, which has cookies of ${known.key},`
  const instead = `"${key}": { "category": "${known.category}" }`
  // Some sites cannot do without what is functional on others, such as a payment.
  if (always.includes(category)) {
    if (usual < 2) return []
    return [
      {
        rule: 'necessary-tracker',
        severity: 'error',
        what: `The service ${key}${called} is always on, in the category ${category}. It is known as ${known.category}.`,
        instead,
      },
    ]
  }
  const rank = ORDER.indexOf(category)
  if (rank < 0 || rank >= usual) return []
  return [
    {
      rule: 'unusual-category',
      severity: 'warning',
      what: `The service ${key}${called} is in the category ${category}. Elsewhere it is ${known.category}.`,
      instead,
    },
  ]
}

/** What is declared, against what is known and what is tagged. */
export const serviceFindings: Rule = ({ consent: { config, choice, needsChoice }, always, tags }) => {
  const { services } = config
  const findings = services.flatMap((service) => categoryFinding(service, always))
  const asked = choice && [...choice.granted, ...choice.denied, ...Object.keys(choice.services), ...always]
  const news = [...config.categories, ...services.filter(({ category }) => !always.includes(category))]
    .map(({ key }) => key)
    .filter((key) => asked && !asked.includes(key))
  if (needsChoice && news.length) {
    findings.push({
      rule: 'asked-again',
      severity: 'note',
      what: `The visitor has decided, and is asked again: ${news.join(', ')} ${news.length === 1 ? 'is' : 'are'} new since.`,
      instead:
        'Nothing, if that is so. Leave out what you do not use; after a switch, say what the old tool called it.',
    })
  }
  for (const [index, service] of services.entries()) {
    const { key, category, cookies = [], signal } = service
    for (const other of services.slice(0, index)) {
      const both =
        other.category === category
          ? undefined
          : cookies.find((one) => other.cookies?.some((two) => overlaps(one, two)))
      if (!both) continue
      findings.push({
        rule: 'two-purposes',
        severity: 'warning',
        what: `The cookie "${both}" is declared by ${other.key} (${other.category}) and by ${key} (${category}): it goes only when both are refused.`,
        instead: 'Name it in one of them.',
      })
    }
    const isOptional = !always.includes(category)
    if (isOptional && !signal && !tags.some(({ condition }) => condition?.service === service)) {
      findings.push({
        rule: 'untagged',
        severity: 'note',
        what: `No tag of this page has data-service="${key}", so its own switch decides about no tag here.`,
        instead: `data-consent="${category}" data-service="${key}" on its tags, if this page has any. Where your code asks allows("${category}", "${key}"), leave it.`,
      })
    }
  }
  return findings
}
