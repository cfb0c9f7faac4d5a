import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const text = readFileSync(join(root, 'CONFORMANCE.md'), 'utf8')
const rows = [...text.matchAll(/^\| (REG|ACA|PLT|SEC) (\d+) \| .+? \| (.+) \|$/gm)].map(
  ([, list = '', number = '', by = '']) => ({ list, number: Number(number), by }),
)

/** A title without the numbers of what it is about. */
const plain = (title: string) => title.replace(/ \((REG|ACA|PLT|SEC|E2E|FIELD|WCAG)\b[^)]*\)/g, '')

/** A node and everything in it. */
function within(node: ts.Node, all: ts.Node[] = []): ts.Node[] {
  all.push(node)
  node.forEachChild((child) => {
    within(child, all)
  })
  return all
}

/** The nodes around one, from the inside. */
const around = (node: ts.Node): ts.Node[] => (ts.isSourceFile(node) ? [] : [node.parent, ...around(node.parent)])

/** `it.each(table)` as `['it', 'each']`. */
function words(callee: ts.Expression): string[] {
  if (ts.isCallExpression(callee)) return words(callee.expression)
  if (ts.isPropertyAccessExpression(callee)) return [...words(callee.expression), callee.name.text]
  return ts.isIdentifier(callee) ? [callee.text] : []
}

/** `test('…')` or `it.each(table)('…')`, but not `it.each(table)` by itself, nor `test.skip('…')`. */
const isTest = (call: ts.CallExpression) =>
  /^(test|it)(,(each|runIf|skipIf))?$/.test(words(call.expression).join()) &&
  !ts.isPropertyAccessExpression(call.expression)

const isSkip = (node: ts.Node) =>
  ts.isCallExpression(node) && words(node.expression).some((word) => /^(skip|fixme|todo)$/.test(word))

/** Skipped by what it stands in, or by a word in itself that has no condition. */
const isSkipped = (call: ts.CallExpression) =>
  around(call).some(isSkip) ||
  within(call).some((node) => isSkip(node) && ts.isCallExpression(node) && !node.arguments.length)

/** What a title is filled from: the tables around the test, and what those name. */
function fillings(call: ts.CallExpression): string[] {
  const file = within(call.getSourceFile())
  const tables = [call, ...around(call)].flatMap((node) => {
    if (ts.isForOfStatement(node)) return [node.expression]
    return ts.isCallExpression(node) && ts.isCallExpression(node.expression) ? [...node.expression.arguments] : []
  })
  const used = tables.flatMap((node) => within(node))
  const named = file.filter(
    (node) =>
      ts.isVariableDeclaration(node) &&
      used.some((one) => ts.isIdentifier(one) && ts.isIdentifier(node.name) && one.text === node.name.text),
  )
  const title = call.arguments[0]
  return [...used, ...named.flatMap((node) => within(node)), ...(title ? within(title) : [])].flatMap((node) =>
    ts.isStringLiteralLike(node) || (ts.isIdentifier(node) && ts.isPropertyAssignment(node.parent)) ? [node.text] : [],
  )
}

/** The parts of a title between those that are filled in. */
function literalParts(title: ts.Expression | undefined): string[] {
  if (!title) return []
  if (ts.isStringLiteralLike(title)) return title.text.split(/%[a-z]/)
  if (!ts.isTemplateExpression(title)) return ['', '']
  return [title.head.text, ...title.templateSpans.map(({ literal }) => literal.text)]
}

/** Every call of `test` or `it` in a source. */
const testsIn = (source: string) =>
  within(ts.createSourceFile('test.ts', source, ts.ScriptTarget.Latest, true)).filter(
    (node) => ts.isCallExpression(node) && isTest(node),
  )

/** Whether one of them has the title, and is not skipped. */
const isThere = (tests: readonly ts.Node[], title: string) =>
  tests.some((call) => {
    if (!ts.isCallExpression(call)) return false
    const parts = literalParts(call.arguments[0]).map((part) => plain(part).replace(/[^\w\s]/g, '\\$&'))
    const found = new RegExp(`^${parts.join('(.*)')}$`).exec(plain(title))
    if (!found || isSkipped(call)) return false
    return found.slice(1).every((one) => /^\d+$/.test(one) || fillings(call).map(plain).includes(one))
  })

const files = new Map<string, ts.Node[]>()
function testsOf(file: string): ts.Node[] {
  const path = join(root, 'test', file)
  const tests = files.get(file) ?? (existsSync(path) ? testsIn(readFileSync(path, 'utf8')) : [])
  files.set(file, tests)
  return tests
}

it.each([
  ['REG', 35],
  ['ACA', 65],
  ['PLT', 33],
  ['SEC', 12],
])('%s: each of %i statements has its row', (list, count) => {
  const numbers = rows.filter((row) => row.list === list).map(({ number }) => number)
  expect(numbers).toEqual(Array.from({ length: count }, (_, index) => index + 1))
})

it('each row names tests that are there, or says why there is none', () => {
  const wrong = rows.filter(({ by }) => {
    if (/^\*\*(The site’s|Open)\*\*: .{10,}/.test(by)) return false
    return by.split(/; (?=\[)/).some((one) => {
      const [, file = '', title = ''] = /^\[.+\]\(test\/(.+?)\): `(.+)`$/.exec(one) ?? []
      return !isThere(testsOf(file), title)
    })
  })
  expect(wrong).toEqual([])
  // A slow machine takes its time to read them all.
}, 30_000)

it.each([
  [true, 'it("a title", () => {})'],
  [true, 'test("a title (REG 1, E2E 2)", async () => {})'],
  [true, `for (const word of ["a", "b"]) test(\`\${word} title\`, () => {})`],
  [true, `const words = ["a"]; for (const word of words.slice()) test(\`\${word} title\`, () => {})`],
  [true, 'it.each([["a"]])("%s title", () => {})'],
  [false, 'it("a title that goes on", () => {})'],
  [false, 'const data = "a title"'],
  [false, '// it("a title", () => {})'],
  [false, `const other = "a"; for (const word of ["b"]) test(\`\${word} title\`, () => {})`],
  [false, 'it.skip("a title", () => {})'],
  [false, 'it("a title", () => { test.skip() })'],
  [false, 'describe.skip("group", () => { it("a title", () => {}) })'],
  [false, 'describe("a title", () => { it("another", () => {}) })'],
])('is a test of that title: %s, %s', (expected, source) => {
  expect(isThere(testsIn(source), 'a title')).toBe(expected)
})
