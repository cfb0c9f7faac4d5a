import type { Config } from '../../types'
import { type Answers, type Condition, isMet, readCondition } from './condition'

/** What tags ask for; and what is wrong with them, of which the owner hears once for each tag. */
export interface Tags {
  /** The tag's condition, if it can be read. */
  conditionOf(element: Element): Condition | undefined
  /** The tag's condition, if it holds now. */
  meets(element: Element): Condition | undefined
  complain(element: Element, message: string): void
  /** The browser has refused to load it. */
  fail(element: Element, error: unknown): void
  /** Do what the browser may refuse. */
  attempt(element: Element, act: () => void): void
}

/** @param report tells the owner */
export function createTags(config: Config, answers: Answers, report: (message: string) => void): Tags {
  const conditions = new Map<string, Condition | string>()
  const reported = new WeakSet<Element>()

  function complain(element: Element, message: string): void {
    if (reported.has(element)) return
    reported.add(element)
    report(`${message}: ${element.outerHTML.slice(0, 200)}`)
  }

  const fail = (element: Element, error: unknown) => complain(element, `could not be loaded (${error})`)

  function conditionOf(element: Element): Condition | undefined {
    const key = `${element.getAttribute('data-consent')}/${element.getAttribute('data-service')}`
    const condition = conditions.get(key) ?? readCondition(element, config)
    conditions.set(key, condition)
    if (typeof condition !== 'string') return condition
    complain(element, condition)
    return undefined
  }

  return {
    conditionOf,
    meets(element) {
      const condition = conditionOf(element)
      return condition && isMet(condition, answers) ? condition : undefined
    },
    complain,
    fail,
    attempt(element, act) {
      try {
        act()
      } catch (error) {
        fail(element, error)
      }
    },
  }
}
