import { defineConfig } from '@playwright/test'
import { CHROMIUM_FLAGS, findQuickChromium } from './test/chromium.mjs'

const chromium = findQuickChromium()

export default defineConfig({
  testDir: 'test/browser',
  outputDir: 'test-results/browser',
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
  // Bounds for slow machines; nothing waits for them.
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/browser.json' }]],
  use: {
    screenshot: 'only-on-failure',
    launchOptions: { args: CHROMIUM_FLAGS, ...(chromium ? { executablePath: chromium } : {}) },
  },
  projects: [{ name: 'chromium', use: { browserName: 'chromium' } }],
})
