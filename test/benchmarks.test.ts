import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { benchmarks, charts, readme } from '../bench/report.mjs'
import { shippedSizes } from '../bench/sizes.mjs'

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

it('each row in which Crumbgate is not first says why', () => {
  expect(benchmarks(results)).not.toContain('Not looked into')
})
