import type { Page } from '@playwright/test'
import { compare, type Visitor } from './compare'
import { test } from './site'

// Random pages, once as the browser runs them unmarked, once marked: nobody should be able to tell the difference.
//   SEED=123 npx playwright test differential      replays one page
//   PAGES=2000 npx playwright test differential    tries more of them
const PAGES = Number(process.env.PAGES ?? 200)
const ONE = process.env.SEED
const SEEDS = ONE ? [Number(ONE)] : Array.from({ length: PAGES }, (_, seed) => seed)
const SHARE = 15

const visitor = (page: Page, browserName: string): Visitor => ({
  mixesModules: browserName === 'firefox',
  async visit(address) {
    await page.goto(address, { waitUntil: 'load' })
  },
  evaluate: (expression) => page.evaluate(expression),
  remember: ({ name, value }, url) => page.context().addCookies([{ name, value, url }]),
  forgetCookies: () => page.context().clearCookies(),
})

for (let from = 0; from < SEEDS.length; from += SHARE) {
  const seeds = SEEDS.slice(from, from + SHARE)
  // The other engines take the first thirty.
  const tag = from < 2 * SHARE ? '@everywhere' : []
  test(`random pages ${seeds[0]} to ${seeds.at(-1)} run as if unmarked`, { tag }, async ({
    page,
    site,
    browserName,
  }) => {
    test.setTimeout(seeds.length * 20_000)
    for (const seed of seeds) {
      await test
        .step(`seed ${seed}`, () => compare(visitor(page, browserName), site, seed))
        .catch((error) => {
          throw new Error(`seed ${seed} (replay: SEED=${seed} npx playwright test differential)\n${error.message}`)
        })
    }
  })
}
