// Mutation testing of the parts of the core that only a browser can test: `npm run test:mutants [-- options]`.
//
// Stryker's instrumenter puts all mutants into one build, each behind a switch. A first run of the browser tests tells which
// test reaches which mutant; then, for each mutant, the tests that reach it run until one is red. Ends may be hours away:
// what is known is kept in test-results/mutation/browser.json, and a later call goes on from there.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Instrumenter } from '@stryker-mutator/instrumenter'
import { build } from 'esbuild'
import { cssText } from '../../build/css-text.mjs'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
process.chdir(ROOT)

const HELP = `npm run test:mutants [-- options]
  --sample 200    so many mutants, spread evenly (all)
  --only consent  mutants of these files alone: names without .ts, with commas (all)
  --most 12       run at most so many of the tests that reach a mutant, those first that are most about its place
  --fresh         forget what is known`
const { values: options } = parseArgs({
  options: {
    sample: { type: 'string' },
    only: { type: 'string' },
    most: { type: 'string', default: '12' },
    fresh: { type: 'boolean' },
    help: { type: 'boolean' },
  },
})

/** The others are tested without a browser: units.json. Of cookies both test a part. */
const MUTATED = ['consent', 'cookie', 'memory', 'page', 'lifecycle', 'screen', ...gate()].map(
  (name) => `src/core/${name}.ts`,
)
const SPECS = readdirSync('test/browser')
  .filter(
    (name) =>
      name.endsWith('.spec.ts') && !/^(look|access|languages|soak|table|server|docs|debug|configurator)/.test(name),
  )
  .map((name) => `test/browser/${name}`)
const WORK = '.cache/mutation'
const OUT = 'test-results/mutation'
const KNOWN = join(OUT, 'browser.json')

function gate() {
  return readdirSync('src/core/gate')
    .filter((name) => name !== 'condition.ts')
    .map((name) => `gate/${name.slice(0, -'.ts'.length)}`)
}

/** @returns the mutants; the build that has them all is in WORK */
async function instrument() {
  rmSync(WORK, { recursive: true, force: true })
  cpSync('src', join(WORK, 'src'), { recursive: true })
  const quiet = Object.fromEntries(
    ['debug', 'info', 'warn', 'error', 'isDebugEnabled'].map((name) => [name, () => false]),
  )
  const files = MUTATED.map((name) => ({ name, mutate: true, content: readFileSync(name, 'utf8') }))
  const { files: made, mutants } = await new Instrumenter(quiet).instrument(files, {
    plugins: null,
    excludedMutations: [],
    ignorers: [],
    noHeader: false,
  })
  for (const { name, content } of made) writeFileSync(join(WORK, name), content)
  const css = cssText()
  await build({
    entryPoints: [join(WORK, 'src/script.ts')],
    outfile: join(WORK, 'crumbgate.js'),
    bundle: true,
    format: 'iife',
    target: 'es2020',
    define: { VERSION: JSON.stringify(JSON.parse(readFileSync('package.json', 'utf8')).version) },
    plugins: [
      {
        name: 'css',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /\.css(\?important)?$/ }, ({ path, importer }) => ({
            path: css.resolveId(path, importer),
            namespace: 'css',
          }))
          onLoad({ filter: /.*/, namespace: 'css' }, ({ path }) => ({ contents: css.load(path) }))
        },
      },
    ],
  })
  return mutants
}

/** @returns how many tests were green, and how many red */
async function play(parameters, env) {
  const report = join(ROOT, WORK, `report-${env.MUTANT ?? 'none'}.json`)
  const child = spawn('npx', ['playwright', 'test', '--project=chromium', '--reporter=json', ...parameters], {
    stdio: 'ignore',
    env: {
      ...process.env,
      MUTATED_BUILD: join(ROOT, WORK, 'crumbgate.js'),
      PLAYWRIGHT_JSON_OUTPUT_FILE: report,
      ...env,
    },
  })
  await new Promise((resolve) => child.once('close', resolve))
  const { stats } = JSON.parse(readFileSync(report, 'utf8'))
  return { green: stats.expected, red: stats.unexpected }
}

/** Lines around a mutant that tell which tests are about its place. */
const NEAR = 6

/** @returns for each mutant the tests that reach it, as lines of a test list, those first that are most about its place */
async function reach(mutants) {
  const folder = join(WORK, 'reached')
  mkdirSync(folder)
  console.log('Every test once, to see which mutants it reaches.')
  const { green, red } = await play(SPECS, { MUTANTS_REACHED: join(ROOT, folder) })
  console.log(`${green} green, ${red} red, which are left out.`)
  const tests = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')))
  const byMutant = new Map(mutants.map(({ id }) => [id, []]))
  for (const { test, mutants: ids } of tests) for (const id of ids) byMutant.get(id)?.push(test)
  // What every test comes past says nothing; what few come to is what these few are about.
  const weights = new Map([...byMutant].map(([id, list]) => [id, 1 / list.length]))
  const reachedBy = new Map(tests.map(({ test, mutants: ids }) => [test, new Set(ids)]))
  const isNear = (one, other) =>
    one.fileName === other.fileName && Math.abs(one.location.start.line - other.location.start.line) <= NEAR
  for (const mutant of mutants) {
    const near = mutants.filter((other) => isNear(mutant, other)).map(({ id }) => id)
    const scoreOf = (test) => near.reduce((sum, id) => sum + (reachedBy.get(test).has(id) ? weights.get(id) : 0), 0)
    const scored = byMutant.get(mutant.id).map((test) => [scoreOf(test), test])
    byMutant.set(
      mutant.id,
      scored.sort(([a], [b]) => b - a).map(([, test]) => test),
    )
  }
  return byMutant
}

const everySo = (list, count) =>
  list.filter(
    (_, index) => Math.floor((index * count) / list.length) !== Math.floor(((index - 1) * count) / list.length),
  )

async function judge({ id }, tests) {
  if (!tests?.length) return 'not reached'
  const list = join(WORK, `tests-${id}.txt`)
  writeFileSync(list, tests.slice(0, Number(options.most)).join('\n'))
  const { green, red } = await play(['-x', '--workers=1', '--timeout=20000', `--test-list=${list}`], { MUTANT: id })
  if (green + red === 0) throw new Error(`None of the tests in ${list} was run.`)
  return red > 0 ? 'killed' : 'survived'
}

/** Changes with the text of its file: then it is judged again. */
const nameOf = ({ fileName, location: { start }, mutatorName, replacement }) =>
  `${fileName} (${hashOf(fileName)}) ${start.line + 1}:${start.column} ${mutatorName}: ${replacement.slice(0, 200)}`
const hashOf = (file) => createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 8)

async function main() {
  mkdirSync(OUT, { recursive: true })
  if (options.fresh) rmSync(KNOWN, { force: true })
  const known = existsSync(KNOWN) ? JSON.parse(readFileSync(KNOWN, 'utf8')) : {}
  const mutants = await instrument()
  const only = options.only?.split(',').map((name) => `/${name}.ts`)
  const wanted = only ? mutants.filter(({ fileName }) => only.some((end) => fileName.endsWith(end))) : mutants
  const chosen = options.sample ? everySo(wanted, Number(options.sample)) : wanted
  const tests = await reach(mutants)
  // What lived may have a test now.
  const left = chosen.filter((mutant) => known[nameOf(mutant)] !== 'killed')
  console.log(`${mutants.length} mutants, ${chosen.length} chosen, ${left.length} to be judged.`)
  const work = async () => {
    for (let mutant = left.shift(); mutant; mutant = left.shift()) {
      const verdict = await judge(mutant, tests.get(mutant.id))
      known[nameOf(mutant)] = verdict
      writeFileSync(KNOWN, JSON.stringify(known, null, 1))
      if (verdict !== 'killed') console.log(`${verdict}: ${nameOf(mutant)}`)
    }
  }
  await Promise.all([work(), work()])
  const verdicts = chosen.map((mutant) => known[nameOf(mutant)])
  for (const verdict of ['killed', 'survived', 'not reached'])
    console.log(`${verdict}: ${verdicts.filter((one) => one === verdict).length}`)
}

if (options.help) console.log(HELP)
else await main()
