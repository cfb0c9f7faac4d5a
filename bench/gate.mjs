// What the gate costs, in a real browser; a part of `npm run bench`. Prints figures, asserts nothing: machines differ, so
// compare the ratios of one run.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { chromium } from '@playwright/test'
import { CHROMIUM_FLAGS, requireChromium } from '../test/chromium.mjs'

const ROUNDS = Number(process.argv[2] ?? 9)
const THROTTLE = 4
const dist = (name) => readFileSync(new URL(`../dist${name}`, import.meta.url))
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]

/** Takes the time of every observer that is made after it. */
const STOPWATCH = `<script>
  window.spent = 0
  window.MutationObserver = class extends MutationObserver {
    constructor(act) {
      super((...parameters) => {
        const start = performance.now()
        act(...parameters)
        spent += performance.now() - start
      })
    }
  }
</script>`
const TAG = '<script src="/crumbgate.js"></script>'
const held = (count) => '<script type="text/plain" data-consent="marketing">window.count++</script>'.repeat(count)
const page = (head, body) =>
  `<!doctype html><html lang="en"><title>Bench</title><script>window.count = 0</script>${head}<body><main></main>${body}`

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const count = Number(url.searchParams.get('tags'))
  if (url.pathname.endsWith('.js')) {
    response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(dist(url.pathname))
  } else {
    response.writeHead(200, {
      'Content-Type': 'text/html; charset=utf-8',
      // Isolated pages get a clock of 5 µs.
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
    })
    response.end(page((url.searchParams.has('watched') ? STOPWATCH : '') + TAG, held(count)))
  }
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const origin = `http://localhost:${server.address().port}`
const browser = await chromium.launch({ executablePath: requireChromium(), args: CHROMIUM_FLAGS })

async function open(path, rate) {
  const context = await browser.newContext()
  const tab = await context.newPage()
  await tab.goto(`${origin}${path}`)
  const session = await context.newCDPSession(tab)
  await session.send('Emulation.setCPUThrottlingRate', { rate })
  return { tab, close: () => context.close() }
}

/** From a click on Accept all until every tag has run. */
async function release(tags, rate) {
  const { tab, close } = await open(`/?tags=${tags}`, rate)
  const result = await tab.evaluate(
    (total) =>
      new Promise((resolve) => {
        const tasks = []
        new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
          type: 'longtask',
        })
        const button = document.querySelector('[data-crumb=banner] [data-crumb=accept]')
        const banner = document.querySelector('[data-crumb=banner]')
        let ranBefore = -1
        button.addEventListener('click', () => {
          const start = performance.now()
          // What follows at once is the frame without the dialog.
          requestAnimationFrame(() => {
            ranBefore = banner.matches(':popover-open') ? -1 : window.count
          })
          const wait = setInterval(() => {
            if (window.count < total) return
            clearInterval(wait)
            const ms = performance.now() - start
            setTimeout(() => resolve({ ms, longest: Math.max(0, ...tasks), ranBefore }), 200)
          }, 5)
        })
        setTimeout(() => button.click(), 300)
      }),
    tags,
  )
  await close()
  return result
}

/**
 * Ten thousand nodes put in, changed and taken out: milliseconds of it all, and of them those in our observer. Two runs
 * of a page differ by more than the observer costs, so that its own time is taken.
 */
async function mutate(rounds) {
  const { tab, close } = await open('/?watched', 1)
  const result = await tab.evaluate(async (rounds) => {
    const main = document.querySelector('main')
    const results = []
    for (let round = 0; round < rounds; round += 1) {
      window.spent = 0
      const start = performance.now()
      for (let item = 0; item < 2500; item += 1) {
        const row = document.createElement('div')
        row.innerHTML = '<p class="a"><b>text</b></p>'
        row.append(document.createElement('span'))
        main.append(row)
        row.className = 'b'
        row.setAttribute('data-item', `${item}`)
      }
      // Observers run before this goes on.
      await Promise.resolve()
      main.getBoundingClientRect()
      main.replaceChildren()
      await Promise.resolve()
      results.push({ all: performance.now() - start, ours: window.spent })
    }
    return results
  }, rounds)
  await close()
  return result
}

console.log(`Medians of ${ROUNDS} rounds. node bench/gate.mjs [rounds]\n`)
console.log('Release after a click on Accept all (inline scripts)')
for (const tags of [1000, 5000, 10_000, 20_000]) {
  const rounds = []
  for (let round = 0; round < Math.ceil(ROUNDS / 3); round += 1) rounds.push(await release(tags, 1))
  const ms = median(rounds.map((one) => one.ms))
  const longest = median(rounds.map((one) => one.longest))
  console.log(
    `  ${`${tags}`.padStart(6)} tags: ${ms.toFixed(0).padStart(6)} ms, ${((ms * 1000) / tags).toFixed(1)} µs a tag, longest task ${longest || 'under 50'} ms`,
  )
}

const slow = []
for (let round = 0; round < ROUNDS; round += 1) slow.push(await release(1000, THROTTLE))
const painted = slow.filter(({ ranBefore }) => ranBefore === 0).length
console.log(`\n1000 tags, processor slowed ${THROTTLE} times`)
console.log(`  the dialog was gone from the screen before the first script ran in ${painted} of ${ROUNDS} rounds`)
console.log(`  longest tasks: ${slow.map(({ longest }) => (longest ? `${longest} ms` : 'under 50 ms')).join(', ')}`)

const mutations = await mutate(ROUNDS * 10)
const all = median(mutations.map((one) => one.all))
const share = median(mutations.map((one) => one.ours / one.all))
console.log(`\n10 000 nodes put in, changed and taken out, ${ROUNDS * 10} times`)
console.log(`  ${all.toFixed(1)} ms, of which the observer takes ${(share * 100).toFixed(2)} % (median of the ratios)`)
await browser.close()
server.close()
