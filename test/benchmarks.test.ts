import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { analyse } from '../bench/peers/trace.mjs'
import { REASONS, TARGETS } from '../bench/reasons.mjs'
import { behind, benchmarks, charts, missed, readme } from '../bench/report.mjs'
import { shippedSizes } from '../bench/sizes.mjs'
import { summarise } from '../bench/summary.mjs'

// What is said of sizes and speed is what was measured; `npm run bench -- --report` writes it again.

const text = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')
const results = JSON.parse(text('bench/results.json'))

it('the sizes are those of what ships', () => {
  expect(results.sizes).toEqual(shippedSizes())
})

it('the README has its figures from the results', () => {
  const README = text('README.md')
  expect(readme(README, results)).toBe(README)
  expect(README).toContain('| `crumbgate.js` |')
  expect(README).toContain('vanilla-cookieconsent |')
})

it('BENCHMARKS.md and its charts have theirs from them too', () => {
  expect(benchmarks(results)).toBe(text('BENCHMARKS.md'))
  for (const [file = '', chart] of charts(results)) expect(text(file)).toBe(chart)
})

it('each figure in which Crumbgate is not first says why, and no other does', () => {
  expect(Object.keys(REASONS).sort()).toEqual([...behind(results.peers).keys()].sort())
  expect(Object.keys(TARGETS).sort()).toEqual([...missed(results.peers).keys()].sort())
})

it('a reason has no figures of its own', () => {
  for (const reason of [...Object.values(REASONS), ...Object.values(TARGETS).map(({ why }) => why)])
    expect(reason).not.toMatch(/\d/)
})

describe('the main thread', () => {
  const numbers = (report: string, title: string) =>
    [...report.matchAll(new RegExp(`^\\| ${title}.*`, 'gm'))].map(([line]) =>
      line
        .split(' | ')
        .slice(1)
        .map((cell) => Number.parseFloat(cell.replace('**', ''))),
    )

  it.each([
    ['as it was measured', 1],
    ['however much the page alone has taken', 100],
  ])('has no less than the script time in it: %s', (_, factor) => {
    const noisy = structuredClone(results)
    for (const condition of Object.keys(noisy.peers.visit)) {
      const { held } = noisy.peers.visit[condition]
      held.task = held.task.map((value: number) => value * factor)
    }
    const report = benchmarks(noisy)
    const tasks = numbers(report, 'Main thread, first visit')
    const scripts = numbers(report, 'Script time, first visit')
    expect(tasks).toHaveLength(Object.keys(results.peers.visit).length)
    const below = tasks.flatMap((row, at) =>
      row.filter((task, library) => task < (scripts[at]?.[library] ?? Number.NaN)),
    )
    expect(below).toEqual([])
    expect(scripts.flat().every((value) => value > 0)).toBe(true)
  })

  it('is counted from where parsing begins, also in the task that has begun before', () => {
    const event = (name: string, ts: number, dur: number, args = {}) => ({
      name,
      ts,
      dur,
      args,
      ph: 'X',
      pid: 1,
      tid: 1,
    })
    const page = 'https://shop.example/'
    const events = [
      event('RunTask', 0, 500),
      event('RunTask', 1000, 10_000),
      event('ParseHTML', 3000, 8000, { beginData: { url: page } }),
      event('EvaluateScript', 4000, 6000, { data: { url: page } }),
      event('RunTask', 20_000, 1000),
    ]
    expect(analyse(events, page)).toEqual({ script: 6, task: 9 })
  })
})

it('what is over the page alone is so in the same round', () => {
  const heap = (...values: number[]) => values.map((value) => ({ heap: value, shift: 0 }))
  const { visit } = summarise({ visit: { cpu1: { held: heap(100, 300, 200), one: heap(110, 320, 230) } }, scale: {} })
  expect(visit.cpu1.one).toMatchObject({ rounds: 3, heap: [110, 320, 230], heapOver: [10, 20, 30] })
})

it('sizes that were not measured in a condition are no rows there', () => {
  const { cpu1 } = results.peers.scale
  const titles = (scale: object) =>
    benchmarks({ ...results, peers: { ...results.peers, scale } }).match(/^(## Many held|\| .*held \|).*/gm)?.length
  expect([titles({ cpu1: { 10: cpu1[10] } }), titles({ cpu1: { 10: cpu1[10] }, cpu4: { 10: cpu1[10] } })]).toEqual([
    3, 6,
  ])
  expect(titles({})).toBeUndefined()
})
