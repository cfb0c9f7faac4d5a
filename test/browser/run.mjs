// The browser tests, with a browser to run them in.
import { spawnSync } from 'node:child_process'
import { requireChromium } from '../chromium.mjs'
import { wantFirefox } from '../firefox.mjs'
import { wantWebKit } from '../webkit/webdriver.mjs'

requireChromium()
wantFirefox()
wantWebKit()
const { status } = spawnSync('npx', ['playwright', 'test', ...process.argv.slice(2)], { stdio: 'inherit' })
process.exitCode = status ?? 1
