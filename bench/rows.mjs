// What is compared: each row is one figure of every library, the smaller the better.

const ms = (value) => `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`
const kB = (value) => `${(value / 1000).toFixed(1)} kB`
const KiB = (value) => `${(value / 1024).toFixed(0)} KiB`
const times = (value) => `${value.toFixed(2)} ×`

export const CONDITION_NAMES = {
  cpu1: 'Desktop',
  cpu4: 'Processor slowed 4 times',
  mobile: 'Phone: slowed 4 times, 1.6 Mbit/s, 150 ms',
}

function medianOf(values) {
  if (!values) return undefined
  const sorted = values.toSorted((a, b) => a - b)
  const place = (sorted.length - 1) / 2
  return (sorted[Math.floor(place)] + sorted[Math.ceil(place)]) / 2
}
const median = (peers, condition, library, figure) => medianOf(peers.visit[condition]?.[library]?.[figure])
/** Of a visit, with what the page costs by itself. */
const visit = (condition, figure) => (peers, library) => median(peers, condition, library, figure)
/** Without it, as it was in the same round. */
const over = (condition, figure) => (peers, library) => Math.max(0, median(peers, condition, library, `${figure}Over`))
/** Smaller differences are the font's. */
const shift = (condition) => (peers, library) => Math.round(1000 * over(condition, 'shift')(peers, library)) / 1000
const ofNative = (condition, figure) => (peers, library) =>
  median(peers, condition, library, figure) / median(peers, condition, 'native', figure)

const bytes = {
  name: 'bytes',
  title: 'Brotli bytes of a first visit',
  text: kB,
  value: (peers, library) => peers.bytes[library],
}

/**
 * What the page takes by itself is said beside these, and not subtracted: it differs so much between rounds that less than the
 * script time was left.
 */
const withPage = (peers, condition, name, family, page = 'the page alone') => ({
  name,
  family,
  title: `${family} (${page}: ${ms(median(peers, condition, 'held', name))})`,
  text: ms,
  value: visit(condition, name),
})

const ofCondition = (peers, condition) => [
  { name: 'banner', title: 'Reject can be clicked', text: ms, value: visit(condition, 'banner') },
  { name: 'script', title: 'Script time, first visit', text: ms, value: visit(condition, 'script') },
  withPage(peers, condition, 'task', 'Main thread, first visit'),
  withPage(peers, condition, 'blocking', 'Total blocking time'),
  {
    name: 'shift',
    title: 'Layout shift over the page alone',
    text: (value) => value.toFixed(3),
    value: shift(condition),
  },
  withPage(peers, condition, 'nextFrame', 'Click on Accept to the next frame', 'a click that does nothing'),
  { name: 'accept', title: 'Accept to six slow scripts run', text: ms, value: visit(condition, 'accept') },
  {
    name: 'returningFirst',
    title: 'Next visit: first allowed script, of no library',
    text: times,
    value: ofNative(condition, 'returningFirst'),
  },
  {
    name: 'returningAll',
    title: 'Next visit: all six scripts, of no library',
    text: times,
    value: ofNative(condition, 'returningAll'),
  },
  { name: 'returningScript', title: 'Next visit: script time', text: ms, value: visit(condition, 'returningScript') },
  { name: 'heap', title: 'Heap over the page alone', text: KiB, value: over(condition, 'heap') },
]

const number = (size) => `${Number(size).toLocaleString('en').replace(',', ' ')} held`

const ofSizes = (peers, condition) => {
  const row = (name, family, size, value) => ({
    name,
    family: `${family}, many held`,
    title: `${family}, ${number(size)}`,
    place: number(size),
    text: ms,
    value: (_, library) => value(peers.scale[condition][size][library] ?? {}),
    missing: (_, library) => peers.scale[condition][size][library]?.error,
  })
  const sizes = Object.keys(peers.scale[condition])
  return [
    ...sizes.map((size) => row('scale', 'Accept to inline scripts run', size, ({ accept }) => medianOf(accept))),
    ...sizes.map((size) =>
      row('scaleFrame', 'Click on Accept to the next frame', size, ({ error, nextFrame }) =>
        error ? undefined : medianOf(nextFrame),
      ),
    ),
  ]
}

/**
 * @returns groups of rows: `{ title, condition, rows }`, a row is `{ name, title, text(value), value(peers, library) }`, with
 * `family`, the title that rows of this name have in common, and `place`, where it is among them
 */
export const groups = (peers) => [
  { title: 'Bytes', rows: [bytes] },
  ...Object.keys(peers.visit).map((condition) => ({
    title: CONDITION_NAMES[condition],
    condition,
    rows: ofCondition(peers, condition),
  })),
  ...Object.keys(peers.scale).map((condition) => ({
    title: `Many held scripts (${CONDITION_NAMES[condition]})`,
    condition,
    rows: ofSizes(peers, condition),
  })),
]

/** @returns the libraries, ours first, then by their labels */
export const compared = (peers) =>
  Object.keys(peers.libraries)
    .filter((name) => !peers.libraries[name].baseline)
    .sort((a, b) => Number(b === 'crumbgate') - Number(a === 'crumbgate') || a.localeCompare(b))
