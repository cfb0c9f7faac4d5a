import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import MarkdownIt from 'markdown-it'

export const ROOT = join(import.meta.dirname, '../..')

/** A block of code in one of the pages. */
export interface Block {
  /** Where it is: the page and the line. */
  readonly name: string
  readonly page: string
  readonly language: string
  /** What is written after the language: `norun`, `types`, … */
  readonly word: string
  readonly text: string
}

const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    // The blocks of that page are files of the sites in test/packages/, which run.
    .filter((file) => file.endsWith('.md') && file !== 'frameworks.md')
    .map((file) => `docs/${file}`)
    .sort(),
]

export const pages = new Map(PAGES.map((page) => [page, readFileSync(join(ROOT, page), 'utf8')]))

const markdown = new MarkdownIt({ html: true })

export const blocks: readonly Block[] = [...pages].flatMap(([page, text]) =>
  markdown
    .parse(text, {})
    .filter(({ type }) => type === 'fence')
    .map(({ info, content, map }) => {
      const [language = '', word = ''] = info.split(' ')
      return { name: `${page}:${(map?.[0] ?? 0) + 1}`, page, language, word, text: content }
    }),
)

/** Run by `test/server/recipes.test.ts`, which finds them by their first line. */
export const isRecipe = ({ page, language, text }: Block) =>
  page === 'docs/server.md' && language === 'js' && /^\/\/ (express|hono|move)\.mjs\n/.test(text)

/** Blocks of a language that run. */
export const running = (language: string, word = '') =>
  blocks.filter((block) => block.language === language && block.word === word && !isRecipe(block))

/** Of these, those for a server. */
export const isForServer = ({ text }: Block) => text.includes("'crumbgate/server")
