// `npm run screenshots`: the gallery in every width and scheme, to look at, and the pictures of the README.
import { mkdirSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { serveExamples } from '../examples/site.mjs'
import { CHROMIUM_FLAGS, findChromium } from './chromium.mjs'

const OUT = 'test-results/screenshots'
const PICTURES = 'docs/pictures'
const WIDTHS = [320, 768, 1280]
const LOOKS = { ink: 'auto', paper: 'light', harbour: 'light', meadow: 'light', night: 'dark' }

const executablePath = findChromium()
const browser = await chromium.launch({ args: CHROMIUM_FLAGS, ...(executablePath ? { executablePath } : {}) })
const { origin, close } = await serveExamples(0)

/** The dialog, the placeholder or the declaration is there, and nothing moves any more. */
const settled = (frame) =>
  frame.waitForFunction(async () => {
    const { state } = document.documentElement.dataset
    const wanted = { placeholder: 'iframe', declaration: 'crumb-table h3', closed: '[data-crumb=reopen][data-shown]' }[
      state
    ]
    if (!document.querySelector(wanted ?? '[data-crumb=banner][data-shown], [data-crumb=preferences][open]'))
      return false
    if (/expanded|mixed|receipts/.test(state) && !document.querySelector('[data-crumb=preferences] details[open]'))
      return false
    await Promise.all(document.getAnimations().map(({ finished }) => finished))
    return true
  })

async function gallery(width, scheme) {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme })
  await page.goto(`${origin}/gallery/`)
  for (const section of await page.locator('section').all()) {
    for (const handle of await section.locator('iframe').elementHandles()) {
      // One after the other: all at once, some languages would come too late.
      await handle.evaluate((element) => element.scrollIntoView())
      const frame = await handle.contentFrame()
      await frame.waitForURL(/number=/)
      await frame.waitForLoadState()
      await settled(frame)
    }
    const path = `${OUT}/${await section.getAttribute('id')}-${width}-${scheme}.png`
    await section.screenshot({ path })
    console.log(path)
  }
  await page.close()
}

async function picture(look, theme) {
  const page = await browser.newPage({ viewport: { width: 760, height: 440 }, deviceScaleFactor: 1.5 })
  await page.goto(`${origin}/gallery/frame.html?${new URLSearchParams({ look, theme })}`)
  await settled(page.mainFrame())
  await page.screenshot({ path: `${PICTURES}/${look}.png` })
  console.log(`${PICTURES}/${look}.png`)
  await page.close()
}

/** A scene of the example shop, as a picture for the pages. */
async function scene(name, path, act, size = { width: 1120, height: 700 }) {
  const page = await browser.newPage({ viewport: size, deviceScaleFactor: 1.5 })
  await page.goto(`${origin}${path}`)
  await act(page)
  await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)))
  await page.screenshot({ path: `${PICTURES}/${name}.png` })
  console.log(`${PICTURES}/${name}.png`)
  await page.close()
}

async function scenes() {
  await scene('shop', '/shop/', (page) => page.locator('[data-crumb=banner][data-shown]').waitFor())
  await scene('preferences', '/shop/', async (page) => {
    await page.locator('[data-crumb=banner] [data-crumb=settings]').click()
    await page.locator('[data-crumb=preferences] summary').first().click()
  })
  await scene(
    'declaration',
    '/shop/privacy.html',
    async (page) => {
      // The first category that is a choice and has services.
      const section = page.locator('crumb-table section:has(tbody tr:nth-child(2))').first()
      await section.evaluate((element) => scrollTo(0, element.getBoundingClientRect().top + scrollY - 8))
    },
    { width: 800, height: 500 },
  )
}

for (const folder of [OUT, PICTURES]) mkdirSync(folder, { recursive: true })
for (const [look, theme] of Object.entries(LOOKS)) await picture(look, theme)
await scenes()
for (const width of WIDTHS) for (const scheme of ['light', 'dark']) await gallery(width, scheme)
await browser.close()
await close()
