import { findAll } from '../../markup/element'
import type { Rule } from '../facts'
import { markupOf } from '../page'

/** Each with what it leaves on the scripts that it delays, and what keeps it off one. */
const OPTIMISERS: readonly (readonly [name: string, delayed: string, instead: string])[] = [
  ['Rocket Loader', 'script[type$="-text/javascript"]', 'data-cfasync="false" on the Crumbgate tag, before its src.'],
  [
    'WP Rocket',
    'script[type=rocketlazyloadscript],script[data-rocket-type],script[data-rocket-status],script[data-rocket-src]',
    'nowprocket on the tag, or crumbgate under File Optimization, Delay JavaScript execution, Excluded JavaScript files.',
  ],
  ['LiteSpeed Cache', 'script[type="litespeed/javascript"]', 'data-no-defer="1" and data-no-optimize="1" on the tag.'],
  ['PageSpeed', 'script[type="text/psajs"]', 'data-pagespeed-no-defer on the tag.'],
  ['WP Meteor', 'script[type="javascript/blocked"]', 'data-wpmeteor-nooptimize="true" on the tag.'],
  [
    'an optimiser that puts scripts together',
    'script[src*="/autoptimize_"],script[src*="/cache/min/"],script[src*="/litespeed/js/"]',
    'Exclude crumbgate.js there: data-noptimize="1" (Autoptimize), nowprocket (WP Rocket), data-no-optimize="1" (LiteSpeed) on the tag.',
  ],
]

/** Optimisers that delay Crumbgate, or that have changed what it holds. */
export const optimiserFindings: Rule = ({ early: { tag }, tags }) => {
  const all = [...(tag ? [tag] : []), ...tags.map(({ element }) => element)]
  // Rocket Loader leaves nothing on what it has started, but takes every script that does not say no.
  const isRocket = findAll('script[data-cf-settings]').length > 0
  const isDelayed = (element: Element, delayed: string, index: number) =>
    element.matches(delayed) || (!index && isRocket && element === tag && !element.matches('[data-cfasync=false]'))
  return all.flatMap((element) =>
    OPTIMISERS.filter(([, delayed], index) => isDelayed(element, delayed, index)).map(([name, , instead]) => ({
      rule: 'optimiser',
      severity: 'error' as const,
      what:
        element === tag
          ? `${name} has delayed Crumbgate: whatever is not held runs before it, and the banner comes late.`
          : `${name} has changed a marked tag, which is not held by Crumbgate any more.`,
      instead,
      element: markupOf(element),
    })),
  )
}
