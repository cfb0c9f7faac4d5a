import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const text = readFileSync(join(root, 'CONFORMANCE.md'), 'utf8')
const rows = [...text.matchAll(/^\| (REG|ACA|PLT|SEC) (\d+) \| .+? \| (.+) \|$/gm)].map(
  ([, list = '', number = '', by = '']) => ({ list, number: Number(number), by }),
)

it.each([
  ['REG', 35],
  ['ACA', 65],
  ['PLT', 33],
  ['SEC', 12],
])('%s: each of %i statements has its row', (list, count) => {
  const numbers = rows.filter((row) => row.list === list).map(({ number }) => number)
  expect(numbers).toEqual(Array.from({ length: count }, (_, index) => index + 1))
})

it('each row names a test that is there, or says why there is none', () => {
  const wrong = rows.filter(({ by }) => {
    const [, file = '', title = ''] = /^\[.+\]\(test\/(.+?)\): `(.+)`$/.exec(by) ?? []
    if (!file) return !/^\*\*(The site’s|Open)\*\*: .{10,}/.test(by)
    const path = join(root, 'test', file)
    // In quotes: the name of a test, or a part of one.
    const quoted = existsSync(path) ? (readFileSync(path, 'utf8').match(/'[^'\n]*'|"[^"\n]*"|`[^`\n]*`/g) ?? []) : []
    return !quoted.some((text) => text.includes(title))
  })
  expect(wrong).toEqual([])
})
