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

const median = (peers, condition, library, figure) => peers.visit[condition]?.[library]?.[figure]?.[1]
/** Of a visit. Without what the page costs by itself, if `net`. */
const visit = (condition, figure, net) => (peers, library) => {
  const value = median(peers, condition, library, figure)
  return net ? Math.max(0, value - median(peers, condition, 'held', figure)) : value
}
/** Smaller differences are the font's. */
const shift = (condition) => (peers, library) =>
  Math.round(1000 * visit(condition, 'shift', true)(peers, library)) / 1000
const ofNative = (condition, figure) => (peers, library) =>
  median(peers, condition, library, figure) / median(peers, condition, 'native', figure)

const bytes = {
  name: 'bytes',
  title: 'Brotli bytes of a first visit',
  text: kB,
  value: (peers, library) => peers.bytes[library],
}

const ofCondition = (condition) => [
  { name: 'banner', title: 'Reject can be clicked', text: ms, value: visit(condition, 'banner') },
  { name: 'script', title: 'Script time, first visit', text: ms, value: visit(condition, 'script', true) },
  { name: 'task', title: 'Main thread, first visit', text: ms, value: visit(condition, 'task', true) },
  { name: 'blocking', title: 'Total blocking time', text: ms, value: visit(condition, 'blocking', true) },
  {
    name: 'shift',
    title: 'Layout shift over the page alone',
    text: (value) => value.toFixed(3),
    value: shift(condition),
  },
  { name: 'nextFrame', title: 'Click on Accept to the next frame', text: ms, value: visit(condition, 'nextFrame') },
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
  { name: 'heap', title: 'Heap over the page alone', text: KiB, value: visit(condition, 'heap', true) },
]

const number = (size) => Number(size).toLocaleString('en').replace(',', ' ')

const failure = (size) => (peers, library) => peers.scale[size]?.[library]?.error

const ofSizes = (sizes) => [
  ...sizes.map((size) => ({
    name: 'scale',
    family: 'Accept to many inline scripts run',
    title: `Accept to ${number(size)} held inline scripts run`,
    text: ms,
    value: (peers, library) => peers.scale[size]?.[library]?.accept?.[1],
    missing: failure(size),
  })),
  ...sizes.map((size) => ({
    name: 'scaleFrame',
    family: 'Click on Accept to the next frame, few held',
    title: `Click on Accept to the next frame, ${number(size)} held`,
    text: ms,
    value: (peers, library) =>
      failure(size)(peers, library) ? undefined : peers.scale[size]?.[library]?.nextFrame?.[1],
    missing: failure(size),
  })),
]

/** @returns groups of rows: `{ title, rows }`, a row is `{ name, title, text(value), value(peers, library) }` */
export const groups = (peers) => [
  { title: 'Bytes', rows: [bytes] },
  ...Object.keys(peers.visit).map((condition) => ({
    title: CONDITION_NAMES[condition],
    condition,
    rows: ofCondition(condition),
  })),
  { title: 'Many held scripts', condition: 'many', rows: ofSizes(Object.keys(peers.scale)) },
]

/** @returns the libraries, ours first, then by their labels */
export const compared = (peers) =>
  Object.keys(peers.libraries)
    .filter((name) => !peers.libraries[name].baseline)
    .sort((a, b) => Number(b === 'crumbgate') - Number(a === 'crumbgate') || a.localeCompare(b))
