import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'

/** Quiet and offline; without a sandbox only where root leaves no other way. */
export const CHROMIUM_FLAGS = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

function which(...names) {
  for (const name of names) {
    const { status, stdout } = spawnSync('which', [name], { encoding: 'utf8' })
    if (status === 0) return stdout.trim()
  }
  return undefined
}

/** Path of a Chromium: `CHROMIUM`, the system's, or the one that Playwright has downloaded. */
export function findChromium() {
  const own = chromium.executablePath()
  return (
    process.env.CHROMIUM ??
    which('chromium', 'chromium-browser', 'google-chrome') ??
    (existsSync(own) ? own : undefined)
  )
}

/**
 * Path of Chromium's headless shell, else of a Chromium: the same engine without the browser around it takes half the time.
 * It has no back/forward cache.
 */
export const findQuickChromium = () => process.env.CHROMIUM ?? which('chromium-headless-shell') ?? findChromium()

const isDebianRoot = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
const APT = 'apt-get update && apt-get install -y --no-install-recommends chromium chromium-headless-shell'

/** @returns whether that worked */
function attempt(command) {
  const { status } = spawnSync(command, { shell: true, stdio: 'inherit', timeout: 600_000 })
  if (status !== 0) console.log(`That did not work: ${command}`)
  return status === 0
}

/** A Chromium in any case, or an error that says how to get one. */
export function requireChromium() {
  if (!findChromium()) {
    console.log('No Chromium here: trying to get one.')
    if (!isDebianRoot || !attempt(APT)) attempt('npx playwright install chromium')
  } else if (isDebianRoot && !process.env.CHROMIUM && !which('chromium-headless-shell')) {
    console.log('No headless shell here, which is quicker: trying to get one.')
    attempt(APT)
  }
  const found = findChromium()
  if (found) return found
  throw new Error(
    'The browser tests need a Chromium. Install one (Debian: apt-get install chromium; elsewhere: npx playwright install chromium) or set CHROMIUM to its path.',
  )
}
