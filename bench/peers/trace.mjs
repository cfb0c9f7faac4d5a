// What the main thread did, from a Chromium trace.
const SCRIPT = new Set([
  'EvaluateScript',
  'v8.evaluateModule',
  'v8.compile',
  'v8.compileModule',
  'FunctionCall',
  'RunMicrotasks',
])
const TASK = new Set(['RunTask', 'ThreadControllerImpl::RunTask'])
const OTHERS = /bench-probe\.js|\/tp\//

const urlOf = ({ args }) => args?.data?.url ?? args?.fileName ?? args?.data?.fileName ?? ''
const others = (event) =>
  SCRIPT.has(event.name) && (OTHERS.test(urlOf(event)) || (event.name === 'EvaluateScript' && !urlOf(event)))

/** Milliseconds in the outermost events that are taken, without those below a skipped one. */
function sum(events, take, skip = () => false) {
  let end = -1
  let total = 0
  for (const event of events) {
    if (event.ts < end || !(skip(event) || take(event))) continue
    end = event.ts + event.dur
    if (!skip(event)) total += event.dur
  }
  return total / 1000
}

/**
 * Costs over `window` milliseconds from the first byte of HTML parsed.
 * @returns milliseconds of `script`, and of the whole main thread (`task`), without the measuring and the third parties
 */
export function analyse(events, url, window = Number.POSITIVE_INFINITY) {
  const parses = events.filter(({ name }) => name === 'ParseHTML')
  const start = parses.find(({ args }) => args?.beginData?.url === url) ?? parses[0]
  if (!start) return {}
  const main = events
    .filter(({ ph, pid, tid, dur }) => ph === 'X' && pid === start.pid && tid === start.tid && dur !== undefined)
    // The task that begins to parse has begun before; what runs in it is counted, and so it is, from there.
    .map((event) => {
      const ts = Math.max(event.ts, start.ts)
      return { ...event, ts, dur: event.ts + event.dur - ts }
    })
    .filter(({ ts, dur }) => dur > 0 && ts < start.ts + window * 1000)
    .sort((a, b) => a.ts - b.ts || b.dur - a.dur)
  const named = (names) => (event) => names.has(event.name)
  return { script: sum(main, named(SCRIPT), others), task: sum(main, named(TASK)) - sum(main, others) }
}
