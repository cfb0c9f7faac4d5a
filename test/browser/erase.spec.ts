import { BANNER, expect, part, TAG, test } from './site'

test('what a refused service left at parent domains and paths goes, and the rest stays (PLT 5)', async ({
  playwright,
  launchOptions,
  site,
}) => {
  // A public suffix of two parts: nobody's cookies can be set or deleted there.
  const rules = '--host-resolver-rules=MAP *.co.uk 127.0.0.1'
  const browser = await playwright.chromium.launch({ ...launchOptions, args: [...(launchOptions.args ?? []), rules] })
  const context = await browser.newContext()
  const page = await context.newPage()
  const options = { services: { vendor: { category: 'marketing', cookies: ['_v*'] } } }
  const tag = `<script>window.crumbgateConfig = ${JSON.stringify(options)}</script>${TAG}`
  const address = site.page({ tag }, '/deep/er/page').replace('localhost', 'shop.example.co.uk')
  const names = async () => (await context.cookies()).map(({ name }) => name).sort()

  // Left from before Crumbgate was installed.
  await page.goto(site.page({ tag: '' }, '/deep/er/before').replace('localhost', 'shop.example.co.uk'))
  await page.evaluate(() => {
    for (const cookie of [
      '_v1=1',
      '_v2=1; Path=/',
      '_v3=1; Path=/; Domain=example.co.uk',
      '_v4=1; Path=/deep; Domain=shop.example.co.uk',
      '_v5=1; Path=/deep/er/; Domain=example.co.uk',
      '_v6=1; Path=/; Domain=co.uk',
      'own=1; Path=/; Domain=example.co.uk',
      'own_v=1',
    ]) {
      // biome-ignore lint/suspicious/noDocumentCookie: as vendors set theirs
      document.cookie = cookie
    }
  })
  expect(await names()).toEqual(['_v1', '_v2', '_v3', '_v4', '_v5', 'own', 'own_v'])

  await page.goto(address)
  await page.locator(BANNER).locator(part('reject')).click()
  await expect.poll(names).toEqual(['crumbgate', 'own', 'own_v'])
  await browser.close()
})
