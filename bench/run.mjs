// `npm run bench`: Crumbgate beside its peers, then its gate and its server alone. Prints how far it is, and writes
// results.json, BENCHMARKS.md, the charts and the figures in the README. Asserts nothing: machines differ, so compare the
// ratios of one run.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, release, totalmem, type } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { CONDITIONS } from './peers/driver.mjs'
import { comparePeers } from './peers/run.mjs'
import { writeReport } from './report.mjs'
import { shippedSizes } from './sizes.mjs'
import { summarise } from './summary.mjs'

const HELP = `npm run bench [-- options]
  --parts peers,gate,receipts   what to measure (all)
  --rounds 7                    of each page
  --only klaro,crumbgate        libraries (all)
  --conditions cpu1,cpu4,mobile
  --sizes 10,100,1000,5000,20000   numbers of held scripts
  --slow-sizes 10,100,1000      where the processor is slowed
  --report                      measure nothing, only write the report of what results.json holds`

const { values: options } = parseArgs({
  options: {
    parts: { type: 'string', default: 'peers,gate,receipts' },
    rounds: { type: 'string', default: '7' },
    only: { type: 'string', default: '' },
    conditions: { type: 'string', default: Object.keys(CONDITIONS).join() },
    sizes: { type: 'string', default: '10,100,1000,5000,20000' },
    'slow-sizes': { type: 'string', default: '10,100,1000' },
    report: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
const list = (text) => text.split(',').filter(Boolean)

const RESULTS = new URL('results.json', import.meta.url)
const results = existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS, 'utf8')) : {}
const save = () => writeFileSync(RESULTS, `${JSON.stringify(results, null, 1)}\n`)

const environment = () => ({
  date: new Date().toISOString().slice(0, 10),
  processor: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memory: Math.round(totalmem() / 2 ** 30),
  system: `${type()} ${release().replace(/-.*/, '')}`,
  node: process.version,
})

/** What was not measured this time stays, as many levels down. */
const mergeEach = (older = {}, newer = {}, levels = 1) =>
  levels === 0
    ? { ...older, ...newer }
    : Object.fromEntries(
        Object.keys({ ...older, ...newer }).map((key) => [key, mergeEach(older[key], newer[key], levels - 1)]),
      )

const merge = (older, newer) => ({
  ...newer,
  libraries: { ...older.libraries, ...newer.libraries },
  bytes: { ...older.bytes, ...newer.bytes },
  visit: mergeEach(older.visit, newer.visit),
  scale: mergeEach(older.scale, newer.scale, 2),
})

/** Runs a benchmark of its own, shows what it prints, and keeps it. */
async function run(part) {
  const child = spawn(process.execPath, [fileURLToPath(new URL(`${part}.mjs`, import.meta.url))], { stdio: 'pipe' })
  let text = ''
  child.stdout.on('data', (data) => {
    process.stdout.write(data)
    text += data
  })
  child.stderr.pipe(process.stderr)
  const code = await new Promise((resolve) => child.once('close', resolve))
  if (code !== 0) throw new Error(`bench/${part}.mjs ended with ${code}.`)
  return { environment: environment(), text: text.trim() }
}

async function measure(part) {
  if (part !== 'peers') return run(part)
  const conditions = list(options.conditions)
  const sizes = (condition) => list(options[CONDITIONS[condition].cpu > 1 ? 'slow-sizes' : 'sizes']).map(Number)
  const measured = await comparePeers({
    rounds: Number(options.rounds),
    conditions,
    sizes: Object.fromEntries(conditions.map((condition) => [condition, sizes(condition)])),
    only: list(options.only),
  })
  return merge(results.peers ?? {}, { environment: environment(), ...summarise(measured) })
}

if (options.help) console.log(HELP)
else {
  for (const part of options.report ? [] : list(options.parts)) {
    results[part] = await measure(part)
    save()
  }
  results.sizes = shippedSizes()
  writeReport(results)
  save()
}
