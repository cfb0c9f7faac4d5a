import { everybodysTurn, expect, keepBack, marked, ran, test } from './site'

// A choice that is made while the page is still being parsed.

test('a choice while thousands of tags are still being parsed keeps their order', async ({ page, site }) => {
  const count = 3000
  const tags = Array.from({ length: count }, (_, index) => marked('', `run(${index})`))
  tags.splice(count / 2, 0, '<script>crumbgate.accept()</script>')
  await page.goto(site.page({ body: tags.join(''), pieces: 3000, pause: 3 }))
  await expect.poll(() => page.evaluate('ran.length')).toBe(count)
  expect(await page.evaluate('ran.every((one, index) => one === index)')).toBe(true)
})

test('a choice while the page is parsed: deferred scripts wait for its end, and for the blocking ones before', async ({
  page,
  site,
}) => {
  const [letSlowGo, letOwnGo] = [await keepBack(page, '/s/slow.js'), await keepBack(page, '/s/own.js')]
  const body = [
    marked('id="slow" src="/s/slow.js"'),
    marked('defer src="/s/deferred.js"'),
    '<script>crumbgate.accept()</script><script src="/s/own.js"></script>',
    marked('', 'run("after")'),
    '<script>run("last")</script>',
  ]
  await page.goto(site.page({ body: body.join('') }), { waitUntil: 'commit' })
  await expect.poll(() => page.evaluate('window.slow?.type')).toBe('')
  await expect.poll(() => site.requests).toContain('/s/deferred.js')
  await page.evaluate(everybodysTurn)
  expect(await ran(page)).toEqual([])
  letOwnGo()
  await expect.poll(() => page.evaluate('document.readyState')).toBe('interactive')
  await page.evaluate(everybodysTurn)
  expect(await ran(page)).toEqual(['own', 'last'])
  letSlowGo()
  await expect.poll(() => ran(page)).toEqual(['own', 'last', 'slow', 'after', 'deferred'])
})

test('a choice while a script has come in part: it waits for those before it', async ({ page, site }) => {
  const letGo = await keepBack(page, '/s/first.js')
  const long = `run('long') /* ${'x'.repeat(9000)} */`
  const body = `${marked('src="/s/first.js"')}<script>crumbgate.accept()</script>${marked('', long)}<p></p>`
  await page.goto(site.page({ body, pieces: 600, pause: 25 }), { waitUntil: 'commit' })
  await expect.poll(() => page.evaluate('document.readyState')).toBe('interactive')
  await page.evaluate(everybodysTurn)
  expect(await ran(page)).toEqual([])
  letGo()
  await expect.poll(() => ran(page)).toEqual(['first', 'long'])
})

test('a choice while the page is parsed starts no deferred script before its end', async ({ page, site }) => {
  const letGo = await keepBack(page, '/s/own.js')
  const head = '<script>document.addEventListener("crumbgate:change", () => run("choice"))</script>'
  const body = `${marked('defer src="/s/deferred.js"')}<script>crumbgate.accept()</script><script src="/s/own.js"></script>`
  await page.goto(site.page({ head, body }), { waitUntil: 'commit' })
  await expect.poll(() => page.evaluate('window.ran ?? []')).toEqual(['choice'])
  await expect.poll(() => site.requests).toContain('/s/deferred.js')
  await page.evaluate(everybodysTurn)
  expect(await ran(page)).toEqual(['choice'])
  letGo()
  await expect.poll(() => ran(page)).toEqual(['choice', 'own', 'deferred'])
})

test('a choice while the page is parsed: a deferred script that ends the page waits for the blocking ones', async ({
  page,
  site,
}) => {
  const [letSlowGo, letOwnGo] = [await keepBack(page, '/s/slow.js'), await keepBack(page, '/s/own.js')]
  const body = [
    marked('id="slow" src="/s/slow.js"'),
    '<script>crumbgate.accept()</script><script src="/s/own.js"></script>',
    marked('defer src="/s/deferred.js"'),
  ]
  await page.goto(site.page({ body: body.join('') }), { waitUntil: 'commit' })
  await expect.poll(() => page.evaluate('window.slow?.type')).toBe('')
  letOwnGo()
  await expect.poll(() => page.evaluate('document.readyState')).toBe('interactive')
  // Time for one that has started too early.
  await page.evaluate('fetch("/s/deferred.js").then(() => {})')
  await page.evaluate(everybodysTurn)
  letSlowGo()
  await expect.poll(() => ran(page)).toEqual(['own', 'slow', 'deferred'])
})
