import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { build } from 'esbuild'
import { type Block, isForServer, ROOT, running } from '../docs/blocks'
import { violationsOn } from './axe'
import { test } from './docs-site'
import { BANNER, ended, expect, PREFERENCES, part, ran, type Site } from './site'

test.use({ patient: true })

// Every block of code in the pages, in a page with the built files; and the site that the pages become.

const READY = readdirSync(join(ROOT, 'src/services')).map((file) => file.replace(/\.ts$/, ''))
const EXTRAS = '<script src="/dist/crumb-services.js"></script><script src="/dist/crumb-signals.js"></script>'

/** The files of the page are where these tests have them. */
const local = (html: string) => html.replace(/src="(?:\/crumbgate\/)?(crumb[\w-]*\.js)"/g, 'src="/dist/$1"')

/** Tags of a block for which its page has declared the services. */
function configured(html: string): string {
  const found = html.matchAll(/data-consent="!?([\w-]+)[^"]*" data-service="([\w-]+)"/g)
  const services = [...found].map(([, category, key = '']) => [key, READY.includes(key) ? {} : { category }])
  return `<script>window.crumbgateConfig = ${JSON.stringify({ services: Object.fromEntries(services) })}</script>${EXTRAS}<script src="/dist/crumbgate.js"></script>`
}

/** Whoever is not the site: what each kind of request wants to hear. Returns the addresses that were asked. */
async function thirdParties(page: Page, site: Site): Promise<string[]> {
  const asked: string[] = []
  await page.route(
    (url) => url.origin !== site.origin,
    async (route) => {
      asked.push(route.request().url())
      const [, ours] = /\/npm\/crumbgate@[^/]+\/(dist\/.+)/.exec(route.request().url()) ?? []
      if (ours) return route.fulfill({ path: join(ROOT, ours), headers: { 'Access-Control-Allow-Origin': '*' } })
      const kind = route.request().resourceType()
      await route.fulfill({
        contentType: { document: 'text/html', stylesheet: 'text/css' }[kind] ?? 'text/javascript',
        body: kind === 'document' ? '<!doctype html><title>Film</title>' : '',
      })
    },
  )
  await page.route('**/consent', (route) => route.fulfill({ status: 201, contentType: 'application/json', body: '{}' }))
  // What the vendors' scripts would have brought.
  await page.addInitScript(() =>
    Object.assign(window, {
      pixel: () => {},
      visits: () => {},
      amplitude: { init: () => {} },
      UET: class {
        push() {}
      },
    }),
  )
  const { hostname: domain } = new URL(site.origin)
  await page.context().addCookies([{ name: 'region', value: 'US-CA', domain, path: '/' }])
  return asked
}

/** In our way, and in that of the tools that one may come from. */
const MARKS = /data-(consent|category|name|cookieconsent)=|optanon-category/

/** Addresses of other hosts in tags that are marked, or that are not. */
function addresses(html: string, isMarked: boolean): string[] {
  const plain = html
    .replace(/<noscript>[\s\S]*?<\/noscript>/g, '')
    .replace(/<template[^>]*>/g, '<template data-consent>')
  const all = isMarked ? plain : plain.replace(/<template[\s\S]*?<\/template>/g, '')
  return [...all.matchAll(/<(?:script|iframe|img|link)\b([^>]*)>/g)].flatMap(([, attributes = '']) => {
    const address = / (?:data-)?(?:src|href)="(https:[^"]+)"/.exec(attributes)?.[1]
    const isHeld = MARKS.test(attributes) || html.includes('<template data-consent="marketing">')
    return address && isHeld === isMarked ? [address] : []
  })
}

const isMistake = (message: string) => !message.includes('the debug panel is open')
const started = (page: Page) => page.waitForFunction(() => window.crumbgate && 'allows' in window.crumbgate)

/** Have each marked inline script say that it has come to its end. */
function telling(html: string): { html: string; wanted: string[] } {
  const wanted: string[] = []
  const tell = html.replace(
    /(<script\b[^>]*type="text\/plain"(?![^>]* (?:data-)?src=)[^>]*>)([\s\S]*?)<\/script>/g,
    (_, tag, text) => {
      wanted.push(`inline ${wanted.length}`)
      return `${tag}${text}\n;run('${wanted.at(-1)}')</script>`
    },
  )
  return { html: tell, wanted }
}

async function holdAndRelease(
  found: readonly Block[],
  page: Page,
  site: Site,
  messages: string[],
  headers = {},
): Promise<void> {
  const asked = await thirdParties(page, site)
  for (const { name, text } of found) {
    const { html, wanted } = telling(local(text))
    await page.goto('about:blank')
    await page.context().clearCookies({ name: 'crumbgate' })
    asked.length = 0
    const isWhole = html.includes('crumbgate.js"')
    await page.goto(site.page(isWhole ? { tag: html, headers } : { tag: configured(html), body: html, headers }))
    await started(page)
    expect(await ran(page), name).toEqual([])
    expect(asked, name).toEqual(addresses(html, false))
    await page.evaluate('crumbgate.accept()')
    await expect.poll(async () => (await ran(page)).sort(), name).toEqual(wanted)
    const held = addresses(html, true)
    await expect.poll(() => held.filter((address) => !asked.includes(address)), name).toEqual([])
    expect(messages.filter(isMistake), name).toEqual([])
  }
}

test.describe('HTML holds before a choice, and runs after it', () => {
  const html = running('html')
  for (const name of new Set(html.map((block) => block.page))) {
    test(name, async ({ page, site, messages }) => {
      const found = html.filter((block) => block.page === name)
      await holdAndRelease(found, page, site, messages)
    })
  }
  test('under a policy with a nonce', async ({ page, site, messages }) => {
    const policy = "default-src 'self'; script-src 'nonce-r4nd0m'; style-src 'self'; img-src data:"
    await holdAndRelease(running('html', 'nonce'), page, site, messages, { 'Content-Security-Policy': policy })
  })
})

test('JSON is a configuration without mistakes', async ({ page, site, messages }) => {
  await thirdParties(page, site)
  for (const { name, text } of running('json')) {
    const region = /"regions"/.test(text) && !/"region"/.test(text) ? ' data-region="US-CA"' : ''
    const json = `<script type="application/json" data-crumbgate>${text}</script>`
    await page.goto(site.page({ tag: `${json}${EXTRAS}<script src="/dist/crumbgate.js"${region}></script>` }))
    await started(page)
    expect(messages.filter(isMistake), name).toEqual([])
  }
})

test('JavaScript runs before the Crumbgate tag', async ({ page, site, messages }) => {
  await thirdParties(page, site)
  for (const { name, text } of running('js')) {
    await page.goto(
      site.page({
        tag: `<script>${text}</script>${EXTRAS}<script src="/dist/crumbgate.js" ${/signals/.test(text) ? '' : 'data-signals="gtm"'}></script>`,
      }),
    )
    await started(page)
    await page.evaluate('crumbgate.accept()')
    await expect(page.locator(BANNER)).toBeHidden()
    expect(messages.filter(isMistake), name).toEqual([])
  }
})

test('modules run', async ({ page, site, messages }) => {
  await thirdParties(page, site)
  for (const [index, { name, text }] of running('ts')
    .filter((block) => !isForServer(block))
    .entries()) {
    const { outputFiles } = await build({
      stdin: { contents: `${text}\nwindow.isDone = true`, loader: 'ts', resolveDir: ROOT },
      bundle: true,
      format: 'esm',
      write: false,
      logLevel: 'error',
    })
    site.file(`/module-${index}.js`, outputFiles[0]?.text ?? '')
    await page.context().clearCookies()
    await page.goto(site.page({ tag: `<script type="module" src="/module-${index}.js"></script>` }))
    await page.waitForFunction('window.isDone').catch(() => {
      throw new Error(`${name} does not come to its end`)
    })
    expect(messages.filter(isMistake), name).toEqual([])
  }
})

test('styles are what browsers understand', async ({ page, site }) => {
  await page.goto(site.page({}))
  for (const { name, text } of running('css')) {
    const lost = await page.evaluate((css) => {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(css)
      const flat = (rules: CSSRuleList): CSSRule[] =>
        [...rules].flatMap((rule) => (rule instanceof CSSGroupingRule ? [rule, ...flat(rule.cssRules)] : [rule]))
      const kept = flat(sheet.cssRules).map((rule) => (rule instanceof CSSStyleRule ? rule.style.length : 0))
      return (css.match(/[\w-]+: [^;{}]+(?=[;}\n])/g) ?? []).length - kept.reduce((sum, count) => sum + count, 0)
    }, text)
    expect(lost, name).toBeLessThanOrEqual(0)
  }
})

test.describe('the site', () => {
  const pagesIn = (folder: string) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.html') && !/^(configurator|film)/.test(file),
    )

  test('no page scrolls sideways on a small screen, asks another host or has anything to say', async ({
    page,
    messages,
    docs: { folder, home },
  }) => {
    const elsewhere: string[] = []
    page.on('request', (request) => request.url().startsWith(home) || elsewhere.push(request.url()))
    page.on('console', (message) => message.type() === 'error' && messages.push(message.text()))
    const widths = [1280, 320]
    for (const name of pagesIn(folder)) {
      await page.goto(home + name)
      // The next page begins at the width that this one ends with: to resize takes as long as to load.
      for (const width of widths.reverse()) {
        await page.setViewportSize({ width, height: 800 })
        const [wide, visible] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth])
        expect(wide, `${name} at ${width}`).toBeLessThanOrEqual(visible ?? 0)
      }
    }
    expect(elsewhere).toEqual([])
    expect(messages).toEqual([])
  })

  for (const [name, width, colorScheme] of [
    ['index', 320, 'light'],
    ['index', 1280, 'dark'],
    ['security', 320, 'dark'],
    ['google', 1280, 'dark'],
    ['declaration', 1280, 'light'],
  ] as const) {
    test(`axe finds nothing: ${name} at ${width}, ${colorScheme}`, async ({ page, docs: { home } }) => {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height: 800 })
      await page.goto(`${home}${name}.html`)
      expect(await violationsOn(page)).toEqual([])
    })
  }

  test('the banner comes when it is asked for, and only then', async ({ page, docs: { home } }) => {
    await page.goto(`${home}index.html`)
    await started(page)
    await expect(page.locator(BANNER)).toBeHidden()
    await page.getByRole('button', { name: 'Try the banner' }).click()
    await expect(page.locator(BANNER)).toBeVisible()
    await page.locator(BANNER).locator(part('accept')).click()
    await expect(page.locator('iframe')).toHaveAttribute('src', 'film.html')
    await page.getByRole('link', { name: 'Cookie settings', exact: true }).click()
    await expect(page.locator(PREFERENCES)).toBeVisible()
    await ended(page)
  })

  test('by keyboard: past the navigation, and through the contents of a small screen', async ({
    page,
    docs: { home },
  }) => {
    await page.setViewportSize({ width: 320, height: 640 })
    await page.goto(`${home}start.html`)
    await page.keyboard.press('Tab')
    await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.locator('main')).toBeFocused()
    await page.getByText('Contents', { exact: true }).press('Enter')
    await page.getByRole('navigation', { name: 'Contents' }).getByRole('link', { name: 'Reference' }).click()
    await expect(page).toHaveURL(`${home}reference.html`)
  })
})
