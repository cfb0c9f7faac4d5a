// `npm test`: on a fresh clone too, so nothing from node_modules before it is installed.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))

let passed = 0
let failed = 0

function step(title, run) {
  console.log(`\n--- ${title}`)
  const ok = run()
  if (ok) passed += 1
  else failed += 1
  if (!ok) console.log(`FAILED: ${title}`)
  return ok
}

const shell = (command, env = {}) =>
  spawnSync(command, { shell: true, stdio: 'inherit', env: { ...process.env, ...env } }).status === 0

/** Run a test runner that writes a report; its tests count one by one. */
function suite(title, command, report, count) {
  rmSync(report, { force: true })
  step(title, () => {
    const ok = shell(command)
    if (!existsSync(report)) return false
    const [good, bad] = count(JSON.parse(readFileSync(report, 'utf8')))
    passed += good
    failed += bad
    return ok && good > 0
  })
}

function main() {
  mkdirSync('test-results', { recursive: true })
  if (!existsSync('node_modules/.package-lock.json') && !step('install', () => shell('npm ci --no-audit --no-fund')))
    return

  step('types', () => shell('npx tsc'))
  step('lint', () => shell('npx biome check . && npx knip'))
  suite(
    'unit tests',
    'npx vitest run --coverage --reporter=default --reporter=json --outputFile=test-results/unit.json',
    'test-results/unit.json',
    (report) => [report.numPassedTests, report.numFailedTests],
  )
  // Beside dist, since source maps hold relative paths.
  step('the build reproduces dist', () => {
    const built = shell('npx rollup -c --silent', { OUT_DIR: 'dist-check' })
    const same = built && shell('diff -rq dist dist-check')
    if (built && !same) console.log('dist is not what the source builds to. Run: npm run build, and commit dist')
    return same
  })
  step('size limits', () => shell('npx size-limit'))
  step('package', () => shell('npm run --silent check:package'))
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

main()
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
