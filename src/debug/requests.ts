import { isLoaded } from '../core/gate/embeds'
import type { Moment } from './early'
import { isForeign, urlOf } from './page'
import type { Sent } from './report'
import { heldAt, type Tag } from './tags'

/** What held when something happened. */
export const momentOf = (moments: readonly Moment[], at: number) => moments.filter((moment) => moment.at <= at).pop()

/** Whether anything is allowed that is a choice. */
const allowsOptional = ({ allowed }: Moment) => allowed.some((item) => 'basis' in item && item.basis !== 'necessary')
/** Whether any service is allowed that is a choice: its category may be refused all the same. */
const allowsService = ({ allowed }: Moment, always: readonly string[]) =>
  allowed.some((item) => 'category' in item && !always.includes(item.category))

/** A request as the browser reports it: https://www.w3.org/TR/resource-timing/ */
export type Entry = Pick<PerformanceResourceTiming, 'name' | 'initiatorType' | 'startTime'>

/**
 * Requests to other sites, and what held when they went out.
 * @param isOurs whether an address is of Crumbgate's own files
 */
export function readRequests(
  entries: readonly Entry[],
  tags: readonly Tag[],
  moments: readonly Moment[],
  always: readonly string[],
  home: string,
  isOurs: (address: string) => boolean,
): Sent[] {
  return entries.flatMap(({ name, initiatorType, startTime }): Sent[] => {
    const url = urlOf(name)
    if (!url || isOurs(name) || !isForeign(url.hostname, home)) return []
    const moment = momentOf(moments, startTime)
    const mine = tags.filter(({ hosts }) => hosts.includes(url.hostname))
    const isHeldBy = ({ condition }: Tag) => !!condition && !!moment && heldAt(condition, moment)
    // Loaded by us: allowed, be it for this once, or by the click that was the choice.
    const isOnce = ({ element }: Tag) =>
      initiatorType === 'iframe' && element.matches('iframe[data-src]') && isLoaded(element)
    const allowing = mine.find(isHeldBy) ?? mine.find(isOnce)
    const tag = allowing ?? mine[0]
    const isAnything = moment && (allowsOptional(moment) || allowsService(moment, always))
    const refused = moment?.isDecided ? 'refused' : 'before a choice'
    return [
      {
        url: url.origin + url.pathname,
        host: url.hostname,
        type: initiatorType,
        at: Math.round(startTime),
        when: allowing ? 'allowed' : tag || !isAnything ? refused : 'unknown',
        consent: tag?.held.consent ?? null,
        service: tag?.held.service ?? null,
      },
    ]
  })
}
