import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/**
 * Install Debian's packages, where this is Debian and we may.
 * @param {...string} packages
 * @returns {boolean} whether that worked
 */
export function aptInstall(...packages) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false
  console.log(`Trying to install ${packages.join(', ')}.`)
  const install = `apt-get install -y --no-install-recommends ${packages.join(' ')}`
  const { status } = spawnSync(`apt-get update && ${install}`, {
    shell: true,
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: 600_000,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  if (status !== 0) console.log('That did not work.')
  return status === 0
}

/**
 * @param {...string} names
 * @returns {string | undefined} path of the first of them that is there
 */
export function which(...names) {
  for (const name of names) {
    const { status, stdout } = spawnSync('which', [name], { encoding: 'utf8' })
    if (status === 0) return stdout.trim()
  }
  return undefined
}
