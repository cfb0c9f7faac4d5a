import { execFileSync, spawnSync } from 'node:child_process'
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

/** Path of a Chromium: `CHROMIUM`, the system's, or the one that Playwright has downloaded. */
export function findChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    const { status, stdout } = spawnSync('which', [name], { encoding: 'utf8' })
    if (status === 0) return stdout.trim()
  }
  const own = chromium.executablePath()
  return existsSync(own) ? own : undefined
}

/** A Chromium in any case, or an error that says how to get one. */
export function requireChromium() {
  const found = findChromium()
  if (found) return found
  console.log('No Chromium here: trying to get one.')
  const attempts = [['npx', ['playwright', 'install', 'chromium']]]
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    attempts.push(['sh', ['-c', 'apt-get update && apt-get install -y --no-install-recommends chromium']])
  }
  for (const [command, args] of attempts) {
    try {
      execFileSync(command, args, { stdio: 'inherit', timeout: 600_000 })
      const path = findChromium()
      if (path) return path
    } catch {
      console.log(`That did not work: ${command} ${args.join(' ')}`)
    }
  }
  throw new Error(
    'The browser tests need a Chromium. Install one (Debian: apt-get install chromium; elsewhere: npx playwright install chromium) or set CHROMIUM to its path.',
  )
}
