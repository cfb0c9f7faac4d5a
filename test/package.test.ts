import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { build } from 'esbuild'
import { expect, it } from 'vitest'
import { PAGES, withTag } from '../build/sri-tag.mjs'

// What a stranger gets from npm. `npm run test:packages` uses it as they do.

const root = join(import.meta.dirname, '..')
const bytes = (file: string) => readFileSync(join(root, file))
const json = (file: string) => JSON.parse(bytes(file).toString())

const [{ files }] = JSON.parse(
  execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: root, encoding: 'utf8' }),
)
const shipped: string[] = files.map(({ path }: { path: string }) => path)
const shippedAs = (ending: RegExp) => shipped.filter((file) => ending.test(file))

it('is complete', () => {
  expect(shipped).toEqual(expect.arrayContaining(['CHANGELOG.md', 'LICENSE', 'README.md', 'dist/sri.json']))
  const entries = JSON.stringify([json('package.json').exports, json('package.json').bin])
  for (const [, entry = ''] of entries.matchAll(/"\.\/([^"]+\.\w+)"/g)) expect(shipped).toContain(entry)
  expect(shipped.filter((file) => !/^(dist\/|(CHANGELOG|README)\.md$|LICENSE$|package\.json$)/.test(file))).toEqual([])
})

// A script is read in the encoding of the page. Texts that are fetched as JSON are always UTF-8.
it('its scripts are ASCII', () => {
  const scripts = shippedAs(/\.(js|css)$/)
  expect(scripts).toContain('dist/crumbgate.js')
  expect(scripts.filter((file) => bytes(file).some((byte) => byte > 127))).toEqual([])
})

it('has its sources in the source maps', () => {
  const maps = shippedAs(/\.map$/)
  expect(maps).toContain('dist/crumbgate.js.map')
  const lacking = maps.filter((file) => {
    const { sources, sourcesContent } = json(file)
    return sourcesContent?.length !== sources.length || sourcesContent.includes(null)
  })
  expect(lacking).toEqual([])
  for (const file of shippedAs(/\.js$/)) {
    const [, map] = /\/\/# sourceMappingURL=(\S+)/.exec(bytes(file).toString()) ?? []
    if (map) expect(existsSync(join(root, file, '..', map)), map).toBe(true)
  }
})

it('names the hash of each script, here and in the pages that show the tag', () => {
  const sri = json('dist/sri.json')
  const scripts = shippedAs(/^dist\/crumb[\w-]*\.js$/)
  const hashes = scripts.map((file) => [
    file.replace('dist/', ''),
    `sha384-${createHash('sha384').update(bytes(file)).digest('base64')}`,
  ])
  expect(hashes.length).toBeGreaterThan(7)
  expect(sri).toEqual({ version: json('package.json').version, files: Object.fromEntries(hashes) })
  for (const name of PAGES) {
    const page = bytes(name).toString()
    expect(withTag(page, sri)).toBe(page)
    expect(page).toContain(`integrity="${sri.files['crumbgate.js']}"`)
  }
})

it('crumbgate/core brings nothing of the dialog, and nothing of others', async () => {
  const inputsOf = async (entry: string) => {
    const { metafile } = await build({
      stdin: { contents: `import { createConsent } from '${entry}'; createConsent()`, resolveDir: root },
      bundle: true,
      write: false,
      metafile: true,
      outdir: 'out',
      format: 'esm',
      splitting: true,
    })
    return Object.keys(metafile.inputs).filter((file) => file !== '<stdin>')
  }
  const core = await inputsOf('crumbgate/core')
  expect(core).toContain('dist/core.js')
  expect(core.filter((file) => !shipped.includes(relative(root, join(root, file))))).toEqual([])
  expect(core.filter((file) => /dialog|locales|rich|wording|open/.test(file))).toEqual([])
  const text = core.map((file) => bytes(file).toString()).join('')
  for (const word of ['preact', 'showModal', 'showPopover']) expect(text).not.toContain(word)
  // So that the words above would be found.
  const whole = await inputsOf('crumbgate')
  expect(whole).toContain('dist/dialog.js')
  expect(whole.filter((file) => !shipped.includes(file))).toEqual([])
})
