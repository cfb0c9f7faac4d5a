// `npm test`: on a fresh clone too, so nothing from node_modules before it is installed.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))

let passed = 0
let failed = 0

function count(title, ok) {
  if (ok) passed += 1
  else failed += 1
  if (!ok) console.log(`FAILED: ${title}`)
  return ok
}

function step(title, run) {
  console.log(`\n--- ${title}`)
  return count(title, run())
}

const shell = (command) => spawnSync(command, { shell: true, stdio: 'inherit' }).status === 0

/** The same beside others; what it says comes at its end. */
async function beside(title, command) {
  const child = spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const said = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => said.push(data))
  const [status] = await once(child, 'close')
  console.log(`\n--- ${title}\n${Buffer.concat(said)}`)
  count(title, status === 0)
}

/** Run a test runner that writes a report; its tests count one by one. */
function suite(title, command, report, countIn) {
  rmSync(report, { force: true })
  step(title, () => {
    const ok = shell(command)
    if (!existsSync(report)) return false
    const [good, bad] = countIn(JSON.parse(readFileSync(report, 'utf8')))
    passed += good
    failed += bad
    return ok && good > 0
  })
}

async function main() {
  mkdirSync('test-results', { recursive: true })
  if (!existsSync('node_modules/.package-lock.json') && !step('install', () => shell('npm ci --no-audit --no-fund')))
    return

  // Beside dist, since source maps hold relative paths.
  const build = 'OUT_DIR=dist-check npx rollup -c --silent && diff -rq dist dist-check'
  await Promise.all([
    // Mostly waits for the net and the disk. What cannot be had is told of again before the tests that are skipped for it.
    beside('browsers', 'node test/browser/install.mjs'),
    beside('types', 'npx tsc'),
    beside('lint', 'npx biome check . && npx knip')
      .then(() =>
        beside(
          'the build reproduces dist',
          `${build} || (echo "dist is not what the source builds to. Run: npm run build, and commit dist"; exit 1)`,
        ),
      )
      .then(() => beside('size limits', 'npx size-limit'))
      .then(() => beside('package', 'npm run --silent check:package')),
  ])
  suite(
    'unit tests',
    'npx vitest run --coverage --reporter=default --reporter=json --outputFile=test-results/unit.json',
    'test-results/unit.json',
    (report) => [report.numPassedTests, report.numFailedTests],
  )
  suite('browser tests', 'node test/browser/run.mjs', 'test-results/browser.json', ({ stats }) => [
    stats.expected,
    stats.unexpected + stats.flaky,
  ])
  suite(
    'the packed package on sites (all: npm run test:packages)',
    'node test/packages/run.mjs html vite-react --report test-results/packages.json',
    'test-results/packages.json',
    ({ passed, failed }) => [passed, failed],
  )
}

await main()
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
