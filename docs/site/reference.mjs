// The reference is read out of the source: options and types with their docstrings, and the names that the shipped files know.
import { readdirSync, readFileSync } from 'node:fs'
import ts from 'typescript'
import { kebab } from '../configurator/kebab.js'
import { ATTRIBUTES, EVENTS, PARTS, PROPERTIES } from './described.mjs'

const src = new URL('../../src/', import.meta.url)
const read = (path) => readFileSync(new URL(path, src), 'utf8')

/** @returns its statements, with their texts within reach */
const parse = (path) => ts.createSourceFile(path, read(path), ts.ScriptTarget.Latest, true)

/** A docstring as Markdown, without its tags. */
function docOf(node) {
  const [doc] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc)
  const text = ts.getTextOfJSDocComment(doc?.comment) ?? ''
  return text
    .replace(/\{@link Regime\}/g, '[regimes](regions.md#regimes)')
    .replace(/\{@link (?:\w+\.)?(\w+)\}/g, '`$1`')
    .replace(/\s+/g, ' ')
}

/** In a cell of a table. */
const cell = (text) => text.replace(/\|/g, '\\|').replace(/\s+/g, ' ')
const code = (text) => `\`${text}\``
const table = (heads, rows) =>
  [
    `| ${heads.join(' | ')} |`,
    `|${heads.map(() => '---').join('|')}|`,
    ...rows.map((row) => `| ${row.map(cell).join(' | ')} |`),
  ].join('\n')

/** The type of other tools' names, written out: a reader of the table does not see its declaration. */
const NAMES = /export type Names = (.+)/.exec(read('categories.ts'))?.[1] ?? ''

export function interfaceOf(file, name) {
  const found = parse(file).statements.find((node) => ts.isInterfaceDeclaration(node) && node.name.text === name)
  if (!found) throw new Error(`src/${file} has no interface ${name}: see docs/site/reference.mjs`)
  return found.members.map((member) => ({
    name: member.name.getText(),
    type: ts.isMethodSignature(member)
      ? member.getText().replace(/^(?:readonly )?\w+\??/, '')
      : // What may be left out may be undefined too.
        (member.type?.getText() ?? '').replace(/ \| undefined$/, '').replace(/^Names$/, NAMES),
    isOptional: member.questionToken !== undefined,
    doc: docOf(member),
  }))
}

const documented = (file, name, members = interfaceOf(file, name)) => {
  const bare = members.filter(({ doc }) => !doc).map((member) => member.name)
  if (bare.length) throw new Error(`src/${file}: ${name} has no docstring for ${bare.join(', ')}`)
  return members
}

/** What `core/config.ts` wants to see of an option. */
function samplesOf(name) {
  const statements = parse('core/config.ts').statements.filter(ts.isVariableStatement)
  const declarations = statements.flatMap(({ declarationList }) => [...declarationList.declarations])
  const found = declarations.find((one) => one.name.getText() === name)
  return new Map(
    found.initializer.properties.map(({ name: key, initializer }) => {
      const sample = ts.isArrayLiteralExpression(initializer) ? initializer.elements[1].text : undefined
      return [key.getText(), sample]
    }),
  )
}

/** Options that an attribute can hold: a text, a number or a switch; of four others, names. */
function attributeOf({ name, type }) {
  if (['services', 'signals', 'import', 'compat'].includes(name)) return `data-${name}="a b"`
  return /[{<]/.test(type) || name === 'texts' ? '' : `data-${kebab(name)}`
}

/** An option as both are written. */
const names = (option, attribute) => code(option) + (attribute && `<br>${code(attribute)}`)

function options() {
  const samples = samplesOf('OPTIONS')
  const own = documented('types.ts', 'Options')
  compare(
    'options',
    own.map(({ name }) => name),
    [...samples.keys()],
  )
  const rows = own.map((option) => {
    const attribute = attributeOf(option)
    return [names(option.name, attribute), code(option.type), option.doc]
  })
  const regions = documented('regions.ts', 'RegionOptions').map((option) => [
    names(option.name, option.name === 'region' ? 'data-region' : ''),
    code(option.type),
    `${option.doc} With \`crumb-signals.js\`.`,
  ])
  return table(['option, attribute', 'type', ''], [...rows, ...regions])
}

function members(file, name, doc = documented(file, name)) {
  return table(
    ['name', 'type', ''],
    doc.map((one) => [code(`${one.name}${one.isOptional ? '?' : ''}`), code(one.type), one.doc]),
  )
}

function texts() {
  const english = parse('locales/en.ts')
  const found = new Map()
  const visit = (node) => {
    if (ts.isPropertyAssignment(node) && ts.isStringLiteralLike(node.initializer))
      found.set(node.name.getText(), node.initializer.text)
    ts.forEachChild(node, visit)
  }
  visit(english)
  return table(
    ['name', 'in English', ''],
    interfaceOf('types.ts', 'Texts').map(({ name, doc }) => [code(name), found.get(name) ?? '', doc]),
  )
}

/** Both lists have the same names, or the build stops and says which are missing where. */
export function compare(what, found, described) {
  const missing = [...new Set(found)].filter((name) => !described.includes(name))
  const gone = described.filter((name) => !found.includes(name))
  if (missing.length) throw new Error(`${what} without a description: ${missing.join(', ')}`)
  if (gone.length) throw new Error(`${what} that are described and gone: ${gone.join(', ')}`)
}

const files = () =>
  readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !/^(locales|debug)/.test(file),
  )

const matchesOf = (text, pattern) => [...text.matchAll(pattern)].flatMap((match) => match.slice(1).filter(Boolean))

/** The names that the source knows. */
export function namesInSource() {
  const all = files().map(read).join('\n')
  const gate = ['script.ts', 'core/page.ts', ...files().filter((file) => file.startsWith('core/gate/'))]
    .map(read)
    .join('\n')
  const held = /const SOURCES = \[([^\]]+)\]/.exec(gate)?.[1] ?? ''
  return {
    attributes: [
      ...matchesOf(gate, /['[](data-(?:consent|service|type|crumbgate)[a-z-]*)['\]=]/g),
      ...matchesOf(held, /'(\w+)'/g).map((name) => `data-${name}`),
      ...matchesOf(read('script.ts'), /const \{ (debug) \} = options/g).map((name) => `data-${name}`),
    ],
    events: [
      ...matchesOf(read('core/consent.ts'), /emit\('(\w+)'/g),
      ...matchesOf(read('core/screen.ts'), /changed\('(\w+)'/g),
    ],
    parts: [...matchesOf(all, /'data-crumb': '(\w+)'/g), ...matchesOf(all, /\bbutton\('(\w+)'/g)],
    properties: matchesOf(read('dialog/dialog.css'), /var\((--crumb-[a-z-]+)/g),
  }
}

/** Values that hold until a property is set, light and dark. */
function defaultsOf(property) {
  const found = matchesOf(
    read('dialog/dialog.css'),
    new RegExp(`var\\(${property},\\s*((?:[^()]|\\([^()]*\\))+)\\)`, 'g'),
  )
  return [...new Set(found)]
    .map((value) => code(value.replace('var(--_ink)', 'the ink').replace('var(--_paper)', 'the paper')))
    .join(' / ')
}

function checked(what, found, described) {
  compare(what, found, Object.keys(described))
  return Object.entries(described)
}

/** The generated part of docs/reference.md, in Markdown. */
function reference() {
  const known = namesInSource()
  const signals = [
    ['`google`, `gtm`', 'signals/google.ts', 'GoogleOptions'],
    ['`matomo`', 'signals/matomo.ts', 'MatomoOptions'],
    ['`gpc`', 'signals/gpc.ts', 'GpcOptions'],
  ]
  return `
## Options

${options()}

### Of a category

${members('types.ts', 'CategoryOptions')}

### Of a service

${members('types.ts', 'ServiceOptions')}

### Of a signal

${signals.map(([title, file, name]) => `${title}:\n\n${members(file, name)}`).join('\n\n')}

### Of \`import\`

For one tool, as in \`{ "klaro": { … } }\` or \`klaro({ … })\`: [switching](switching/index.md).

${members('import/importer.ts', 'ImportOptions')}

### Of \`compat\`

The same way:

${members('compat/dialect.ts', 'CompatOptions')}

### Of \`receipts()\`

Of \`crumbgate/server\`: [on your server](server.md).

${members('server/receipts.ts', 'ReceiptsOptions')}

### Of \`cookieFor()\`

Of \`crumbgate/testing\`: [tests](developers.md).

${members('testing.ts', 'TestChoice')}

### Texts

In every language the same names; [the dialog's own languages](configuration.md#languages-and-texts) have them all.

${texts()}

## Attributes

${table(
  ['attribute', ''],
  checked('attributes', known.attributes, ATTRIBUTES).map(([name, words]) => [code(name), words]),
)}

## Elements

${table(['element', ''], [[code('<crumb-table>'), 'becomes the [declaration](declaration.md)']])}

## Events

On \`document\`, with what their \`detail\` has.

${table(
  ['event', 'detail', 'when'],
  checked('events', known.events, EVENTS).map(([name, words]) => [code(`crumbgate:${name}`), ...words]),
)}

## Parts

Names in \`data-crumb\`: for tests, analytics and styles of your own.

${table(
  ['name', ''],
  checked('parts', known.parts, PARTS).map(([name, words]) => [code(name), words]),
)}

## Properties

Set on \`:root\`; see [the look](theming.md). Where there are two values, the second is that of dark, of phones or of the center.

${table(
  ['property', 'default', ''],
  checked('properties', known.properties, PROPERTIES).map(([name, words]) => [code(name), defaultsOf(name), words]),
)}

## The consent object

${members('types.ts', 'Consent')}

### ConsentRecord

${members('types.ts', 'ConsentRecord', interfaceOf('types.ts', 'ConsentRecord'))}

### Receipt

${members('types.ts', 'Receipt', interfaceOf('types.ts', 'Receipt'))}

### Signal

${members('types.ts', 'Signal')}

### SignalState

${members('types.ts', 'SignalState', interfaceOf('types.ts', 'SignalState'))}

## A dialog of your own

What \`createConsent()\` of \`crumbgate/core\` takes as its second argument; \`dialog\` makes a \`Dialog\` out of the consent object and a \`DialogContext\`.

### Parts of an entry

${members('core/consent.ts', 'Parts')}

### Dialog

${members('types.ts', 'Dialog')}

### DialogContext

${members('types.ts', 'DialogContext', interfaceOf('types.ts', 'DialogContext'))}

### HeldFrame

What \`hold\` of a dialog gets.

${members('types.ts', 'HeldFrame', interfaceOf('types.ts', 'HeldFrame'))}
`
}

/**
 * @param {string} text of docs/reference.md
 * @returns the same with what the source has now
 */
export const withReference = (text) =>
  text.replace(
    /(<!-- generated:.*? -->\n)[\s\S]*?(\n<!-- \/generated -->)/,
    (_, start, end) => `${start}${reference().trimEnd()}\n${end}`,
  )
