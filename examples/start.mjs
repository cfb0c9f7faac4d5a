// `npm start`: on a fresh clone too, so nothing from node_modules before it is installed.
import { execSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
const run = (command) => execSync(command, { stdio: 'inherit' })

if (!existsSync('node_modules/.package-lock.json')) run('npm ci --no-audit --no-fund')
run('npx rollup -c --silent')
run('node docs/site/build.mjs')

const { serveExamples } = await import('./site.mjs')
const wanted = Number(process.env.PORT ?? 8080)
// Taken already: any free one will do.
const { origin, password } = await serveExamples(wanted).catch(() => serveExamples(0))
console.log(`
Crumbgate (stop with Ctrl+C):
  ${origin}/docs/      the documentation
  ${origin}/shop/      a shop with four real third-party scripts
  ${origin}/server/    the same behind a server that knows the choice
  ${origin}/server/owner   what it keeps as proof (user owner, password ${password})
  ${origin}/gallery/   every state of the dialog`)
