// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { readConfig } from '../../../src/core/config'
import { isMet, readCondition } from '../../../src/core/gate/condition'

const { config } = readConfig({ services: { films: { category: 'marketing' } } })

function tag(consent: string, service?: string): Element {
  const element = document.createElement('script')
  element.setAttribute('data-consent', consent)
  if (service !== undefined) element.setAttribute('data-service', service)
  return element
}

/** Whether the tag loads with these grants; a service is granted as `category/service`. */
function loads(element: Element, granted: string[] | null, everRefused?: boolean): boolean {
  const condition = readCondition(element, config)
  if (typeof condition === 'string') throw new Error(condition)
  const allows = (category: string, service?: string) =>
    category === 'necessary' || !!granted?.includes(service ? `${category}/${service}` : category)
  return isMet(condition, { decided: () => granted !== null, allows }, everRefused)
}

describe('data-consent', () => {
  it.each([
    ['marketing', ['marketing'], true],
    ['marketing', ['performance'], false],
    ['marketing', null, false],
    ['necessary', null, true],
    ['performance marketing', ['marketing'], false],
    ['performance marketing', ['marketing', 'performance'], true],
    [' performance\n marketing ', ['marketing', 'performance'], true],
    ['performance|marketing', ['marketing'], true],
    ['performance | marketing', ['functional'], false],
    ['performance marketing|functional', ['functional'], true],
    ['performance marketing|functional', ['performance'], false],
    ['!marketing', null, false],
    ['!marketing', [], true],
    ['!marketing', ['marketing'], false],
    ['performance !marketing', ['performance'], true],
    ['performance !marketing', ['performance', 'marketing'], false],
  ])('%s with %o: %s', (consent, granted, expected) => {
    expect(loads(tag(consent), granted)).toBe(expected)
  })

  it.each([
    '',
    ' ',
    '|',
    'marketing|',
    '!',
    '!!marketing',
    'marketing,performance',
    'Marketing',
    'tracking',
    'marketing tracking',
    '__proto__',
    'constructor',
  ])('stays blocked, with a reason, if it is "%s"', (consent) => {
    expect(readCondition(tag(consent), config)).toMatch(
      /^stays blocked\. Write data-consent="necessary" or "functional"/,
    )
  })

  it('counts a withdrawal only for what the tag needs to be granted', () => {
    expect(loads(tag('!marketing'), ['marketing'], true)).toBe(true)
    expect(loads(tag('performance !marketing'), ['performance', 'marketing'], true)).toBe(true)
    expect(loads(tag('performance !marketing'), ['marketing'], true)).toBe(false)
    expect(loads(tag('performance|marketing'), ['marketing'], true)).toBe(true)
  })
})

describe('data-service', () => {
  it('narrows a category to one service', () => {
    expect(loads(tag('marketing', 'films'), ['marketing'])).toBe(false)
    expect(loads(tag('marketing', 'films'), ['marketing/films'])).toBe(true)
    expect(loads(tag('!marketing', 'films'), ['marketing'])).toBe(true)
  })

  it('leaves other categories of the expression as they are', () => {
    expect(loads(tag('performance marketing', 'films'), ['performance', 'marketing/films'])).toBe(true)
    expect(loads(tag('performance marketing', 'films'), ['marketing/films'])).toBe(false)
  })

  it('stays blocked, and says of which category the service is', () => {
    expect(readCondition(tag('performance', 'films'), config)).toBe(
      'stays blocked. Write data-consent="marketing", the category of "films"',
    )
  })

  it.each([
    ['marketing', 'maps'],
    ['marketing', ''],
  ])('stays blocked, with a line to paste, if %s has no %s', (consent, service) => {
    expect(readCondition(tag(consent, service), config)).toBe(
      `stays blocked. Write in the option services: "${service}": { "category": "${consent}" }; if it is a ready-made one, its name alone`,
    )
  })
})
