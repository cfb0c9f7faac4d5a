import { aptInstall, which } from './apt.mjs'

/** Path of a Firefox: `FIREFOX`, or the system's. */
export const findFirefox = () => process.env.FIREFOX ?? which('firefox-esr', 'firefox')

/** Have a Firefox if it can be had; else say that its tests are skipped, and why. */
export function wantFirefox() {
  if (findFirefox() || (aptInstall('firefox-esr') && findFirefox())) return
  console.log('The tests in Firefox are skipped: there is none here (Debian: apt-get install firefox-esr)')
}
