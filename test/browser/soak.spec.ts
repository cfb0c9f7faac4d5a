import { accept, BANNER, config, expect, PREFERENCES, part, test } from './site'

// An hour in a single-page app, compressed: every route puts in what the one before had, and the dialog is used now and then.
test('an hour of navigation leaves no heap, listeners or nodes behind', async ({
  page,
  site,
  messages,
  browserName,
}) => {
  test.skip(browserName !== 'chromium', 'heap and listeners are counted by its DevTools')
  test.setTimeout(180_000)
  const services = { films: { category: 'marketing', cookies: ['_film'] }, visits: { category: 'performance' } }
  await page.goto(site.page({ tag: config({ services, receipts: true, reload: false }), body: '<main></main>' }))
  await expect(page.locator(BANNER)).toBeVisible()
  await accept(page)
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Performance.enable')

  const travel = (routes: number) =>
    page.evaluate(async (count) => {
      const main = document.querySelector('main')
      for (let route = 0; route < count; route += 1) {
        main?.replaceChildren()
        main?.insertAdjacentHTML(
          'beforeend',
          `<h1>Route ${route}</h1><p data-consent-open>Settings</p>
          <iframe data-consent="marketing" data-service="films" data-src="/frame/${route % 3}" title="Film"></iframe>
          <script type="text/plain" data-consent="performance">window.visits = (window.visits ?? 0) + 1</script>
          <img data-consent="marketing" data-src="data:,"><template data-consent="marketing"><b>Hello</b></template>`,
        )
        // As long as it takes for everything to have its turn.
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
        if (route % 10 === 0) {
          const { crumbgate: consent } = window
          if (!consent || !('allows' in consent)) throw new Error('Crumbgate is not there.')
          consent.open()
          await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
          consent.save({ marketing: route % 20 === 0, performance: true })
          await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
        }
      }
      main?.replaceChildren()
    }, routes)
  async function measure() {
    // Twice: what the first one frees holds others.
    for (let times = 0; times < 2; times += 1) await cdp.send('HeapProfiler.collectGarbage')
    const { metrics } = await cdp.send('Performance.getMetrics')
    const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0
    return {
      nodes: of('Nodes'),
      listeners: of('JSEventListeners'),
      heap: of('JSHeapUsedSize'),
      documents: of('Documents'),
    }
  }

  // Long enough that the engine has grown to its size: what it still takes for each route then falls, what leaks does not.
  const routes = 250
  await travel(routes)
  const before = await measure()
  await travel(routes)
  // Chromium frees the documents of frames when it has time: what leaks stays, however often it is asked.
  await expect.poll(async () => (await measure()).documents - before.documents).toBeLessThanOrEqual(4)
  const after = await measure()
  expect(await page.evaluate('visits')).toBeGreaterThanOrEqual(2 * routes)
  expect(after.listeners - before.listeners).toBeLessThanOrEqual(20)
  expect(after.documents - before.documents).toBeLessThanOrEqual(4)
  // Less than one for each route: what a route leaves behind would be many.
  expect(after.nodes - before.nodes).toBeLessThan(200)
  expect((after.heap - before.heap) / routes).toBeLessThan(512)
  await page.evaluate('crumbgate.open()')
  await expect(page.locator(PREFERENCES).locator(part('receipts')).locator('summary')).toHaveText(/\(20\)/)
  expect(messages).toEqual([])
})
