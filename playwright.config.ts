import { defineConfig } from '@playwright/test'
import { CHROMIUM_FLAGS, findQuickChromium } from './test/chromium.mjs'
import { findFirefox } from './test/firefox.mjs'

const chromium = findQuickChromium()
const firefox = findFirefox()
/** `npm run test:engines` runs everything in every engine; else the others run what is marked so. */
const share = process.env.ENGINES === 'all' ? {} : { grep: /@everywhere/ }

const isOnMutants = Boolean(process.env.MUTATED_BUILD)

export default defineConfig({
  testDir: 'test/browser',
  outputDir: 'test-results/browser',
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
  // Bounds for slow machines; nothing waits for them, but most mutants are red by them.
  timeout: 60_000,
  expect: { timeout: isOnMutants ? 2500 : 10_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/browser.json' }]],
  // No screenshot on failure: in a kept context one is taken of every test, for as long as the test itself.
  use: isOnMutants ? { actionTimeout: 2500 } : {},
  projects: [
    // Driven by WebDriver; the tests say themselves why they are skipped. First, since one worker has it all.
    { name: 'webkit', testDir: 'test/webkit', fullyParallel: false },
    {
      name: 'chromium',
      use: {
        browserName: 'chromium',
        // A sixth quicker than a context for each test, whose start costs as much as a page's.
        reuseContext: true,
        // A tenth of the time goes by in motion. What is about it has it (dialog.spec, a test of look.spec), and all in
        // Firefox.
        contextOptions: { reducedMotion: 'reduce' },
        launchOptions: {
          // Frames of other hosts in the page's own process, and painting in the browser's: quicker, and what they can
          // see is the same.
          args: [...CHROMIUM_FLAGS, '--disable-site-isolation-trials', '--in-process-gpu'],
          ...(chromium ? { executablePath: chromium } : {}),
        },
      },
    },
    ...(firefox
      ? [
          {
            name: 'firefox',
            ...share,
            // Slower to start, and to be driven.
            timeout: 120_000,
            use: {
              browserName: 'firefox' as const,
              channel: 'moz-firefox',
              launchOptions: { executablePath: firefox },
            },
          },
        ]
      : []),
  ],
})
