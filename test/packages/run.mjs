// `npm run test:packages [-- names]`: the packed tarball, installed, built and used in a browser, with what sites are built
// with. Each folder beside this file is a site; with `--report file` the numbers go there, for `npm test`.
import { execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { chromium } from '@playwright/test'
import sirv from 'sirv'
import { CHROMIUM_FLAGS, findQuickChromium, requireChromium } from '../chromium.mjs'
import { freePort } from '../port.mjs'
import { check } from './check.mjs'

/** By folder: what is served where there is no `serve` script, and the pages that are checked. */
const SAMPLES = {
  html: {
    pages: {
      '/folder.html': {},
      '/cdn.html': { accept: 'Alle akzeptieren' },
      // Languages are fetched, which such a CDN does not allow; scripts are not.
      '/cdn-without-cors.html': { expected: /so they are English|CORS policy|ERR_FAILED/ },
      '/no-charset.html': { accept: '\u0391\u03c0\u03bf\u03b4\u03bf\u03c7\u03ae \u03cc\u03bb\u03c9\u03bd' },
      '/windows-1252.html': { accept: '\u0391\u03c0\u03bf\u03b4\u03bf\u03c7\u03ae \u03cc\u03bb\u03c9\u03bd' },
    },
  },
  'vite-react': { folder: 'dist' },
  'vite-vue': { folder: 'dist' },
  'vite-svelte': { folder: 'dist' },
  next: { pages: { '/': {}, '/script': {} } },
  astro: { folder: 'dist' },
  webpack: { folder: 'public' },
  esbuild: { folder: '.' },
}

const here = (path) => new URL(path, import.meta.url)
const temporary = mkdtempSync(join(tmpdir(), 'crumbgate-packages-'))
/** What has to be ended. */
const running = new Set()

const run = (cwd, command, ...args) =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: 'pipe', env: QUIET, maxBuffer: 2 ** 26 })
const QUIET = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ASTRO_TELEMETRY_DISABLED: '1', CI: '1' }

/** Serve a folder, or what an npm script of the sample serves; resolves with its address once it answers. */
async function serve(cwd, script, folder) {
  const port = await freePort()
  const address = `http://localhost:${port}`
  if (!script) {
    const server = createServer(sirv(join(cwd, folder), { dev: true, extensions: ['html'] })).listen(port, '127.0.0.1')
    const end = () => server.close() && server.closeAllConnections()
    running.add(end)
    return { address, end }
  }
  // In a group of its own, which ends with it.
  const child = spawn('npm', ['run', script], { cwd, env: { ...QUIET, PORT: `${port}` }, detached: true })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data))
  const end = () => {
    running.delete(end)
    if (child.exitCode === null) process.kill(-child.pid)
  }
  running.add(end)
  for (let tries = 0; tries < 600; tries++) {
    if (child.exitCode !== null) break
    const isThere = await fetch(address).then(
      () => true,
      () => false,
    )
    if (isThere) return { address, end }
    await wait(100)
  }
  end()
  throw new Error(`"npm run ${script}" serves nothing.\n${output}`)
}

async function test(browser, name, tarball) {
  const { pages = { '/': {} }, folder } = SAMPLES[name]
  const cwd = join(temporary, name)
  cpSync(here(`${name}/`), cwd, { recursive: true })
  const { scripts } = JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8'))
  run(cwd, 'npm', 'install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', tarball)
  if (scripts.build) run(cwd, 'npm', 'run', 'build')
  const passed = []
  // As it is deployed, and as it is developed: frameworks check more then.
  for (const script of [scripts.serve, scripts.dev && 'dev']) {
    if (script === undefined && passed.length) continue
    const { address, end } = await serve(cwd, script && (script === 'dev' ? 'dev' : 'serve'), folder)
    try {
      for (const [path, wanted] of Object.entries(pages)) {
        await check(browser, address + path, wanted)
        passed.push(path)
      }
    } finally {
      end()
    }
  }
  return passed.length
}

async function main() {
  const { values, positionals } = parseArgs({ options: { report: { type: 'string' } }, allowPositionals: true })
  const names = positionals.length ? positionals : Object.keys(SAMPLES)
  const unknown = names.filter((name) => !(name in SAMPLES))
  if (unknown.length) throw new Error(`No sample "${unknown.join('", "')}". Write ${Object.keys(SAMPLES).join(', ')}.`)
  requireChromium()
  const [{ filename }] = JSON.parse(run(here('../..'), 'npm', 'pack', '--json', '--pack-destination', temporary))
  const browser = await chromium.launch({ executablePath: findQuickChromium(), args: CHROMIUM_FLAGS })
  const failed = []
  for (const name of names) {
    const started = Date.now()
    try {
      const pages = await test(browser, name, join(temporary, filename))
      console.log(
        `ok     ${name}: ${pages} ${pages === 1 ? 'page' : 'pages'}, ${Math.round((Date.now() - started) / 1000)} s`,
      )
    } catch (error) {
      failed.push(name)
      console.log(`FAILED ${name}: ${[error.message, error.stdout, error.stderr].filter(Boolean).join('\n')}`)
    }
  }
  await browser.close()
  const passed = names.length - failed.length
  if (values.report) writeFileSync(values.report, JSON.stringify({ passed, failed: failed.length }))
  process.exitCode = failed.length ? 1 : 0
}

process.on('exit', () => {
  for (const end of running) end()
  rmSync(temporary, { recursive: true, force: true })
})
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1))
await main()
