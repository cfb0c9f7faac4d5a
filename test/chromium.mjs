import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { aptInstall, which } from './apt.mjs'

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

/** A Chromium in any case, or an error that says how to get one. */
export function requireChromium() {
  const packages = ['chromium', 'chromium-headless-shell']
  if (!findChromium()) {
    if (!aptInstall(...packages)) spawnSync('npx playwright install chromium', { shell: true, stdio: 'inherit' })
  } else if (!process.env.CHROMIUM && !which('chromium-headless-shell')) {
    aptInstall(...packages)
  }
  const found = findChromium()
  if (found) return found
  throw new Error(
    'The browser tests need a Chromium. Install one (Debian: apt-get install chromium; elsewhere: npx playwright install chromium) or set CHROMIUM to its path.',
  )
}
