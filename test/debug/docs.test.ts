import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const docs = readFileSync(join(root, 'docs/debug.md'), 'utf8')
const folder = join(root, 'src/debug/findings')
const code = readdirSync(folder)
  .map((file) => readFileSync(join(folder, file), 'utf8'))
  .join('\n')
const spec = readFileSync(join(root, 'test/browser/debug.spec.ts'), 'utf8')

// Each finding as it is written: its rule, then its severity.
const found = [...code.matchAll(/rule: (.+),\s+severity: '(\w+)'/g)].flatMap(([, rules = '', severity]) =>
  [...rules.matchAll(/'([a-z-]+)'/g)].map(([, rule]) => `${rule} ${severity}`),
)

it('docs/debug.md names every finding with its severity, and no other', () => {
  const named = [...docs.matchAll(/^\| `([a-z-]+)` \| (error|warning|note) \|/gm)].map(
    ([, rule, level]) => `${rule} ${level}`,
  )
  expect(found.length).toBeGreaterThan(20)
  expect(named.sort()).toEqual([...new Set(found)].sort())
})

it('a browser test finds each', () => {
  const rules = [...new Set(found.map((each) => each.split(' ')[0]))]
  expect(rules.filter((rule) => !spec.includes(`'${rule}'`))).toEqual([])
})

it('docs/debug.md names every field of the report', () => {
  const [, fields = ''] =
    /interface Report \{([\s\S]+?)\n\}/.exec(readFileSync(join(root, 'src/debug/report.ts'), 'utf8')) ?? []
  const names = [...fields.matchAll(/readonly (\w+): /g)]
    .map(([, name]) => name)
    .filter((name) => !/^(accept|reject)$/.test(`${name}`))
  const [, table = ''] = docs.split('## The report')
  expect([...table.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name)).toEqual(names)
})
