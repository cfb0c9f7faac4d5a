// The browser tests, with a browser to run them in.
import { spawnSync } from 'node:child_process'
import './install.mjs'

const { status } = spawnSync('npx', ['playwright', 'test', ...process.argv.slice(2)], { stdio: 'inherit' })
process.exitCode = status ?? 1
