import type { Page } from '@playwright/test'
import { violationsOn } from './axe'
import { test } from './docs-site'
import { BANNER, expect, PREFERENCES, part } from './site'

const open = async (page: Page, home: string, hash = '') => {
  await page.goto(`${home}configurator/${hash}`)
  await expect(page.locator('html')).toHaveAttribute('data-ready', '')
}
const dialog = (page: Page) => page.frameLocator('#stage iframe[data-ready]')
const warnings = (page: Page) => page.locator('#warnings')
const unfold = (page: Page, id: string) => page.locator(`details[data-id="${id}"] > summary`).click()
const textOf = async (page: Page, id: string) => (await page.locator(`#${id}`).textContent()) ?? ''

test('what is chosen is seen in the preview', async ({ page, docs: { home } }) => {
  await open(page, home)
  await expect(dialog(page).locator(BANNER)).toHaveAttribute('data-layout', 'card')
  await page.getByLabel('Layout').selectOption('bar')
  await expect(dialog(page).locator(BANNER)).toHaveAttribute('data-layout', 'bar')
  await page.getByLabel('Language of the dialog').selectOption('de')
  await expect(dialog(page).locator(part('accept'))).toHaveText('Alle akzeptieren')
  await unfold(page, 'texts')
  const accept = page.locator('[name="text.accept"]')
  await expect(accept).toHaveAttribute('placeholder', 'Alle akzeptieren')
  await accept.fill('Alles ja')
  await expect(dialog(page).locator(part('accept'))).toHaveText('Alles ja')
  await expect(accept).toBeFocused()
  await page.getByLabel('YouTube').check()
  await page.getByRole('button', { name: 'Preferences' }).click()
  await expect(dialog(page).locator(PREFERENCES)).toContainText('YouTube')
  await expect(page.locator('#stage iframe')).toHaveCount(1)
})

test('every control of form and preview does what it says', async ({ page, docs: { home } }) => {
  await page.addInitScript(() =>
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(new Error('refused')) } }),
  )
  await open(page, home, '#v=1&service.clips.category=marketing')
  const stage = page.locator('#stage')
  const press = (group: string, name: string) =>
    page.getByRole('group', { name: group }).getByRole('button', { name, exact: true }).click()
  // English is taken out of the library's own file.
  await unfold(page, 'texts')
  await expect(page.locator('[name="text.title"]')).toHaveAttribute('placeholder', 'We use cookies')
  await page.getByLabel('Theme').selectOption('dark')
  await expect(dialog(page).locator('html')).toHaveAttribute('data-mode', 'dark')
  await page.getByLabel('Theme').selectOption('')
  await press('Light or dark', 'Dark')
  await expect(dialog(page).locator('html')).toHaveAttribute('data-mode', 'dark')
  await press('Light or dark', 'Light')
  await expect(dialog(page).locator('html')).toHaveAttribute('data-mode', 'light')
  await press('Width', '320')
  await expect.poll(async () => (await stage.locator('iframe').boundingBox())?.width).toBeLessThanOrEqual(322)
  await press('What is shown', 'Preferences')
  await expect(dialog(page).locator('input[name="functional"]')).toBeVisible()
  await page.getByRole('checkbox', { name: 'Functional', exact: true }).uncheck()
  await expect(dialog(page).locator('input[name="marketing"]')).toBeVisible()
  await expect(dialog(page).locator('input[name="functional"]')).toHaveCount(0)
  await expect(dialog(page).locator(PREFERENCES)).toContainText('clips')
  await unfold(page, 'services')
  await page.getByRole('button', { name: 'Remove clips' }).click()
  await expect(dialog(page).locator(PREFERENCES)).toBeVisible()
  await expect(dialog(page).locator(PREFERENCES)).not.toContainText('clips')
  await press('What is shown', 'Held frame')
  await expect(dialog(page).locator(PREFERENCES)).toHaveCount(0)
  await expect(dialog(page).frameLocator('iframe').locator(part('always'))).toBeVisible()
  await page.getByRole('button', { name: 'Copy: First in the head' }).click()
  await expect(page.locator('#said')).toHaveText('It is selected: copy it with your keyboard.')
  expect(await page.evaluate(() => `${getSelection()}`)).toBe(await textOf(page, 'tags'))
})

test('a choice in the preview leaves nothing behind', async ({ page, docs: { home }, context }) => {
  await open(page, home, '#v=1&receipts=/consent')
  await dialog(page).locator(part('accept')).first().click()
  await expect(dialog(page).locator(BANNER)).toBeHidden()
  await expect.poll(() => context.cookies()).toEqual([])
})

test('the state is in the address, through reload and Back', async ({ page, docs: { home } }) => {
  await open(page, home)
  await page.getByLabel('Privacy policy', { exact: true }).fill('/privacy')
  await page.getByLabel('Layout').selectOption('center')
  await expect(page).toHaveURL(/#v=1&policy=\/privacy&layout=center$/)
  await page.reload()
  await expect(page.getByLabel('Privacy policy', { exact: true })).toHaveValue('/privacy')
  await expect(page.getByLabel('Layout')).toHaveValue('center')
  await page.goBack()
  await expect(page.getByLabel('Layout')).toHaveValue('')
  await page.goForward()
  await expect(page.getByLabel('Layout')).toHaveValue('center')
  await page.getByRole('button', { name: 'Start again' }).click()
  await expect(page).toHaveURL(`${home}configurator/`)
})

test('what cannot be read in the address is left out, and named', async ({ page, docs: { home } }) => {
  await open(page, home, '#v=1&layout=bar&theme=purple&services=youtube,friendster')
  await expect(page.locator('#dropped')).toBeVisible()
  await expect(page.locator('#dropped')).toHaveText(/theme=purple, friendster$/)
  await expect(page.getByLabel('Layout')).toHaveValue('bar')
  await expect(page.getByLabel('YouTube')).toBeChecked()
})

test('warnings come with their figures, and go', async ({ page, docs: { home } }) => {
  await open(page, home, '#v=1&light.muted=%23999999&theme=light')
  await expect(warnings(page), 'what cannot be read is unfolded').toBeVisible()
  await expect(warnings(page)).toContainText('Sentences (muted on paper), light: 2.84 : 1, where 4.5 : 1 is the least.')
  await expect(warnings(page)).toContainText('no privacy policy')
  await page.getByLabel('Privacy policy', { exact: true }).fill('/privacy')
  await expect(warnings(page)).not.toContainText('no privacy policy')
  await page.getByRole('button', { name: 'Ink' }).click()
  await expect(warnings(page)).not.toContainText('4.5 : 1')
})

test('what the library refuses is shown in its own words', async ({ page, docs: { home } }) => {
  await open(page, home, '#v=1&acceptDays=400')
  await expect(page.locator('#problems')).toContainText('acceptDays: 400 is not right')
  await unfold(page, 'time')
  // Of a number, Firefox's driver does not take out what is there.
  await page.getByLabel('An acceptance, in days').press('ControlOrMeta+a')
  await page.keyboard.type('90')
  await expect(page.locator('#refused')).toBeHidden()
})

for (const [name, hash] of [
  [
    'as attributes',
    '#v=1&policy=/privacy&layout=bar&position=top&button=end&lang=fr&services=youtube,matomo&receipts=on',
  ],
  [
    'with a JSON block',
    '#v=1&policy=/privacy&close=reject&theme=dark&reask=everyone&revision=2&acceptDays=90&refuseDays=200&categories=performance,marketing&basis.performance=objection&category.maps.title=Maps&category.maps.description=Where%20we%20are.&service.films.category=maps&service.films.provider=Films&service.films.purpose=Films.&service.films.cookies=_film*&service.films.lifetimes=_film*:90&services=youtube&signals=google,meta,gpc&region=US-CA&regions.US-CA=opt-out&regions.*=opt-in&text.title=%3C%2Fscript%3E',
  ],
] as const) {
  test(`the snippet copied gives the same dialog, without a complaint: ${name}`, async ({
    page,
    docs: { home },
    site,
    messages,
    context,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await open(page, home, hash)
    await expect(dialog(page).locator(BANNER)).toBeVisible()
    await expect(page.locator('#refused')).toBeHidden()
    const shown = await dialog(page).locator(BANNER).textContent()
    await page.getByRole('button', { name: 'Copy: First in the head' }).click()
    await expect(page.locator('#said')).toHaveText('Copied.')
    const tag = await page.evaluate(() => navigator.clipboard.readText())
    expect(tag).toBe(await textOf(page, 'tags'))
    await page.goto(site.page({ tag: tag.replaceAll('src="/crumbgate/', 'src="/dist/') }))
    expect(await page.locator(BANNER).textContent()).toBe(shown)
    expect(messages).toEqual([])
  })
}

test('the whole way by keyboard', async ({ page, docs: { home } }) => {
  await open(page, home)
  await page.getByRole('button', { name: 'Start again' }).focus()
  await page.keyboard.press('Tab')
  await expect(page.getByLabel('Privacy policy', { exact: true })).toBeFocused()
  await page.keyboard.type('/p')
  for (const _ of ['files', 'Ink', 'Paper']) await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Paper' })).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByRole('button', { name: 'Paper' })).toBeFocused()
  await expect(page.locator('#css')).toContainText('--crumb-paper: #fbf5ea;')
  await unfold(page, 'services')
  await page.getByLabel('Key of a new service').fill('films')
  await page.getByRole('button', { name: 'Add service' }).press('Enter')
  await expect(page.locator('#tags')).toContainText('"films"')
})

test('any region can have a rule, and a service of one’s own says all that it stores', async ({
  page,
  docs: { home },
}) => {
  await open(page, home, '#v=1&service.films.category=marketing')
  await unfold(page, 'law')
  await page.getByLabel('Another region').fill('nowhere')
  await page.getByRole('button', { name: 'Add region' }).click()
  await expect(page.getByLabel('Another region')).toHaveAttribute('aria-invalid', 'true')
  await page.getByLabel('Another region').fill('ca-qc')
  await page.getByRole('button', { name: 'Add region' }).click()
  await page.getByLabel('CA-QC').selectOption('notice')
  await expect(page.locator('#tags')).toContainText('"CA-QC": "notice"')
  await unfold(page, 'services')
  await page.getByLabel('Keys in localStorage').fill('film-*, film')
  await expect(page.locator('#tags')).toContainText(/"localStorage": \[\s*"film-\*",\s*"film"\s*\]/)
  await page.reload()
  await expect(page.locator('#tags')).toContainText('"CA-QC": "notice"')
  await unfold(page, 'law')
  await page.getByLabel('CA-QC').selectOption('')
  await expect(page.getByLabel('CA-QC')).toHaveCount(0)
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing, and nothing is wider than a phone: ${colorScheme}`, async ({ page, docs: { home } }) => {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width: 320, height: 800 })
    await open(page, home, '#v=1&acceptDays=400&theme=purple&service.films.category=marketing')
    await expect(page.locator('#refused')).toBeVisible()
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true
    })
    expect(await violationsOn(page, { exclude: '#stage' })).toEqual([])
    // Firefox's scroll bars take room.
    expect(
      await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement
        return scrollWidth - clientWidth
      }),
    ).toBe(0)
  })
}
