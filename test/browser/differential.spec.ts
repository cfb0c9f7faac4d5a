import type { Page } from '@playwright/test'
import { cookieFor } from '../../src/testing'
import { markup, type RandomPage, randomPage } from './random-page'
import { expect, type Site, TAG, test } from './site'

// Random pages, once as the browser runs them unmarked, once marked: nobody should be able to tell the difference.
//   SEED=123 npx playwright test differential      replays one page
//   PAGES=2000 npx playwright test differential    tries more of them
const PAGES = Number(process.env.PAGES ?? 200)
const ONE = process.env.SEED
const SEEDS = ONE ? [Number(ONE)] : Array.from({ length: PAGES }, (_, seed) => seed)
const SHARE = 25

interface Trace {
  /** What ran, in order. */
  readonly ran: readonly string[]
  /** `document.currentScript` during each. */
  readonly seen: Readonly<Record<string, string | null>>
}

const trace = (page: Page) => page.evaluate<Trace>('({ ran, seen: window.seen ?? {} })')

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
async function settle(page: Page, count: number): Promise<void> {
  // Too few are told apart by the comparison that follows.
  await page
    .waitForFunction((least) => Reflect.get(window, 'ran').length >= least, count, { timeout: 5000 })
    .catch(() => {})
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))))
}

async function compare(page: Page, site: Site, seed: number): Promise<void> {
  const random = randomPage(seed)
  const context = page.context()
  const pieces = random.pieces === undefined ? {} : { pieces: random.pieces, pause: 1 }
  await context.clearCookies()
  const address = site.page({ ...markup(random, true), tag: TAG, ...pieces })
  await page.goto(site.page({ ...markup(random, false), tag: '', ...pieces }), { waitUntil: 'load' })
  const twin = await trace(page)

  const everything = () => true
  await context.addCookies([{ ...cookieFor({ granted: random.granted }), url: site.origin }])
  await page.goto(address, { waitUntil: 'load' })
  await settle(page, twin.ran.length)
  expect(essence(await trace(page), random, everything), 'a returning visit').toEqual(essence(twin, random, everything))

  // What was not marked, or is necessary, runs without a choice.
  const waited = (name: string) =>
    random.scripts.some(({ id, consent }) => id === name && consent !== null && consent !== 'necessary')
  const ids = (names: readonly string[]) => names.map((name) => name.split(':')[0]).sort()
  const choose = `crumbgate.save(Object.fromEntries(${JSON.stringify(random.granted)}.map((key) => [key, true])))`
  const check = async (visit: string) => {
    await settle(page, twin.ran.length)
    const here = await trace(page)
    expect(essence(here, random, waited), visit).toEqual(essence(twin, random, waited))
    expect(ids(here.ran), visit).toEqual(ids(twin.ran))
  }

  await context.clearCookies()
  await page.goto(address, { waitUntil: 'load' })
  await page.evaluate(choose)
  await check('a first visit')

  if (seed % 4 > 0) return
  await context.clearCookies()
  const { head, body } = markup(random, true)
  const middle = body.indexOf('<p>text</p>') + 1 ? body.indexOf('<p>text</p>') : body.length
  const early = `${body.slice(0, middle)}<script>${choose}</script>${body.slice(middle)}`
  await page.goto(site.page({ head, body: early, tag: TAG, pieces: 60, pause: 3 }), { waitUntil: 'load' })
  await check('a choice while the page is still parsed')
}

for (let from = 0; from < SEEDS.length; from += SHARE) {
  const seeds = SEEDS.slice(from, from + SHARE)
  test(`random pages ${seeds[0]} to ${seeds.at(-1)} run as if unmarked`, async ({ page, site }) => {
    test.setTimeout(seeds.length * 20_000)
    for (const seed of seeds) {
      await test
        .step(`seed ${seed}`, () => compare(page, site, seed))
        .catch((error) => {
          throw new Error(`seed ${seed} (replay: SEED=${seed} npx playwright test differential)\n${error.message}`)
        })
    }
  })
}
