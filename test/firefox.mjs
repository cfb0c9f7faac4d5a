import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Path of a Firefox: `FIREFOX`, or the system's. */
export function findFirefox() {
  if (process.env.FIREFOX) return process.env.FIREFOX
  const { status, stdout } = spawnSync('sh', ['-c', 'command -v firefox-esr || command -v firefox'], {
    encoding: 'utf8',
  })
  return status === 0 ? stdout.trim() : undefined
}

/** Have a Firefox if it can be had; else say that its tests are skipped, and why. */
export function wantFirefox() {
  if (!findFirefox() && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('No Firefox here: trying to get one.')
    const command = 'apt-get update && apt-get install -y --no-install-recommends firefox-esr'
    spawnSync(command, { shell: true, stdio: 'inherit', timeout: 600_000 })
  }
  if (!findFirefox())
    console.log('The tests in Firefox are skipped: there is none here (Debian: apt-get install firefox-esr)')
}
