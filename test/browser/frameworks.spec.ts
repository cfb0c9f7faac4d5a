import type { BrowserContext, Page } from '@playwright/test'
import { build } from 'esbuild'
import { cookieFor } from '../../src/testing'
import { BANNER, expect, part, ran, type Site, TAG, test } from './site'

// Real frameworks from npm, navigating and rendering again. The unmarked twin of each page is the oracle: what it runs,
// and how often, the marked one runs too.

const GRANTED = cookieFor({ granted: ['functional', 'performance', 'marketing'] })

/** A script as the twin has it, or marked. */
type Mark = (attributes: string, text?: string) => string
const plain: Mark = (attributes, text = '') => `<script ${attributes}>${text}</script>`
const marked: Mark = (attributes, text = '') =>
  `<script type="text/plain" data-consent="marketing" ${attributes}>${text}</script>`

const grant = (context: BrowserContext, site: Site) => context.addCookies([{ ...GRANTED, url: site.origin }])

/**
 * Nothing tells when a page will run no more: it has asked for nothing in a while, in which its timers have had their turn.
 * Whether the network is quiet, Firefox's driver does not know of a page that takes a loading frame away.
 */
async function settle(page: Page, { requests }: Site): Promise<void> {
  let asked: number
  do {
    asked = requests.length
    await page.evaluate('new Promise((done) => setTimeout(done, 150))')
  } while (requests.length > asked)
}

/**
 * Walk through pages, noting what has run at each step.
 * @returns for each step the names in order
 */
async function walk(page: Page, site: Site, steps: readonly ((page: Page) => Promise<unknown>)[]): Promise<string[][]> {
  const notes: string[][] = []
  let seen = 0
  for (const step of steps) {
    await step(page)
    await settle(page, site)
    const all = await ran(page)
    notes.push(all.slice(seen))
    seen = all.length
  }
  return notes
}

test.describe('Turbo', () => {
  const turbo = '<script src="/npm/@hotwired/turbo/dist/turbo.es2017-umd.js"></script>'
  const pages = (site: Site, mark: Mark, name: string) => {
    for (const [here, there] of [
      ['one', 'two'],
      ['two', 'one'],
    ] as const) {
      site.page(
        {
          tag: mark === marked ? TAG : '',
          head: turbo + mark(`src="/s/head-${here}.js"`) + mark('src="/s/head-both.js"'),
          body: `<a id="go" href="/${name}/${there}">Go</a>${mark('', `run("inline ${here}")`)}${mark(`src="/s/body-${here}.js"`)}${mark('', 'run("after")')}${mark('type-="" data-turbo-eval="false"', 'run("once")')}`,
        },
        `/${name}/${here}`,
      )
    }
    return `${site.origin}/${name}/one`
  }
  const go = (path: string) => async (page: Page) => {
    await page.locator('#go').click()
    await page.waitForURL(`**/${path}`)
  }
  const back = (path: string) => async (page: Page) => {
    await page.goBack()
    await page.waitForURL(`**/${path}`)
  }
  const tour = (address: string) => [
    (page: Page) => page.goto(address),
    go('two'),
    go('one'),
    back('two'),
    back('one'),
    go('two'),
  ]

  test('runs on each visit what an unmarked page runs', async ({ page, site, context, messages }) => {
    const twin = await walk(page, site, tour(pages(site, plain, 'twin')))
    expect(twin.slice(0, 2)).toEqual([
      ['head-one', 'head-both', 'inline one', 'body-one', 'after', 'once'],
      expect.arrayContaining(['head-two', 'inline two', 'body-two', 'after']),
    ])
    await grant(context, site)
    const held = await walk(page, site, tour(pages(site, marked, 'held')))
    expect(held.map((names) => [...names].sort())).toEqual(twin.map((names) => [...names].sort()))
    expect(messages).toEqual([])
  })

  test('on a first visit too, and nothing before the choice', async ({ page, site, messages }) => {
    const twin = await walk(page, site, tour(pages(site, plain, 'twin')))
    const held = await walk(page, site, [
      (page) => page.goto(pages(site, marked, 'held')),
      (page) => page.locator(BANNER).locator(part('accept')).click(),
      ...tour('').slice(1),
    ])
    expect(held[0]).toEqual([])
    expect(held.slice(1).map((names) => [...names].sort())).toEqual(twin.map((names) => [...names].sort()))
    expect(messages).toEqual([])
  })

  test('a copy of the page for the way back loads nothing that was withdrawn meanwhile', async ({ page, site }) => {
    const film = '<iframe title="Film" data-consent="marketing" data-src="/frame/film"></iframe>'
    const link = (path: string) => `<a id="go" href="${path}">Go</a>`
    site.page({ head: turbo, body: `${link('/t/two')}${film}` }, '/t/one')
    site.page({ head: turbo, body: link('/t/one') }, '/t/two')
    await page.goto(`${site.origin}/t/one`)
    await page.locator(BANNER).locator(part('accept')).click()
    await expect(page.locator('iframe')).toHaveAttribute('src', '/frame/film')
    await go('two')(page)
    await page.evaluate('crumbgate.withdraw()')
    site.requests.length = 0
    await back('one')(page)
    await expect(page.locator('iframe')).not.toHaveAttribute('src')
    await settle(page, site)
    expect(site.requests.filter((path) => path.startsWith('/frame/'))).toEqual([])
  })

  test('a frame that Turbo takes along is there on the next page', async ({ page, site, context }) => {
    await grant(context, site)
    const film =
      '<div id="player" data-turbo-permanent><iframe title="Film" data-consent="marketing" data-src="/frame/film"></iframe></div>'
    site.page({ head: turbo, body: `<a id="go" href="/t/two">Go</a>${film}` }, '/t/one')
    site.page({ head: turbo, body: `<p>Two</p>${film}` }, '/t/two')
    await page.goto(`${site.origin}/t/one`)
    await go('two')(page)
    await expect(page.getByText('Two')).toBeVisible()
    await expect(page.locator('iframe')).toHaveAttribute('src', '/frame/film')
  })

  test('the dialog outlives a visit, and a choice on the second page holds', async ({ page, site }) => {
    await page.goto(pages(site, marked, 'held'))
    await page.locator('#go').click()
    await page.waitForURL('**/two')
    await page.locator(BANNER).locator(part('accept')).click()
    await expect.poll(() => ran(page)).toEqual(expect.arrayContaining(['head-two', 'inline two', 'body-two', 'after']))
    await page.locator('#go').click()
    await page.waitForURL('**/one')
    await expect(page.locator(BANNER)).toBeHidden()
    await expect.poll(() => ran(page)).toContain('body-one')
  })
})

test.describe('htmx', () => {
  const fragment = (mark: Mark) => `${mark('', 'run("part")')}${mark('src="/s/part-file.js"')}<p id="here">Part</p>`
  const address = (site: Site, mark: Mark, name: string) => {
    site.page({ tag: '', body: fragment(mark) }, `/${name}/part`)
    return site.page({
      tag: mark === marked ? TAG : '',
      head: '<script src="/npm/htmx.org/dist/htmx.min.js"></script>',
      body: `<button id="get" hx-get="/${name}/part" hx-target="#box" hx-select="#here, script">Get</button><div id="box"></div>`,
    })
  }
  const tour = (address: string) => {
    const get = async (page: Page) => {
      await page.evaluate('document.querySelector("#here")?.remove()')
      await page.locator('#get').click()
      await page.waitForSelector('#here')
    }
    return [(page: Page) => page.goto(address), get, get]
  }

  test('runs with each swap what an unmarked page runs', async ({ page, site, context, messages }) => {
    const twin = await walk(page, site, tour(address(site, plain, 'twin')))
    expect(twin[1]?.length).toBeGreaterThan(0)
    await grant(context, site)
    expect(await walk(page, site, tour(address(site, marked, 'held')))).toEqual(twin)
    expect(messages).toEqual([])
  })
})

test.describe('Alpine', () => {
  const address = (site: Site, mark: Mark) =>
    site.page({
      tag: mark === marked ? TAG : '',
      head: '<script defer src="/npm/alpinejs/dist/cdn.min.js"></script>',
      body: `<div x-data="{ open: false }"><button id="toggle" x-on:click="open = !open">Toggle</button><template x-if="open"><div id="shown">${mark('', 'run("shown")')}${mark('src="/s/shown-file.js"')}</div></template></div>`,
    })
  const toggle = (page: Page) => page.locator('#toggle').click()

  test('runs with each rendering what an unmarked page runs', async ({ page, site, context, messages }) => {
    const tour = (address: string) => [(page: Page) => page.goto(address), toggle, toggle, toggle]
    const twin = await walk(page, site, tour(address(site, plain)))
    expect(twin[1]?.sort()).toEqual(['shown', 'shown-file'])
    await grant(context, site)
    expect(await walk(page, site, tour(address(site, marked)))).toEqual(twin)
    expect(messages).toEqual([])
  })

  test('bound attributes of a frame count', async ({ page, site, messages }) => {
    await page.goto(
      site.page({
        head: '<script defer src="/npm/alpinejs/dist/cdn.min.js"></script>',
        body: `<div x-data="{ film: 1 }"><button id="next" x-on:click="film++">Next</button><iframe title="Film" data-consent="marketing" :data-src="'/frame/' + film"></iframe></div>`,
      }),
    )
    await page.locator(BANNER).locator(part('accept')).click()
    await expect(page.locator('iframe')).toHaveAttribute('src', '/frame/1')
    await page.locator('#next').click()
    await expect(page.locator('iframe')).toHaveAttribute('src', '/frame/2')
    expect(messages).toEqual([])
  })
})

/** An app for both libraries: two views with scripts and a frame, rendered again at each click. */
const app = (library: string, render: string) => `
  import { createElement as h, useEffect, useState, StrictMode } from '${library}'
  ${render}
  const props = (more) => window.isMarked ? { type: 'text/plain', 'data-consent': 'marketing', ...more } : more
  function Made({ name }) {
    useEffect(() => {
      const script = document.createElement('script')
      for (const [key, value] of Object.entries(props({ src: '/s/' + name + '.js' }))) script.setAttribute(key, value)
      document.body.append(script)
      return () => script.remove()
    }, [name])
    return null
  }
  function View({ name, count }) {
    return h('section', { id: name },
      h('p', null, 'Rendered ' + count),
      h('script', props({ src: '/s/' + name + '-rendered.js' })),
      h('script', props({ async: true, src: '/s/' + name + '-async.js' })),
      h('script', { ...props({}), dangerouslySetInnerHTML: { __html: 'run("' + name + ' inline")' } }),
      h('div', { dangerouslySetInnerHTML: { __html: window.isMarked ? '<i>' + count + '</i>' : '<i></i>' } }),
      h(Made, { name: name + '-made' }),
      h('iframe', { title: 'Film', 'data-consent': 'marketing', 'data-src': '/frame/' + name }))
  }
  function App() {
    const [count, setCount] = useState(0)
    const [view, setView] = useState('one')
    return h('main', null,
      h('button', { id: 'again', onClick: () => setCount(count + 1) }, 'Again'),
      h('button', { id: 'switch', onClick: () => setView(view === 'one' ? 'two' : 'one') }, 'Switch'),
      h(View, { key: view, name: view, count }))
  }
  start(h(StrictMode, null, h(App)), document.querySelector('#app'))`

const LIBRARIES = {
  React: app(
    'react',
    "import { createRoot } from 'react-dom/client'; const start = (node, root) => createRoot(root).render(node)",
  ),
  Preact: app('preact/compat', "import { render } from 'preact'; const start = render"),
}

for (const [name, source] of Object.entries(LIBRARIES)) {
  test.describe(name, () => {
    const address = async (site: Site, isMarked: boolean) => {
      const { outputFiles } = await build({
        stdin: { contents: source, resolveDir: '.' },
        bundle: true,
        write: false,
        format: 'iife',
        // The development build: StrictMode renders and mounts everything twice.
        define: { 'process.env.NODE_ENV': '"development"' },
      })
      site.file('/app.js', `${outputFiles[0]?.text}`)
      return site.page({
        tag: isMarked ? TAG : '',
        body: `<div id="app"></div><script>window.isMarked = ${isMarked}</script><script src="/app.js"></script>`,
      })
    }
    const click = (id: string) => (page: Page) => page.locator(`#${id}`).click()
    const tour = (address: string) => [
      (page: Page) => page.goto(address),
      ...['again', 'switch', 'again', 'switch'].map(click),
    ]

    test('runs with each rendering what an unmarked page runs, and breaks nothing', async ({
      page,
      site,
      context,
      browserName,
      messages,
    }) => {
      const twin = await walk(page, site, tour(await address(site, false)))
      await grant(context, site)
      const held = await walk(page, site, tour(await address(site, true)))
      // React makes its scripts by innerHTML, so that the browser runs none of them. A marked one is asked for, and runs.
      const rendered = (steps: string[][]) => steps.flat().filter((one) => /rendered|inline/.test(one))
      const rest = (steps: string[][]) =>
        steps.map((names) => names.filter((one) => !/rendered|inline/.test(one)).sort())
      expect(rest(held)).toEqual(rest(twin))
      // There nothing tells one born of innerHTML from a clone of one that has run: the same text runs once.
      const isOnce = name === 'React' && browserName === 'firefox'
      const views = ['one', 'two', ...(isOnce ? [] : ['one'])].flatMap((view) => [`${view} inline`, `${view}-rendered`])
      expect(rendered(held).sort()).toEqual(views.sort())
      expect(rendered(twin)).toHaveLength(name === 'React' ? 0 : 6)
      await expect(page.locator('iframe')).toHaveAttribute('src', '/frame/one')
      // To its end: a reload that fails later would get in the way of the next test.
      await Promise.all([page.waitForEvent('load'), page.evaluate('crumbgate.save({ functional: true })')])
      expect(messages).toEqual([])
    })

    test('on a first visit too', async ({ page, site, messages }) => {
      await page.goto(await address(site, true))
      await page.locator('#again').click()
      expect(await ran(page)).toEqual([])
      await page.locator(BANNER).locator(part('accept')).click()
      await expect(page.locator('iframe')).toHaveAttribute('src', '/frame/one')
      await expect.poll(() => ran(page)).toContain('one-made')
      await page.locator('#switch').click()
      await expect.poll(() => ran(page)).toContain('two-made')
      await expect(page.locator('iframe')).toHaveAttribute('src', '/frame/two')
      expect(messages).toEqual([])
    })
  })
}

test('view transitions: tags that come with the new state run once', async ({ page, site, messages }) => {
  await page.goto(site.page({ body: `<main>${marked('', 'run("old")')}</main>` }))
  await page.locator(BANNER).locator(part('accept')).click()
  await expect.poll(() => ran(page)).toEqual(['old'])
  await page.evaluate(`document.startViewTransition(() => {
    const script = document.createElement('script')
    Object.assign(script, { type: 'text/plain', text: 'run("new")' })
    script.dataset.consent = 'marketing'
    document.querySelector('main').replaceChildren(script)
  }).finished`)
  expect(await ran(page)).toEqual(['old', 'new'])
  expect(messages).toEqual([])
})
