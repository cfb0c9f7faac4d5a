import { test } from './docs-site'

test('shots', async ({ page, docs }) => {
  page.on('console', (m) => console.log('C', m.text()))
  page.on('pageerror', (e) => console.log('E', e.message))
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 900 })
      await page.goto('about:blank')
      await page.goto(`${docs}/configurator/#v=1&services=youtube`)
      await page
        .locator('iframe[data-ready]')
        .waitFor({ timeout: 6000 })
        .catch(() => console.log('no ready'))
      console.log(width, await page.evaluate('document.documentElement.scrollWidth'))
      await page.screenshot({ path: `/tmp/zz-${width}-${scheme}.png`, fullPage: width === 320 && scheme === 'light' })
    }
  }
})
