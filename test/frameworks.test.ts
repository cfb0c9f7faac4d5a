import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

// What docs/frameworks.md shows is what the sites in test/packages/ are made of, word for word.

const text = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')
const shown = [...text('docs/frameworks.md').matchAll(/<!-- (test\/packages\/\S+) -->\n\n```\w+\n([\s\S]*?)```/g)]

it('there are such blocks, and no others', () => {
  expect(shown.length).toBeGreaterThan(5)
  const blocks = text('docs/frameworks.md').match(/^```\w+$/gm)
  expect(blocks?.length).toBe(shown.length)
})

it.each(shown.map(([, path = '', block = '']) => ({ path, block })))('$path', ({ path, block }) => {
  const file = text(path)
  const lines = (code: string) => code.split('\n').map((line) => line.trim())
  // A part of a file may stand there without its indentation.
  expect(lines(file).join('\n'), path).toContain(lines(block).join('\n').trim())
})
