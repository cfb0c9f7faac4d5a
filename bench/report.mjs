// results.json becomes BENCHMARKS.md, the charts, and the figures in the README.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { chart } from './chart.mjs'
import { REASONS, TARGETS } from './reasons.mjs'
import { CONDITION_NAMES, compared, groups } from './rows.mjs'

const ROOT = new URL('../', import.meta.url)
const CHARTS = 'docs/benchmarks/'

/** The charts: name of the file, condition, name of the row, which of those of that name. */
const CHARTED = [
  ['bytes', undefined, 'bytes'],
  ['banner', 'cpu4', 'banner'],
  ['banner-phone', 'mobile', 'banner'],
  ['next-frame', 'cpu4', 'nextFrame'],
  ['accept', 'cpu1', 'accept'],
  ['returning', 'cpu4', 'returningFirst'],
  ['many', 'cpu1', 'scaleFrame', '5 000 held'],
  ['heap', 'cpu1', 'heap'],
]

const table = (head, rows) =>
  [head, head.map((_, index) => (index ? '--:' : '---')), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

function standing(peers, row) {
  const names = compared(peers)
  const values = Object.fromEntries(names.map((name) => [name, row.value(peers, name)]))
  const best = Math.min(...Object.values(values).filter(Number.isFinite))
  return { names, values, best, first: values.crumbgate <= best }
}

function tableOf(peers, rows) {
  const names = compared(peers)
  const line = (row) => {
    const { values, best } = standing(peers, row)
    const cell = (name) => {
      const value = values[name]
      if (!Number.isFinite(value)) return row.missing?.(peers, name) ?? '–'
      const text = row.text(value)
      return value <= best ? `**${text}**` : best > 0 ? `${text} (${(value / best).toFixed(1)})` : text
    }
    return [row.title, ...names.map(cell)]
  }
  return table(['', ...names.map((name) => peers.libraries[name].label)], rows.map(line))
}

/** The rows of which `isOne(row, standing)` says so, by name: a title and one text for each place. */
function told(peers, isOne, say) {
  const lines = new Map()
  for (const { title: group, condition, rows } of groups(peers)) {
    for (const row of rows) {
      const stands = standing(peers, row)
      if (!isOne(row, stands, condition)) continue
      const line = lines.get(row.name) ?? { title: row.family ?? row.title, places: [] }
      const place = [CONDITION_NAMES[condition] ?? group, row.place].filter(Boolean).join(', ')
      line.places.push(`${place}: ${say(row, stands)}`)
      lines.set(row.name, line)
    }
  }
  return lines
}

/** @returns the figures in which Crumbgate is not first somewhere, by the name of the row */
export const behind = (peers) =>
  told(
    peers,
    (_, { first }) => !first,
    (row, { values, best, names }) => {
      const who = names.filter((name) => values[name] === best).map((name) => peers.libraries[name].label)
      return `${row.text(values.crumbgate)}, ${who.join(' and ')} ${row.text(best)}`
    },
  )

/** @returns those in which it is above its target: a figure, or that of the best */
export const missed = (peers) =>
  told(
    peers,
    ({ name }, { values, best }, condition) => {
      const { most = best, only = condition } = TARGETS[name] ?? { most: Number.POSITIVE_INFINITY }
      return only === condition && values.crumbgate > most
    },
    (row, { values, best }) => `${row.text(values.crumbgate)}, target ${row.text(TARGETS[row.name].most ?? best)}`,
  )

const listed = (lines, why) =>
  [...lines]
    .map(([name, { title, places }]) => `- **${title}.** ${why(name) ?? 'Not looked into.'} (${places.join('; ')}.)`)
    .join('\n')

const charted = (peers) =>
  CHARTED.flatMap(([file, condition, name, place]) => {
    const row = groups(peers)
      .filter((group) => group.condition === condition)
      .flatMap(({ rows }) => rows)
      .find((one) => one.name === name && one.place === place)
    const where = CONDITION_NAMES[condition]
    const title = row?.place ? row.title : (row?.family ?? row?.title)
    return row ? [{ file: `${CHARTS}${file}.svg`, row, title: where ? `${title} (${where})` : title }] : []
  })

function drawn(peers, { row, title }) {
  const { names, values } = standing(peers, row)
  const bars = names.map((name) => ({
    label: peers.libraries[name].label,
    value: values[name],
    text: Number.isFinite(values[name]) ? row.text(values[name]) : '–',
    ours: name === 'crumbgate',
  }))
  return chart(
    title,
    bars.sort((a, b) => (a.value ?? Number.MAX_VALUE) - (b.value ?? Number.MAX_VALUE)),
  )
}

const machine = ({ processor, cores, memory, system, node, date }) =>
  `${processor}, ${cores} cores, ${memory} GiB, ${system}, Node ${node.replace('v', '')}, ${date}`

const code = (text) => `\`\`\`\n${text}\n\`\`\``

/** What a benchmark of its own has printed. */
const alone = (part, command) =>
  part ? `${machine(part.environment)}. \`${command}\`\n\n${code(part.text)}` : `Not measured: \`${command}\`.`

const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`

/** What was measured is what ships, or a sentence says what has become of it. */
function sinceThen({ peers, sizes }) {
  const [then, now] = [peers.bytes.crumbgate, sizes['crumbgate.js']].map(kB)
  return then === now ? '' : ` \`crumbgate.js\` had ${then} then, and has ${now} now.`
}

/** @returns the text of BENCHMARKS.md */
export function benchmarks({ peers, gate, receipts, sizes }) {
  const names = compared(peers)
  const rounds = Object.values(peers.visit)[0]?.crumbgate?.rounds
  return `# Benchmarks

<!-- Written by \`npm run bench\`. -->

${machine(peers.environment)}, Chromium ${peers.chromium}. Medians of ${rounds} interleaved rounds; the best of a row is bold, in brackets is how
many times the best a figure is. Machines differ: compare the ratios of one run.${sinceThen({ peers, sizes })} \`npm run bench\` measures all of it again, \`npm run bench -- --help\`
says how to measure a part.

The same page for all: four categories, a banner with accept, reject and customise, six held third-party scripts that take 100 ms each
to answer (20 ms on the next visit), one held frame; the library's files from the page's own server with brotli, cached. "Of no library" compares with
the same page whose scripts are plain tags. ${names
    .filter((name) => peers.libraries[name].gating === 'glue')
    .map((name) => peers.libraries[name].label)
    .join(' and ')} only report consent: the usual few lines
activate the tags for them. Versions: ${names.map((name) => `${peers.libraries[name].label} ${peers.libraries[name].version}`).join(', ')}.

${charted(peers)
  .map(({ file, title }) => `![${title}](${file})`)
  .join('\n\n')}

${groups(peers)
  .map(({ title, rows }) => `## ${title}\n\n${tableOf(peers, rows)}`)
  .join('\n\n')}

## Where Crumbgate is not first

${listed(behind(peers), (name) => REASONS[name])}

## Targets that are missed

${listed(missed(peers), (name) => TARGETS[name].why)}

## The gate alone

${alone(gate, 'node bench/gate.mjs')}

## Receipts

${alone(receipts, 'npm run bench:server')}
`
}

/** Files, a pattern for those of which the largest counts, and when they are loaded. */
const SHIPPED = [
  ['`crumbgate.js`', /^crumbgate\.js$/, 'on every page: consent, gate, dialog, styles and English'],
  ['a language', /^locales\//, 'where the visitor reads it'],
  ['`crumb-table.js`', /^crumb-table/, 'where there is a declaration'],
  ['`crumb-receipts.js`', /^crumb-receipts/, 'where there are receipts to show or to send'],
  ['`crumb-debug.js`', /^crumb-debug/, 'where the [debug panel](docs/debug.md) is asked for'],
  ['`crumb-services.js`', /^crumb-services/, 'where it has a tag'],
  ['`crumb-signals.js`', /^crumb-signals/, 'where it has a tag'],
  ['`crumb-import.js`', /^crumb-import/, 'where it has a tag: [switching](docs/switching/index.md)'],
  ['`crumb-compat.js`', /^crumb-compat/, 'where it has a tag'],
  ['`crumbgate`', /^crumbgate$/, 'as a module: at once'],
  ['its dialog', /^crumbgate: dialog$/, 'as a module: when it is first shown'],
  ['`crumbgate/core`', /^core\.js$/, 'as a module: without a dialog'],
  ['`connect` of `crumbgate/signals`', /^signals\/connect/, 'as a module'],
  ['the signal for Google', /^signals\/google\.js$/, 'as a module'],
  ['another signal', /^signals\/(?!connect|google\.js|index)/, 'as a module'],
]

function sizeRow([name, pattern, when], sizes) {
  const matching = Object.keys(sizes).filter((file) => pattern.test(file))
  const size = kB(Math.max(...matching.map((file) => sizes[file])))
  return [name, matching.length > 1 || name.startsWith('a ') ? `at most ${size}` : size, when]
}

/** The figures of the README, by the name in their markers. */
const figures = ({ peers, sizes }) => ({
  sizes: table(
    ['file', 'brotli', 'loaded'],
    SHIPPED.map((row) => sizeRow(row, sizes)),
  ),
  benchmarks: `${table(
    ['', ...compared(peers).map((name) => peers.libraries[name].label)],
    charted(peers).map(({ row, title }) => [
      title,
      ...compared(peers).map((name) => {
        const { values, best } = standing(peers, row)
        const text = Number.isFinite(values[name]) ? row.text(values[name]) : '–'
        return values[name] <= best ? `**${text}**` : text
      }),
    ]),
  )}${sinceThen({ peers, sizes }).replace(/^ /, '\n\n')}`,
})

/** @returns the README with its figures taken from the results */
export const readme = (text, results) =>
  Object.entries(figures(results)).reduce(
    (so, [name, figure]) =>
      so.replace(
        new RegExp(`(<!-- ${name}:.*? -->\n)[^]*?(\n<!-- /${name} -->)`),
        (_, start, end) => `${start}\n${figure}\n${end}`,
      ),
    text,
  )

const at = (path) => new URL(path, ROOT)

/** @returns the charts: path and SVG of each */
export const charts = ({ peers }) => charted(peers).map((one) => [one.file, drawn(peers, one)])

export function writeReport(results) {
  rmSync(at(CHARTS), { recursive: true, force: true })
  mkdirSync(at(CHARTS))
  for (const [file, chart] of charts(results)) writeFileSync(at(file), chart)
  writeFileSync(at('BENCHMARKS.md'), benchmarks(results))
  writeFileSync(at('README.md'), readme(readFileSync(at('README.md'), 'utf8'), results))
}
