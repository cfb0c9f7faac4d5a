// The measurements. Each drives one page, or one page and its next visit, of one library, and returns plain numbers;
// run.mjs repeats and interleaves them.
import { CONDITIONS, openDriver, sleep } from './driver.mjs'
import { brotli } from './server.mjs'
import { analyse } from './trace.mjs'

/** Milliseconds. Some libraries wire their buttons up to half a second after they have painted them. */
const SETTLE = 650
/** Milliseconds that each third-party script takes to answer after Accept all, and on a returning visit. */
const SLOW = 100
const QUICK = 20
const GIVE_UP = 30_000

/** Runs `act` with a page; what throws becomes `error` of the result. */
async function drive(browser, library, condition, act) {
  const driver = await openDriver(browser, library, CONDITIONS[condition])
  const result = {}
  try {
    await act(driver, result)
  } catch (error) {
    result.error = String(error.message).slice(0, 200)
    await driver.stopTrace().catch(() => {})
  } finally {
    await driver.close()
  }
  return result
}

/** Brotli bytes of the library's files that a first visit asks for. */
export async function bytes(browser, server, library) {
  const driver = await openDriver(browser, library)
  const seen = new Set()
  driver.page.on('request', (request) => seen.add(new URL(request.url()).pathname))
  await driver.goto(`${server.origin}/p/${library.name}/standard`)
  await driver.eval('__b.ready(5000)')
  await sleep(SETTLE)
  await driver.close()
  const used = library.files.filter(({ url }) => seen.has(url))
  return used.reduce((sum, { body }) => sum + brotli(body).length, 0)
}

const blocking = (tasks) => tasks.reduce((sum, [, duration]) => sum + Math.max(0, duration - 50), 0)

async function firstVisit(driver, result, url, library, { window }) {
  await driver.startTrace()
  await driver.goto(url)
  const ready = await driver.eval(
    library.baseline ? 'new Promise((ok) => setTimeout(ok, 800, true))' : '__b.ready(15000)',
  )
  await sleep(SETTLE)
  await driver.eval(`new Promise((ok) => setTimeout(ok, Math.max(0, ${window} - performance.now())))`)
  const seen = await driver.eval('({ t: __b.t, cls: __b.cls, long: __b.long })')
  const { script, task } = analyse(await driver.stopTrace(), url, window)
  if (!ready) throw new Error('The banner never became actionable')
  Object.assign(result, { banner: seen.t.actionable, shift: seen.cls, script, task })
  Object.assign(result, { blocking: blocking(seen.long), heap: await driver.heap() })
}

async function acceptAll(driver, result, library) {
  await library.accept(driver)
  const all = await driver.eval('__b.waitHits(6, 8000)')
  await sleep(150)
  const seen = await driver.eval('({ click: __b.click, hits: __b.hits, nextPaint: __b.nextPaint })')
  result.nextFrame = seen.nextPaint
  if (all) result.accept = seen.hits.at(-1)[1] - seen.click
  else throw new Error(`Only ${seen.hits.length} of 6 scripts ran after Accept all`)
}

async function returning(driver, result, url) {
  await driver.startTrace()
  await driver.goto(url)
  const all = await driver.eval('__b.waitHits(6, 15000)')
  await sleep(300)
  const hits = await driver.eval('__b.hits')
  const { script } = analyse(await driver.stopTrace(), url)
  if (!all) throw new Error(`Only ${hits.length} of 6 scripts ran on the next visit`)
  Object.assign(result, { returningFirst: hits[0][1], returningAll: hits.at(-1)[1], returningScript: script })
}

/** First visit, Accept all, next visit. */
export const visit = (browser, server, library, condition) =>
  drive(browser, library, condition, async (driver, result) => {
    const url = (delay) => `${server.origin}/p/${library.name}/standard?d=${delay}`
    if (library.baseline !== 'native') await firstVisit(driver, result, url(SLOW), library, CONDITIONS[condition])
    if (!library.baseline) await acceptAll(driver, result, library)
    // What a click costs that does nothing.
    if (library.baseline === 'held') {
      await driver.click('h1')
      await sleep(150)
      result.nextFrame = await driver.eval('__b.nextPaint')
    }
    if (library.baseline !== 'held') {
      // The libraries have had their first visit, and its files are cached; so has the page alone, for as long.
      if (library.baseline) {
        await driver.goto(url(SLOW))
        await driver.eval('__b.waitHits(6, 15000)')
        await sleep(CONDITIONS[condition].window + SETTLE)
      }
      await returning(driver, result, url(QUICK))
    }
  })

/** Accept all with this many small inline scripts held. */
export const scale = (browser, server, library, condition, count) =>
  drive(browser, library, condition, async (driver, result) => {
    await driver.goto(`${server.origin}/p/${library.name}/scale?n=${count}`)
    if (!(await driver.eval('__b.ready(60000)'))) throw new Error('The banner never became actionable')
    await sleep(SETTLE)
    await library.accept(driver)
    const all = await driver.eval(`__b.waitHits(${count}, ${GIVE_UP})`)
    await sleep(200)
    const seen = await driver.eval(
      '({ click: __b.click, ran: __b.hits.length, last: (__b.hits.at(-1) || [0, 0])[1], nextPaint: __b.nextPaint })',
    )
    result.nextFrame = seen.nextPaint
    if (all) result.accept = seen.last - seen.click
    else result.error = `${seen.ran} of ${count} ran in ${GIVE_UP / 1000} s`
  })
