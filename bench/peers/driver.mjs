// One page in one fresh browser context, driven over the DevTools protocol, so that nothing of the automation runs inside
// the page except probe.js.
import { readFileSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { CHROMIUM_FLAGS, requireChromium } from '../../test/chromium.mjs'

const PROBE = readFileSync(new URL('probe.js', import.meta.url), 'utf8')
const TRACED = ['-*', 'devtools.timeline', 'disabled-by-default-devtools.timeline']

/** `window`: milliseconds of a first visit over which the cost of the main thread is summed, the same for all, and longer
 * than the slowest banner takes. */
export const CONDITIONS = {
  cpu1: { cpu: 1, window: 1500 },
  cpu4: { cpu: 4, window: 3500 },
  mobile: {
    cpu: 4,
    window: 3500,
    viewport: { width: 390, height: 844 },
    network: { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 0.75e6 / 8 },
  },
}

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

export const launch = () =>
  chromium.launch({
    executablePath: requireChromium(),
    // Not Playwright's own headless mode: frames are made as in a window.
    headless: false,
    args: [
      ...CHROMIUM_FLAGS,
      '--headless=new',
      '--disable-features=Translate,OptimizationHints,MediaRouter',
      '--window-size=1280,800',
      '--lang=en',
    ],
  })

export async function openDriver(browser, library, condition = CONDITIONS.cpu1) {
  const context = await browser.newContext({
    viewport: condition.viewport ?? { width: 1280, height: 800 },
    locale: 'en-GB',
  })
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  for (const domain of ['Page', 'Runtime', 'Performance', 'Network']) await devtools.send(`${domain}.enable`)
  await devtools.send('Page.addScriptToEvaluateOnNewDocument', {
    source: `window.__sel = ${JSON.stringify(library.selectors)};\n${PROBE}`,
  })
  if (condition.network) await devtools.send('Network.emulateNetworkConditions', condition.network)
  if (condition.cpu !== 1) await devtools.send('Emulation.setCPUThrottlingRate', { rate: condition.cpu })

  async function evaluate(expression) {
    const answer = await devtools.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })
    const { result, exceptionDetails: thrown } = answer
    if (thrown) throw new Error(thrown.exception?.description ?? thrown.text)
    return result.value
  }

  return {
    page,
    eval: evaluate,
    goto: (url) => page.goto(url, { waitUntil: 'commit' }),
    /** A real click at the centre of the element, once it is where it would hit it. */
    async click(selector) {
      for (const end = Date.now() + 4000; ; await sleep(30)) {
        const point = await evaluate(`__b.visible(${JSON.stringify(selector)})`)
        if (point) return page.mouse.click(point.x, point.y)
        if (Date.now() > end) throw new Error(`${selector} cannot be clicked`)
      }
    },
    /** Bytes in use after collecting garbage. */
    async heap() {
      for (let time = 0; time < 2; time += 1) await devtools.send('HeapProfiler.collectGarbage')
      const { metrics } = await devtools.send('Performance.getMetrics')
      return metrics.find(({ name }) => name === 'JSHeapUsedSize').value
    },
    startTrace: () => browser.startTracing(page, { categories: TRACED }),
    stopTrace: async () => JSON.parse(String(await browser.stopTracing())).traceEvents,
    close: () => context.close(),
  }
}
