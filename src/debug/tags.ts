import { type Condition, isMet, readCondition } from '../core/gate/condition'
import { EMBEDS, faultOf, isLoaded } from '../core/gate/embeds'
import { ledgerOf } from '../core/gate/ledger'
import { isExecutable, isExternal, isHeld, laneOf } from '../core/gate/scripts'
import type { Config } from '../types'
import type { Early, Moment } from './early'
import { hostsOf, markedTags, markupOf } from './page'
import type { Held } from './report'

/** A marked tag with what can be seen of it. */
export interface Tag {
  readonly element: Element
  readonly held: Held
  readonly condition: Condition | undefined
  /** Of other sites. */
  readonly hosts: readonly string[]
}

/** Whether a tag's condition held at a moment. */
export const heldAt = (condition: Condition, { isDecided, allowed }: Moment): boolean =>
  isMet(condition, {
    decided: () => isDecided,
    allows: (category, service) => allowed.some(({ key }) => key === (service ?? category)),
  })

/** A copy that ran in the place of a tag carries no mark; the tag does. */
function stateOf(element: Element, condition: Condition, early: Early): [state: Held['state'], why?: string] {
  const now = early.moments[early.moments.length - 1]
  const waits = now && heldAt(condition, now) ? 'waiting' : 'held'
  const hasStarted = ledgerOf(document).has(element)
  if (element instanceof HTMLTemplateElement) return [hasStarted ? 'loaded' : waits]
  if (!(element instanceof HTMLScriptElement)) {
    if (!element.matches(EMBEDS))
      return ['blocked', `is on an element that cannot be held. Write data-consent on script, template, ${EMBEDS}`]
    const fault = faultOf(element)
    if (fault) return ['blocked', fault]
    if (!isLoaded(element)) return [waits]
    return [early.failed.has(element) ? 'failed' : 'loaded']
  }
  if (hasStarted) {
    if (early.failed.has(element)) return ['failed']
    // It is marked again once it has come to its end.
    return [isExternal(element) && !isHeld(element) && laneOf(element) !== 'inert' ? 'running' : 'ran']
  }
  if (!isHeld(element)) return isExecutable(element) ? ['ran', 'not held'] : ['blocked', `type="${element.type}"`]
  const nonce = early.tag?.nonce
  return nonce && element.nonce !== nonce ? ['blocked', 'nonce'] : [waits]
}

export function readTags(config: Config, early: Early, home: string): Tag[] {
  return markedTags().map((element) => {
    const found = readCondition(element, config)
    const condition = typeof found === 'string' ? undefined : found
    const [state, why]: [Held['state'], string?] =
      typeof found === 'string' ? ['blocked', found] : stateOf(element, found, early)
    return {
      element,
      condition,
      hosts: hostsOf(element, home),
      held: {
        element: markupOf(element),
        consent: `${element.getAttribute('data-consent')}`,
        service: element.getAttribute('data-service'),
        state,
        ...(why && { why }),
      },
    }
  })
}
