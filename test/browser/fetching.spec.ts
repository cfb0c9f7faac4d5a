import { accept, comeBack, expect, keepBack, marked, ran, TAG, test } from './site'

// Files of scripts are fetched side by side, once, and never ahead of a choice.

test('consecutive external scripts download side by side', async ({ page, site }) => {
  const body = [1, 2, 3, 4].map((n) => marked(`src="/s/s${n}.js?ms=${2500 - n * 500}"`)).join('')
  await page.goto(site.page({ body }))
  await accept(page)
  await expect.poll(() => site.requests.filter((path) => path.startsWith('/s/'))).toHaveLength(4)
  expect(await ran(page)).toEqual([])
  await expect.poll(() => ran(page)).toEqual(['s1', 's2', 's3', 's4'])
})

test('each file is fetched ahead once, and never again once it has run', async ({ page, site }) => {
  const body = [marked('src="/s/a.js"'), marked('src="/s/b.js"'), marked('src="/s/c.js"', '', 'performance')]
  await page.goto(site.page({ body: body.join('') }))
  await page.evaluate(`window.ahead = []
    new MutationObserver((records) => {
      for (const { addedNodes } of records)
        for (const node of addedNodes) if (node.rel === 'preload') ahead.push(new URL(node.href).pathname)
    }).observe(document.head, { childList: true })`)
  await page.evaluate('crumbgate.save({ marketing: true })')
  await expect.poll(() => ran(page)).toEqual(['a', 'b'])
  await page.evaluate('crumbgate.accept()')
  await expect.poll(() => ran(page)).toEqual(['a', 'b', 'c'])
  expect(await page.evaluate('ahead')).toEqual(['/s/a.js', '/s/b.js', '/s/c.js'])
})

test('where Crumbgate comes last, files of a returning visitor are fetched side by side', async ({
  page,
  site,
  context,
}) => {
  await comeBack(context, site)
  const asked = () => site.requests.filter((path) => path.startsWith('/s/')).sort()
  await page.route('**/s/1.js', async (route) => {
    await expect.poll(asked).toEqual(['/s/2.js', '/s/3.js'])
    await route.continue()
  })
  const body = [1, 2, 3].map((name) => marked(`src="/s/${name}.js"`)).join('') + TAG
  await page.goto(site.page({ tag: '', body }))
  await expect.poll(() => ran(page)).toEqual(['1', '2', '3'])
})

test('scripts that come when all is allowed are fetched side by side', async ({ page, site }) => {
  const letGo = await keepBack(page, '/s/first.js')
  await page.goto(site.page({}))
  await accept(page)
  const later = marked('src="/s/first.js"') + marked('src="/s/second.js"')
  await page.evaluate(`document.body.insertAdjacentHTML('beforeend', ${JSON.stringify(later)})`)
  await expect.poll(() => site.requests).toContain('/s/second.js')
  expect(await ran(page)).toEqual([])
  letGo()
  await expect.poll(() => ran(page)).toEqual(['first', 'second'])
  await expect(page.locator('link[rel=preload]')).toHaveCount(0)
})

test('deferred scripts and modules are fetched side by side', async ({ page, site, browserName }) => {
  test.skip(browserName === 'firefox', 'modules and other deferred scripts wait for one another there')
  const letGo = await keepBack(page, '/s/first.js')
  const module = 'data-type="module" src='
  const body = marked('defer src="/s/first.js"') + marked(`${module}"/s/second.js"`) + marked(`${module}"/s/third.js"`)
  await page.goto(site.page({ body }))
  await accept(page)
  await expect.poll(() => site.requests).toEqual(expect.arrayContaining(['/s/second.js', '/s/third.js']))
  expect(await ran(page)).toEqual([])
  letGo()
  await expect.poll(() => ran(page)).toEqual(['first', 'second', 'third'])
})

test('a module is asked for once', async ({ page, site }) => {
  const modules = ['a', 'b'].map((name) => marked(`data-type="module" src="/s/${name}.js"`))
  await page.goto(site.page({ body: modules.join('') }))
  await accept(page)
  await expect.poll(() => ran(page)).toEqual(['a', 'b'])
  expect(site.requests.filter((path) => path.startsWith('/s/')).sort()).toEqual(['/s/a.js', '/s/b.js'])
})

test('what is taken back while it is being gathered is not fetched any more', async ({ page, site }) => {
  // Each look at the clock takes longer than a stretch of work, and the visitor has a say in between.
  await page.addInitScript({
    content: `
      const { now } = Date
      let passed = 0
      Date.now = () => now() + (passed += 10)
      const rest = scheduler.yield.bind(scheduler)
      let turns = 0
      scheduler.yield = () => {
        turns += 1
        if (turns === 4) crumbgate.reject()
        return rest()
      }`,
  })
  const scripts = ['a', 'b', 'c'].map((name) => `<script src="/s/${name}.js"></script>`).join('')
  await page.goto(site.page({ body: `<template data-consent="marketing">${scripts}</template>` }))
  await page.evaluate(`new Promise((done) => {
    document.addEventListener('crumbgate:change', ({ detail }) => detail.choice.granted.length || done())
    crumbgate.accept()
  })`)
  await page.evaluate('fetch("/s/end.js").then(() => {})')
  expect(site.requests.filter((path) => path.startsWith('/s/'))).toEqual(['/s/end.js'])
  expect(await ran(page)).toEqual([])
})
