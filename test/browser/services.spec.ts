import { config, expect, marked, PREFERENCES, part, ran, test } from './site'

// Ready-made services by their names, in the script build.

const SERVICES = '<script src="/dist/crumb-services.js"></script>'
const tag = (options: object) => SERVICES + config(options)
const NAMES = ['google-analytics', 'youtube', 'stripe']

test('by name they have their category, their texts and what they store', async ({ page, site, context, messages }) => {
  const body = `${marked('data-service="google-analytics"', 'run("ga")', 'performance')}<crumb-table></crumb-table>`
  await page.goto(site.page({ tag: tag({ services: NAMES, reload: false }), body }))
  expect(await page.evaluate('crumbgate.config.services.map(({ key, category }) => key + ": " + category)')).toEqual([
    'google-analytics: performance',
    'youtube: marketing',
    'stripe: functional',
  ])
  await page.locator(part('banner')).locator(part('settings')).click()
  const analytics = page.locator(PREFERENCES).locator(part('service')).filter({ hasText: 'Google Analytics' })
  await expect(analytics).toContainText('Google Ireland Ltd')
  await expect(analytics).toContainText('Stores _ga, _ga_*')
  await page.locator(PREFERENCES).locator(part('accept')).click()
  await expect.poll(() => ran(page)).toEqual(['ga'])
  await expect(page.getByRole('table', { name: 'Performance' })).toContainText(
    'Counts visits and shows which pages are read.',
  )
  await context.addCookies([
    { name: '_ga_ABC', value: '1', url: site.origin },
    { name: 'own', value: '1', url: site.origin },
  ])
  await page.evaluate('crumbgate.save({ marketing: true })')
  await expect.poll(async () => (await context.cookies()).map(({ name }) => name).sort()).toEqual(['crumbgate', 'own'])
  expect(messages).toEqual([])
})

test('in an attribute, and with what the owner writes over them', async ({ page, site, messages }) => {
  await page.goto(
    site.page({ tag: `${SERVICES}<script src="/dist/crumbgate.js" data-services="youtube google-maps"></script>` }),
  )
  expect(await page.evaluate('crumbgate.config.services.map(({ key }) => key)')).toEqual(['youtube', 'google-maps'])
  const services = { youtube: { purpose: 'Our films.', cookies: [] }, own: { category: 'functional' }, matomo: {} }
  await page.goto(site.page({ tag: tag({ services }) }))
  expect(await page.evaluate('crumbgate.config.services')).toMatchObject([
    { key: 'youtube', category: 'marketing', title: 'YouTube', purpose: 'Our films.', cookies: [] },
    { key: 'own', category: 'functional' },
    { key: 'matomo', category: 'performance', signal: 'matomo' },
  ])
  expect(messages).toEqual([])
})

test('a name that is none is told, and the others stay', async ({ page, site, messages }) => {
  await page.goto(site.page({ tag: tag({ services: ['you-tube', 'youtube'] }) }))
  expect(await page.evaluate('crumbgate.config.services.map(({ key }) => key)')).toEqual(['youtube'])
  expect(messages).toHaveLength(1)
  expect(messages[0]).toContain(
    'services.you-tube: there is no ready-made service of that name. Give one of your own its "category", or write one of amplitude, crisp',
  )
})

test('a ready-made one can be in another category, and keeps the rest', async ({ page, site, messages }) => {
  await page.goto(
    site.page({
      tag: tag({ services: { youtube: { category: 'functional' }, hotjar: {} } }),
      body: marked('data-service="youtube"'),
    }),
  )
  expect(
    await page.evaluate('crumbgate.config.services.map(({ key, category, provider }) => [key, category, !!provider])'),
  ).toEqual([
    ['youtube', 'functional', true],
    ['hotjar', 'performance', true],
  ])
  expect(messages).toEqual([
    expect.stringContaining('stays blocked. Write data-consent="functional", the category of "youtube"'),
  ])
})

test('names without their file are told, with its address as the tag has it', async ({ page, site, messages }) => {
  await page.goto(site.page({ tag: '<script src="/dist/crumbgate.js" data-services="youtube"></script>' }))
  expect(messages).toEqual([
    expect.stringContaining(
      'services: this is in a file of its own. Put <script src="/dist/crumb-services.js"></script> before the Crumbgate tag',
    ),
  ])
})

test('all thirty can be named, by the names of their files', async ({ page, site, messages }) => {
  await page.goto(site.page({ tag: SERVICES }))
  const names =
    'amplitude crisp google-ads google-analytics google-maps google-tag-manager hotjar hubspot instagram-embed intercom linkedin-insight matomo meta-pixel microsoft-advertising microsoft-clarity mixpanel pinterest-tag plausible posthog recaptcha reddit-pixel segment snap-pixel spotify-embed stripe tiktok-pixel vimeo x-embed youtube zendesk'
  await page.goto(site.page({ tag: tag({ services: names.split(' ') }) }))
  expect(await page.evaluate('crumbgate.config.services.length')).toBe(30)
  expect(messages).toEqual([])
})

test('under a strict policy, with both files', async ({ page, site, messages }) => {
  const nonce = ' nonce="abc"'
  const options = JSON.stringify({
    services: ['google-analytics'],
    signals: ['google', 'meta'],
    region: 'US',
    regions: { '*': 'notice' },
  })
  const files = ['crumb-services', 'crumb-signals', 'crumbgate'].map(
    (name) => `<script${nonce} src="/dist/${name}.js"></script>`,
  )
  const source = {
    tag: `<script${nonce} type="application/json" data-crumbgate>${options}</script>${files.join('')}`,
    headers: {
      'Content-Security-Policy':
        "script-src 'nonce-abc'; style-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'",
    },
  }
  await page.goto(site.page(source))
  await expect(page.locator(part('banner'))).toBeVisible()
  expect(await page.evaluate('[crumbgate.config.regime, dataLayer.length]')).toEqual(['notice', 1])
  expect(messages).toEqual([])
})
