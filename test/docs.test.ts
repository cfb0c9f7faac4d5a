import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'
import ts from 'typescript'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { buildDocs } from '../docs/site/build.mjs'
import { slugOf } from '../docs/site/markdown.mjs'
import { compare, interfaceOf, namesInSource, withReference } from '../docs/site/reference.mjs'
import { parseRecord } from '../src/core/record'
import { kebab } from '../src/kebab'
import { LANGUAGES } from '../src/locales/index'
import { readReceipt } from '../src/receipts/read'
import * as services from '../src/services/index'
import { cookieFor } from '../src/testing'
import { blocks, isForServer, pages, ROOT, running } from './docs/blocks'

// What the pages say is so: their code runs, here or in `browser/docs.spec.ts`, their links lead somewhere, and nothing that
// has a name is left out.

const RUN = ['html', 'json', 'js', 'ts', 'css']
/** Nothing here can run them; `php` and `nginx` of the server's recipes run in `server/recipes.test.ts`. */
const SHOWN = ['sh', 'php', 'nginx', 'vcl', 'abnf', 'text', 'http', 'jsx', 'tsx', 'vue', 'svelte', 'astro']

const OUT = join(ROOT, 'test-results/docs')
const SITE = join(OUT, 'site')
const idsOf = (text: string) => [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => slugOf(title))
const page = (name: string) => pages.get(name) ?? ''

beforeAll(() => {
  rmSync(OUT, { recursive: true, force: true })
  mkdirSync(OUT, { recursive: true })
})

describe('blocks of code', () => {
  it('each has a language that is run, or is known not to be', () => {
    expect(blocks.filter(({ language }) => ![...RUN, ...SHOWN].includes(language)).map(({ name }) => name)).toEqual([])
    expect(
      blocks
        .filter(
          ({ language, word }) =>
            RUN.includes(language) && !['', 'types', 'norun', 'receipt', 'nonce', 'edge'].includes(word),
        )
        .map(({ name }) => name),
    ).toEqual([])
  })

  it('those that are not run are these, and the page says why', () => {
    const kept = blocks.filter(({ word }) => word === 'norun')
    expect(kept.map(({ page, text }) => `${page} ${text.split('\n')[0]}`)).toEqual([
      'docs/regions.md { "gpc": true, "lastUpdate": "2026-11-24" }',
      "docs/regions.md import { NextResponse } from 'next/server'",
      "docs/server.md import postgres from 'postgres'",
      "docs/server.md import { headers } from 'next/headers'",
      "docs/server.md import { NextResponse } from 'next/server'",
      "docs/server.md import postgres from 'postgres'",
      'docs/start.md <!-- Not run: this one is as it must not be. -->',
    ])
    for (const { page: name } of kept) expect(page(name)).toContain('Not run: ')
  })

  it('TypeScript is what the types allow', () => {
    const files = [...running('ts'), ...running('ts', 'types')].map(({ name, text }) => {
      const file = join(OUT, `${name.replace(/\W/g, '-')}.ts`)
      // A module, whatever is in it.
      writeFileSync(file, `${text}\nexport {}\n`)
      return file
    })
    // What the blocks take for granted.
    writeFileSync(
      join(OUT, 'given.d.ts'),
      "/// <reference types='vite/client' />\ndeclare const request: Request\ndeclare const response: Response\ndeclare const context: import('@playwright/test').BrowserContext\n",
    )
    writeFileSync(
      join(OUT, 'consent.ts'),
      "import { createConsent } from 'crumbgate'\nexport const consent = createConsent()\n",
    )
    writeFileSync(join(OUT, 'statistics.ts'), 'export function start(): void {}\n')
    const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile)
    const { options } = ts.convertCompilerOptionsFromJson(
      { ...config.compilerOptions, noUnusedLocals: false, noUnusedParameters: false },
      ROOT,
    )
    const program = ts.createProgram([...files, join(OUT, 'given.d.ts')], options)
    const problems = ts.getPreEmitDiagnostics(program).map(({ file, messageText, start = 0 }) => {
      const line = file ? file.getLineAndCharacterOfPosition(start).line + 1 : 0
      return `${file?.fileName}:${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`
    })
    expect(files.length).toBeGreaterThan(12)
    expect(problems).toEqual([])
  }, 60_000)

  it.each(running('ts').filter(isForServer))('for a server: $name', async ({ name, text }) => {
    const given = 'const request = new Request("https://shop.example/"), response = new Response("")\n'
    const file = join(OUT, `${name.replace(/\W/g, '-')}.mjs`)
    const { outputFiles } = await build({
      stdin: { contents: `${given}${text.replace("'receipts.db'", "':memory:'")}`, loader: 'ts', resolveDir: ROOT },
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      external: ['libsql'],
      logLevel: 'error',
      write: false,
    })
    writeFileSync(file, outputFiles[0]?.text ?? '')
    await import(file)
  })

  it('functions at the edge tell the region', async () => {
    const [worker, edge, cloudFront, ...others] = running('js', 'edge').map(({ text }) => text)
    expect(others).toEqual([])
    const load = async (name: string, text = '') => {
      writeFileSync(join(OUT, name), text)
      return (await import(join(OUT, name))).default
    }
    const wanted = 'region=US-CA; Path=/; SameSite=Lax; Secure'
    vi.stubGlobal('fetch', async () => new Response('page', { headers: { 'Set-Cookie': 'own=1' } }))
    const fromWorker = await load('worker.mjs', worker)
    const answer = await fromWorker.fetch({ cf: { country: 'US', regionCode: 'CA' } })
    vi.unstubAllGlobals()
    expect([await answer.text(), answer.headers.getSetCookie()]).toEqual(['page', ['own=1', wanted]])
    const fromEdge = await load('edge.mjs', edge)
    const geo = { country: { code: 'US' }, subdivision: { code: 'CA' } }
    const passed = await fromEdge(new Request('https://shop.example/'), { next: async () => new Response('page'), geo })
    expect([await passed.text(), passed.headers.getSetCookie()]).toEqual(['page', [wanted]])
    const handler = new Function(`${cloudFront}; return handler`)()
    const headers = {
      'cloudfront-viewer-country': { value: 'US' },
      'cloudfront-viewer-country-region': { value: 'CA' },
    }
    const response = handler({ request: { headers }, response: { cookies: {} } })
    expect(response.cookies.region).toEqual({ value: 'US-CA', attributes: 'Path=/; SameSite=Lax; Secure' })
    expect(handler({ request: { headers: {} }, response: { cookies: {} } }).cookies.region.value).toBe('')
  })

  it('the receipt is one', () => {
    const [block, ...others] = running('json', 'receipt')
    expect(others).toEqual([])
    expect(readReceipt(JSON.parse(block?.text ?? ''))).toBeTruthy()
  })

  it('the ten lines that read the cookie read it', () => {
    const block = running('js').find(({ page }) => page === 'docs/cookie.md')
    const allows = new Function(`${block?.text}; return allows`)()
    const { name, value } = cookieFor({ granted: ['marketing'] })
    expect(allows(`a=b; ${name}=${value}; c=d`, 'marketing')).toBe(true)
    expect(allows(`${name}=${value}`, 'performance')).toBe(false)
    expect(allows(null, 'marketing')).toBe(false)
    const dated = (days: number) =>
      `${name}=${cookieFor({ granted: ['marketing'], at: Date.now() + days * 86_400_000 }).value}`
    expect([-400, -300, 0.5, 2].map((days) => allows(dated(days), 'marketing'))).toEqual([false, true, true, false])
    const imported = (days: number) =>
      `${name}=${value.replace('.custom.', `.import-${Math.floor(Date.now() / 1000) + days * 86_400}.`)}`
    expect([-1, 1].map((days) => allows(imported(days), 'marketing'))).toEqual([false, true])
  })

  it('the value that is shown is one', () => {
    const value =
      blocks.find(({ page, language }) => page === 'docs/cookie.md' && language === 'text')?.text.trim() ?? ''
    expect(parseRecord(value, Date.parse('2026-01-01'))).toMatchObject({
      method: 'custom',
      granted: ['performance', 'marketing'],
      denied: ['functional'],
      services: { films: true, pixel: false },
    })
  })
})

describe('names', () => {
  const optionNames = [...interfaceOf('types.ts', 'Options'), ...interfaceOf('regions.ts', 'RegionOptions')].map(
    ({ name }: { name: string }) => name,
  )
  const rows = (text: string) =>
    [...text.matchAll(/^\| ((?:`[^`]+`(?:, )?)+) \|/gm)].flatMap(([, names = '']) => names.match(/[\w-]+/g) ?? [])

  it('every option has its row, and no other has', () => {
    const table = page('docs/configuration.md').split('## Categories')[0] ?? ''
    expect(rows(table).sort()).toEqual(optionNames.sort())
  })

  it('every property of the look has its row, and no other is spoken of', () => {
    const known = [...new Set(namesInSource().properties)].sort()
    expect(
      rows(page('docs/theming.md'))
        .filter((name) => name.startsWith('--'))
        .sort(),
    ).toEqual(known)
    for (const text of pages.values()) {
      for (const [name] of text.matchAll(/--crumb-[a-z-]+[a-z]/g)) expect(known).toContain(name)
    }
  })

  it('the parts that are spoken of are there', () => {
    const { parts } = namesInSource()
    for (const text of pages.values()) {
      for (const [, name] of text.matchAll(/data-crumb="(\w+)"/g)) expect(parts).toContain(name)
    }
  })

  it('the ready-made services are all listed', () => {
    const list = /^Thirty; their .+?`zendesk`/ms.exec(page('docs/configuration.md'))?.[0] ?? ''
    expect([...list.matchAll(/`([\w-]+)`/g)].map(([, name]) => name).sort()).toEqual(
      Object.keys(services).map(kebab).sort(),
    )
  })

  it('the tags of vendors name all ready-made services, in their own category', () => {
    const ready = new Map(Object.entries(services).map(([name, { category }]) => [kebab(name), category]))
    const tags = [...page('docs/vendors.md').matchAll(/ data-consent="([^"]*)" data-service="([^"]*)"/g)]
    for (const [, category, name = ''] of tags) expect(category, name).toBe(ready.get(name))
    expect(new Set(tags.map(([, , name]) => name))).toEqual(new Set(ready.keys()))
  })

  it('docs/reference.md is what the source says; `npm run docs` writes it', () => {
    expect(withReference(page('docs/reference.md'))).toBe(page('docs/reference.md'))
  })

  it('the page about policies names every file that a page may fetch', () => {
    const { files } = JSON.parse(readFileSync(join(ROOT, 'dist/sri.json'), 'utf8'))
    expect(Object.keys(files).filter((name) => !page('docs/csp.md').includes(`\`${name}\``))).toEqual([])
  })

  it('the architecture names every folder and file of the source and the core', () => {
    const [, layout = ''] = /```text\n(src\/[\s\S]*?)```/.exec(page('docs/architecture.md')) ?? []
    const names = readdirSync(join(ROOT, 'src'), { withFileTypes: true })
      .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
      .concat(readdirSync(join(ROOT, 'src/core')))
    // Entries are in the folder of their name; declarations and the script build's files are told of in one line.
    const isTold = (name: string) =>
      layout.includes(name) ||
      (name.endsWith('.ts') && names.includes(`${name.slice(0, -3)}/`)) ||
      /(-script|\.d)\.ts$/.test(name)
    expect(names.filter((name) => !isTold(name))).toEqual([])
  })

  it('the README counts the vendors, the languages and the statements', () => {
    const statements = readFileSync(join(ROOT, 'CONFORMANCE.md'), 'utf8').match(/^\| [A-Z]{3} \d+ \|/gm)
    expect(page('README.md')).toContain(`the snippets of ${Object.keys(services).length} vendors`)
    expect(page('README.md')).toContain(`Each of ${statements?.length} statements`)
    for (const name of ['README.md', 'docs/index.md', 'docs/accessibility.md'])
      expect(page(name)).toContain(` ${LANGUAGES.length} languages`)
  })

  it('links of pages that are on no site lead to what is there', () => {
    for (const name of ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md']) {
      const text = readFileSync(join(ROOT, name), 'utf8')
      for (const [, target = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^(https?|mailto):/.test(target)) continue
        const [file = '', anchor] = target.split('#')
        const path = file ? join(ROOT, file) : join(ROOT, name)
        expect(existsSync(path), `${name}: ${target}`).toBe(true)
        if (anchor) expect(idsOf(readFileSync(path, 'utf8')), `${name}: ${target}`).toContain(anchor)
      }
    }
  })

  it('what is new or gone stops the build', () => {
    expect(() => compare('parts', ['a', 'b'], ['a'])).toThrow('parts without a description: b')
    expect(() => compare('parts', ['a'], ['a', 'b'])).toThrow('parts that are described and gone: b')
  })
})

describe('the site', () => {
  let files: string[] = []
  const read = (file: string) => readFileSync(join(SITE, file), 'utf8')

  beforeAll(() => {
    buildDocs(SITE)
    files = readdirSync(SITE, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.html') && !file.startsWith('configurator'),
    )
  })

  it('every link, picture and anchor leads somewhere, and nothing is fetched from elsewhere', () => {
    const wrong: string[] = []
    for (const file of files) {
      // What is shown as code is no link.
      const html = read(file).replace(/<pre[\s\S]*?<\/pre>/g, '')
      for (const [, name, value = ''] of html.matchAll(/ (href|src|data-src)="([^"]*)"/g)) {
        if (/^(https?:|mailto:)/.test(value)) {
          if (name !== 'href') wrong.push(`${file}: ${value}`)
          continue
        }
        // Beside the site, where `npm start` serves both.
        if (/^\.\.\/(shop|server|gallery)\/$/.test(value)) continue
        const [path = '', hash] = value.split('#')
        const target = path ? join(dirname(file), path) : file
        const isThere = !path.startsWith('/') && existsSync(join(SITE, target))
        if (!isThere || (hash && !read(target).includes(`id="${hash}"`))) wrong.push(`${file}: ${value}`)
      }
    }
    expect(files.length).toBeGreaterThan(20)
    expect(wrong).toEqual([])
  })

  it('has nothing of this in twice: ids are unique', () => {
    for (const file of files) {
      const ids = [...read(file).matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
      expect(ids, file).toEqual([...new Set(ids)])
    }
  })
})
