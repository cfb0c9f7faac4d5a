// Mutation testing of the parts of the core that only a browser can test: `npm run test:mutants [-- options]`.
//
// Stryker's instrumenter puts all mutants into one build, each behind a switch. A first run of the browser tests tells which
// test reaches which mutant. Then come rounds: in each, every mutant that still lives meets more of the tests that reach it.
// A test runs as often as it has mutants to meet (build.ts), so browsers start once in a round and not once a mutant. Mutants
// that have lived long meet a test many at a time: where it stays green they all live, where it is red their halves meet it.
// The end may be hours away: what is known is kept in test-results/mutation/browser.json, and a later call goes on from there.
import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
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
  --since main~3  mutants of lines that have changed since this commit alone (all)
  --tests 'random|async'   these tests alone: a pattern of their file and title (all)
  --most 12       so many rounds: tests that reach a mutant, those first that are most about its place
  --fresh         forget what is known`
const { values: options } = parseArgs({
  options: {
    sample: { type: 'string' },
    only: { type: 'string' },
    since: { type: 'string' },
    tests: { type: 'string', default: '' },
    most: { type: 'string', default: '12' },
    fresh: { type: 'boolean' },
    help: { type: 'boolean' },
  },
})

/** The others are tested without a browser: units.json. Of cookies both test a part. */
const MUTATED = ['consent', 'cookie', 'memory', 'nowhere', 'page', 'lifecycle', 'screen', ...gate()].map(
  (name) => `src/core/${name}.ts`,
)
const SPECS = readdirSync('test/browser')
  .filter(
    (name) =>
      name.endsWith('.spec.ts') && !/^(look|access|languages|soak|table|server|docs|debug|configurator)/.test(name),
  )
  .map((name) => `test/browser/${name}`)
const WORK = '.cache/mutation'
const BUILD = join(WORK, 'crumbgate.js')
const OUT = 'test-results/mutation'
const KNOWN = join(OUT, 'browser.json')
const REACHED = join(OUT, 'reached.json')

function gate() {
  return readdirSync('src/core/gate')
    .filter((name) => name !== 'condition.ts')
    .map((name) => `gate/${name.slice(0, -'.ts'.length)}`)
}

/** @returns the mutants; the build that has them all is BUILD */
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
  // Several at once.
  const several = (text) => text.replace('ns.activeMutant === id', 'ns.activeMutant.includes(id)')
  for (const { name, content } of made) writeFileSync(join(WORK, name), several(content))
  const css = cssText()
  await build({
    entryPoints: [join(WORK, 'src/script.ts')],
    outfile: BUILD,
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

/** Run tests on the build with all mutants. */
async function play(parameters, env) {
  const child = spawn('npx', ['playwright', 'test', '--project=chromium', '--reporter=null', ...parameters], {
    stdio: 'ignore',
    env: { ...process.env, MUTATED_BUILD: join(ROOT, BUILD), ...env },
  })
  await new Promise((resolve) => child.once('close', resolve))
}

/**
 * @param known whose mutants are to meet a test again that has changed
 * @returns the green tests, each with the mutants that it reaches; only what has changed is run
 */
async function reachAll(known) {
  const build = hashOf(BUILD)
  const before = existsSync(REACHED) ? JSON.parse(readFileSync(REACHED, 'utf8')) : {}
  const kept = before.build === build ? before : { specs: {}, tests: [] }
  const specs = Object.fromEntries(SPECS.map((name) => [name, hashOf(name)]))
  const changed = SPECS.filter((name) => kept.specs[name] !== specs[name])
  const folder = join(WORK, 'reached')
  mkdirSync(folder)
  if (changed.length) {
    console.log(`Every test once, to see which mutants it reaches: ${changed.length} files.`)
    await play(changed, { MUTANTS_REACHED: join(ROOT, folder) })
  }
  const found = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')))
  const isOf = (names) => (test) => names.some((name) => test.startsWith(`${basename(name)}:`))
  const isChanged = isOf(changed)
  const isOther = isOf(SPECS.filter((name) => before.specs?.[name] && before.specs[name] !== specs[name]))
  for (const one of Object.values(known)) one.lived = one.lived?.filter((test) => !isOther(test))
  const tests = [...kept.tests.filter(({ test }) => !isChanged(test)), ...found]
  writeFileSync(REACHED, JSON.stringify({ build, specs, tests }))
  return tests
}

/** Lines around a mutant that tell which tests are about its place. */
const NEAR = 6

/** What counts as much as being the only test that comes there: it has found another mutant near by. */
const KILLED = 1

/**
 * @param known for each mutant the test that it was `killedBy`, or those under which it has `lived`
 * @returns how often a test finds something
 */
function ratesOf(known) {
  const rates = new Map()
  const count = (test, kills) => {
    const [all, red] = rates.get(test) ?? [0, 0]
    rates.set(test, [all + 1, red + kills])
  }
  for (const { killedBy, lived = [] } of Object.values(known)) {
    if (killedBy) count(killedBy, 1)
    for (const test of lived) count(test, 0)
  }
  // Of which little is known is in the middle.
  return (test) => {
    const [all, red] = rates.get(test) ?? [0, 0]
    return (red + 1) / (all + 3)
  }
}

/**
 * @returns byMutant: for each mutant the tests that reach it, as lines of a test list, those first that are most about its
 * place, have found most, and take little time; durations: of each test without a mutant, in milliseconds
 */
async function reach(mutants, known) {
  const rateOf = ratesOf(known)
  const green = await reachAll(known)
  const pattern = new RegExp(options.tests)
  const tests = green.filter(({ test }) => pattern.test(test))
  console.log(`${green.length} tests were green; ${tests.length} count.`)
  const byMutant = new Map(mutants.map(({ id }) => [id, []]))
  for (const { test, mutants: ids } of tests) for (const id of ids) byMutant.get(id)?.push(test)
  // What every test comes past says nothing; what few come to is what these few are about.
  const weights = new Map([...byMutant].map(([id, list]) => [id, 1 / list.length]))
  const durations = new Map(tests.map(({ test, duration }) => [test, duration]))
  const reachedBy = new Map(tests.map(({ test, mutants: ids }) => [test, new Set(ids)]))
  // What is within a block is about the block.
  const isNear = ({ fileName, location: { start, end } }, other) =>
    fileName === other.fileName &&
    other.location.start.line >= start.line - NEAR &&
    other.location.start.line <= end.line + NEAR
  const killerOf = new Map(mutants.map((mutant) => [mutant.id, known[nameOf(mutant)]?.killedBy]))
  for (const mutant of mutants) {
    const near = mutants.filter((other) => isNear(mutant, other)).map(({ id }) => id)
    const worth = (test, id) =>
      (reachedBy.get(test).has(id) ? weights.get(id) : 0) + (killerOf.get(id) === test ? KILLED : 0)
    const scoreOf = (test) => near.reduce((sum, id) => sum + worth(test, id), 0)
    const scored = byMutant
      .get(mutant.id)
      .map((test) => [(scoreOf(test) * rateOf(test)) / Math.sqrt(durations.get(test)), test])
    byMutant.set(
      mutant.id,
      scored.sort(([a], [b]) => b - a).map(([, test]) => test),
    )
  }
  return { byMutant, durations }
}

/** @returns whether a mutant touches a line that has changed since a commit */
function changedSince(commit) {
  const diff = execFileSync('git', ['diff', '--unified=0', commit, '--', ...MUTATED], { encoding: 'utf8' })
  const hunks = diff.split(/^diff --git /m).flatMap((part) => {
    const fileName = part.match(/^\+\+\+ b\/(.+)$/m)?.[1]
    return [...part.matchAll(/^@@ -\S+ \+(\d+)(?:,(\d+))? @@/gm)].map(([, from, count = '1']) => ({
      fileName,
      from: Number(from) - 1,
      to: Number(from) - 1 + Number(count),
    }))
  })
  return ({ fileName, location: { start, end } }) =>
    hunks.some((hunk) => hunk.fileName === fileName && start.line < hunk.to && end.line >= hunk.from)
}

const everySo = (list, count) =>
  list.filter(
    (_, index) => Math.floor((index * count) / list.length) !== Math.floor(((index - 1) * count) / list.length),
  )

/** How often a test runs at a time at most. Workers and browsers start again for each repetition, and not for each test. */
const TIMES = 32

/** How many mutants meet a test at once at most: more of them would too often hide one another. */
const TOGETHER = 32

/** Meetings before those that were red are looked into: what is found then need not be met again. */
const AT_A_TIME = 256

/**
 * Run tests on mutants.
 * @param meetings a test, as a line of a test list, and the numbers of the mutants that meet it together
 * @param durations of each test without a mutant, in milliseconds: what takes far longer is red
 * @param judged called now and then with all results so far: a test, the mutants, and whether the test was red
 */
async function meet(meetings, durations, judged) {
  const plan = {}
  for (const { test, ids } of meetings) {
    plan[test] ??= { mutants: [], timeout: 4000 + 3 * durations.get(test) }
    plan[test].mutants.push(ids)
  }
  const list = join(WORK, 'tests.txt')
  const planned = join(ROOT, WORK, 'plan.json')
  const results = join(ROOT, WORK, 'results.txt')
  writeFileSync(list, Object.keys(plan).join('\n'))
  writeFileSync(planned, JSON.stringify(plan))
  writeFileSync(results, '')
  const read = () => {
    // The last line may be half written.
    const lines = readFileSync(results, 'utf8').split('\n').slice(0, -1)
    judged(lines.map((line) => JSON.parse(line)))
    return lines.length > 0
  }
  const reading = setInterval(read, 10_000)
  const times = Math.max(...Object.values(plan).map(({ mutants }) => mutants.length))
  await play([`--repeat-each=${times}`, `--test-list=${list}`], {
    MUTANTS_PLANNED: planned,
    MUTANTS_RESULTS: results,
  })
  clearInterval(reading)
  if (!read()) throw new Error(`None of the tests in ${list} was run.`)
}

/** One would hide the other. */
const isWithin = (one, other) =>
  one.fileName === other.fileName &&
  one.location.start.line <= other.location.end.line &&
  other.location.start.line <= one.location.end.line

/** @returns the mutants in groups of at most that size, in each of which no two stand in one place */
function groupsOf(mutants, size) {
  const groups = Array.from({ length: Math.ceil(mutants.length / size) }, () => [])
  mutants.forEach((mutant, index) => {
    const fits = (group) => group.length < size && !group.some((other) => isWithin(mutant, other))
    // Neighbours go to different groups.
    const at = groups.findIndex((_, step) => fits(groups[(index + step) % groups.length]))
    if (at < 0) groups.push([mutant])
    else groups[(index + at) % groups.length].push(mutant)
  })
  return groups
}

/** @returns the meetings of a round: for each mutant the next tests; who finds a test taken waits for the next round */
function meetingsOf(living, tests, known) {
  const livedOf = (mutant) => known[nameOf(mutant)].lived ?? []
  // The more tests a mutant has met, the less likely the next one will find it.
  const lived = living.reduce((sum, one) => sum + livedOf(one).length, 0) / living.length
  const size = Math.min(TOGETHER, 1 + Math.floor(2 * lived))
  const byTest = new Map()
  for (const mutant of living) {
    const next = tests
      .get(mutant.id)
      .filter((test) => !livedOf(mutant).includes(test) && (byTest.get(test)?.length ?? 0) < TIMES * size)
    for (const test of next.slice(0, size)) byTest.set(test, [...(byTest.get(test) ?? []), mutant])
  }
  return [...byTest].flatMap(([test, mutants]) =>
    groupsOf(mutants, size)
      .slice(0, TIMES)
      .map((group) => ({ test, ids: group.map(({ id }) => id) })),
  )
}

/** @returns what is to be run again after a red test, to know who it was: halves, without those who are known by now */
function halvesOf({ test, ids }, isLiving) {
  const living = ids.filter(isLiving)
  const half = living.length === ids.length ? Math.ceil(ids.length / 2) : ids.length
  return [living.slice(0, half), living.slice(half)].filter((part) => part.length).map((part) => ({ test, ids: part }))
}

/** @returns those in which no mutant is twice, since the first may find it; and the others */
function apart(meetings) {
  const seen = new Set()
  const now = []
  const later = []
  for (const meeting of meetings) {
    const isFirst = !meeting.ids.some((id) => seen.has(id))
    ;(isFirst ? now : later).push(meeting)
    if (isFirst) for (const id of meeting.ids) seen.add(id)
  }
  return [now, later]
}

/** Changes with the text of its file: then it is judged again. */
const nameOf = ({ fileName, location: { start }, mutatorName, replacement }) =>
  `${fileName} (${hashOf(fileName)}) ${start.line + 1}:${start.column} ${mutatorName}: ${replacement.slice(0, 200)}`
const hashOf = (file) => createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 8)

async function main() {
  mkdirSync(OUT, { recursive: true })
  if (options.fresh) for (const file of [KNOWN, REACHED]) rmSync(file, { force: true })
  const known = existsSync(KNOWN) ? JSON.parse(readFileSync(KNOWN, 'utf8')) : {}
  const mutants = await instrument()
  const only = options.only?.split(',').map((name) => `/${name}.ts`)
  const isChanged = options.since ? changedSince(options.since) : () => true
  const wanted = mutants.filter(
    (mutant) => isChanged(mutant) && (!only || only.some((end) => mutant.fileName.endsWith(end))),
  )
  const chosen = options.sample ? everySo(wanted, Number(options.sample)) : wanted
  const { byMutant: tests, durations } = await reach(mutants, known)
  const isKilled = (mutant) => Boolean(known[nameOf(mutant)]?.killedBy)
  // What lived may have a test now.
  const left = chosen.filter((mutant) => !isKilled(mutant))
  console.log(`${mutants.length} mutants, ${chosen.length} chosen, ${left.length} to be judged.`)
  for (const mutant of left) known[nameOf(mutant)] ??= {}
  const byId = new Map(left.map((mutant) => [mutant.id, mutant]))
  const isLiving = (id) => !isKilled(byId.get(id))
  const judge = (test, ids, isRed) => {
    for (const name of ids.filter(isLiving).map((id) => nameOf(byId.get(id)))) {
      if (!isRed) known[name] = { lived: [...new Set([...(known[name].lived ?? []), test])] }
      else if (ids.length === 1) known[name] = { killedBy: test }
    }
  }
  /** @returns those that were red with more than one mutant */
  async function judged(meetings) {
    let results = []
    await meet(meetings, durations, (all) => {
      results = all
      for (const { test, ids, isRed } of results) judge(test, ids, isRed)
      writeFileSync(KNOWN, JSON.stringify(known, null, 1))
    })
    console.log(`${meetings.length} meetings, ${left.filter(isKilled).length} were killed.`)
    return results.filter(({ ids, isRed }) => isRed && ids.length > 1)
  }
  for (let round = 1; round <= Number(options.most); round += 1) {
    const living = left.filter((mutant) => !isKilled(mutant))
    const meetings = living.length ? meetingsOf(living, tests, known) : []
    if (!meetings.length) break
    console.log(`Round ${round}: ${meetings.length} meetings, ${AT_A_TIME} at a time.`)
    for (let at = 0; at < meetings.length; at += AT_A_TIME) {
      // Without those that were found meanwhile.
      const some = meetings
        .slice(at, at + AT_A_TIME)
        .map(({ test, ids }) => ({ test, ids: ids.filter(isLiving) }))
        .filter(({ ids }) => ids.length)
      let red = some.length ? await judged(some) : []
      while (red.length) {
        const [now, later] = apart(red)
        const halves = now.flatMap((meeting) => halvesOf(meeting, isLiving))
        red = [...later, ...(halves.length ? await judged(halves) : [])]
      }
    }
  }
  const verdictOf = (mutant) => (isKilled(mutant) ? 'killed' : tests.get(mutant.id).length ? 'survived' : 'not reached')
  for (const mutant of chosen) if (!isKilled(mutant)) console.log(`${verdictOf(mutant)}: ${nameOf(mutant)}`)
  for (const verdict of ['killed', 'survived', 'not reached'])
    console.log(`${verdict}: ${chosen.filter((mutant) => verdictOf(mutant) === verdict).length}`)
}

if (options.help) console.log(HELP)
else await main()
