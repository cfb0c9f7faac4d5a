import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, it } from 'vitest'

// Who may import whom. The first rule that fits a file counts; a file of a sub-folder may always import its neighbours.
const RULES: readonly [files: RegExp, imports: RegExp][] = [
  [/^debug(-script)?$/, /^(types|core\/errors|debug\/)/],
  [/^debug\/(early|report)$/, /^types$/],
  [/^debug\/(contrast|writes|page)$/, /^(markup\/element|debug\/page)$/],
  [/^debug\/known$/, /^(types|kebab|core\/glob|services\/)/],
  [/^debug\/findings\/tools$/, /^(compat\/(cookiebot|klaro|onetrust|vanilla-cookieconsent)|markup\/element|debug\/)/],
  [/^debug\//, /^(types|core\/(errors|glob)|core\/gate\/|receipts\/key|markup\/element|debug\/)/],
  [/^(index|script|table|table-script|cli)$/, /./],
  [/^receipts(-script)?$/, /^(types|receipts\/)/],
  [/^receipts\/key$/, /^$/],
  [/^receipts\/(make|read)$/, /^types$/],
  [/^receipts\//, /^(types|markup\/|receipts\/)/],
  [/^services-script$/, /^(extras|services-by-name)$/],
  [/^services-by-name$/, /^(extras|kebab|services\/)/],
  [/^signals-script$/, /^(types|extras|regions|signals\/)/],
  [/^import-script$/, /^(extras|import\/index)$/],
  [/^compat-script$/, /^(extras|compat\/index)$/],
  [/^categories$/, /^(types|kebab)$/],
  [/^kebab$/, /^$/],
  [/^import\//, /^(types|categories|core\/page|import\/)/],
  [/^compat\//, /^(types|categories|compat\/)/],
  [/^regions$/, /^types$/],
  [/^testing$/, /^(types|core\/record)$/],
  [/^(types|options|extras|css\.d|platform\.d)$/, /^$/],
  [/^server\/index$/, /^(types|server\/)/],
  [/^server\/choice$/, /^(types|core\/(config|errors|record)|signals\/connect)$/],
  [/^server\//, /^(types|receipts\/read|server\/)/],
  [/^core\/index$/, /^(types|core\/(consent|errors))$/],
  [/^core\/consent$/, /^(types|core\/)/],
  [/^core\/nowhere$/, /^(types|core\/record)$/],
  [/^core\/memory$/, /^(types|core\/(errors|cookie|record))$/],
  [/^core\/(config|erase)$/, /^(types|core\/(errors|glob))$/],
  [/^core\/[^/]+$/, /^(types|core\/errors)$/],
  [/^core\/gate\//, /^(types|core\/(errors|gate\/))/],
  [/^tag$/, /^$/],
  [/^language$/, /^(types|locales\/)/],
  [/^markup\//, /^(types|markup\/)/],
  [/^dialog\//, /^(types|markup\/|dialog\/)/],
  [/^table\//, /^(types|receipts\/key|markup\/|table\/)/],
  [/^services\//, /^(types|services\/)/],
  [/^signals\//, /^(types|signals\/)/],
  [/^locales\/(load|fetch)$/, /^(types|locales\/)/],
  [/^locales\//, /^types$/],
]

const src = join(import.meta.dirname, '../src')
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))

const importsOf = new Map(
  files.map((file) => {
    const text = readFileSync(join(src, file), 'utf8')
    const found = [...text.matchAll(/(?:from|import\(|^import) ?'([^']+)'/gm)].map(([, target = '']) =>
      target.startsWith('.') ? relative(src, join(src, dirname(file), target)) : target,
    )
    return [file.replace(/\.ts$/, ''), found]
  }),
)

it.each([...importsOf])('%s imports only what it may', (file, imports) => {
  const rule = RULES.find(([pattern]) => pattern.test(file))
  expect(rule, `no rule for ${file}`).toBeDefined()
  expect(imports.filter((target) => !rule?.[1].test(target))).toEqual([])
})

it('has no circle', () => {
  const visit = (file: string, path: readonly string[]): void => {
    expect(path, 'a circle').not.toContain(file)
    // Types alone make no circle.
    for (const target of importsOf.get(file) ?? []) if (target !== 'types') visit(target, [...path, file])
  }
  for (const file of importsOf.keys()) visit(file, [])
})
