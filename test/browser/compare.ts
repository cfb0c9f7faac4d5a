import { cookieFor } from '../../src/testing'
import { markup, type RandomPage, randomPage } from './random-page'
import { everybodysTurn, expect, type Site, TAG } from './site'

interface Trace {
  /** What ran, in order. */
  readonly ran: readonly string[]
  /** `document.currentScript` during each. */
  readonly seen: Readonly<Record<string, string | null>>
}

/** A browser, as much of it as the comparison needs. */
export interface Visitor {
  /** Go to a page, and wait for its `load`. */
  visit(address: string): Promise<void>
  /** What an expression comes to in the page; of a promise, what it resolves with. */
  evaluate<Result>(expression: string): Promise<Result>
  remember(cookie: { name: string; value: string }, origin: string): Promise<void>
  forgetCookies(): Promise<void>
  /** Firefox runs held modules after the page's own, since it would take them for classic scripts in place. */
  readonly mixesModules?: boolean
}

const trace = (visitor: Visitor) => visitor.evaluate<Trace>('({ ran, seen: window.seen ?? {} })')

/**
 * What must be the same: how often each ran, the order of each lane, the order between them, `currentScript`, and that an
 * `async` script comes after the blocking ones before it, which the parser meets first.
 */
function essence({ ran, seen }: Trace, { scripts }: RandomPage, only: (id: string) => boolean) {
  const idOf = (name: string) => `${name.split(':')[0]}`
  const laneOf = (name: string) => scripts.find(({ id }) => id === idOf(name))?.lane
  // Those of the head come first in the page, as they do here.
  const place = (name: string) => scripts.findIndex(({ id }) => id === idOf(name))
  const names = ran.filter((name) => only(idOf(name)))
  return {
    ordered: names.filter((name) => ['sync', 'deferred'].includes(`${laneOf(name)}`)),
    ahead: names.filter(
      (name, index) =>
        laneOf(name) === 'async' &&
        names.slice(index).some((later) => laneOf(later) === 'sync' && place(later) < place(name)),
    ),
    rest: names.filter((name) => !['sync', 'deferred'].includes(`${laneOf(name)}`)).sort(),
    seen: Object.fromEntries(Object.entries(seen).filter(([name]) => only(idOf(name)))),
  }
}

/** All that comes has come: as many runs as the twin had, and nothing more after everybody's turn. */
async function settle(visitor: Visitor, count: number): Promise<void> {
  // Too few are told apart by the comparison that follows.
  await expect
    .poll(() => visitor.evaluate<number>('ran.length'), { timeout: 5000, intervals: [20, 50, 100] })
    .toBeGreaterThanOrEqual(count)
    .catch(() => {})
  await visitor.evaluate(everybodysTurn)
}

/** Show a random page unmarked, and marked for a returning visit, a first visit and a choice on the way. */
export async function compare(visitor: Visitor, site: Site, seed: number): Promise<void> {
  const random = randomPage(seed)
  const pieces = random.pieces === undefined ? {} : { pieces: random.pieces, pause: 1 }
  await visitor.forgetCookies()
  const address = site.page({ ...markup(random, true), tag: TAG, ...pieces })
  await visitor.visit(site.page({ ...markup(random, false), tag: '', ...pieces }))
  const twin = await trace(visitor)

  const isMarked = (name: string) => random.scripts.some(({ id, consent }) => id === name && consent !== null)
  const everything = visitor.mixesModules ? isMarked : () => true
  await visitor.remember(cookieFor({ granted: random.granted }), site.origin)
  await visitor.visit(address)
  await settle(visitor, twin.ran.length)
  expect(essence(await trace(visitor), random, everything), 'a returning visit').toEqual(
    essence(twin, random, everything),
  )

  // What was not marked, or is necessary, runs without a choice.
  const waited = (name: string) =>
    random.scripts.some(({ id, consent }) => id === name && consent !== null && consent !== 'necessary')
  const ids = (names: readonly string[]) => names.map((name) => name.split(':')[0]).sort()
  const choose = `crumbgate.save(Object.fromEntries(${JSON.stringify(random.granted)}.map((key) => [key, true])))`
  const check = async (visit: string) => {
    await settle(visitor, twin.ran.length)
    const here = await trace(visitor)
    expect(essence(here, random, waited), visit).toEqual(essence(twin, random, waited))
    expect(ids(here.ran), visit).toEqual(ids(twin.ran))
  }

  await visitor.forgetCookies()
  await visitor.visit(address)
  await visitor.evaluate(choose)
  await check('a first visit')

  if (seed % 4 > 0) return
  await visitor.forgetCookies()
  const { head, body } = markup(random, true)
  const middle = body.indexOf('<p>text</p>') + 1 ? body.indexOf('<p>text</p>') : body.length
  const early = `${body.slice(0, middle)}<script>${choose}</script>${body.slice(middle)}`
  await visitor.visit(site.page({ head, body: early, tag: TAG, pieces: 60, pause: 3 }))
  await check('a choice while the page is still parsed')
}
