// Many results become one list for each figure, which the report takes the median of.

const round = (value) => Number(value.toPrecision(4))

/** Also what is over the page alone in the same round: from one to another that differs more than libraries do. */
const over = (result, page) => ({
  ...result,
  shiftOver: result.shift - page.shift,
  heapOver: result.heap - page.heap,
})

/** @returns each number that the results have, round by round, how many rounds there are, and the first error */
function collect(results) {
  const names = new Set(results.flatMap((result) => Object.keys(result)))
  names.delete('error')
  const summary = { rounds: results.length }
  const error = results.find((result) => result.error)?.error
  if (error) summary.error = error
  for (const name of names) {
    const values = results.map((result) => result[name]).filter(Number.isFinite)
    if (values.length > 0) summary[name] = values.map(round)
  }
  return summary
}

const each = (object, act) => Object.fromEntries(Object.entries(object).map(([name, value]) => [name, act(value)]))

/** @returns what comparePeers has measured, with a list of numbers for each figure in place of a list of results */
export const summarise = ({ visit, scale, ...rest }) => ({
  ...rest,
  visit: each(visit, (libraries) =>
    each(libraries, (results) => collect(results.map((result, index) => over(result, libraries.held[index])))),
  ),
  scale: each(scale, (sizes) => each(sizes, (libraries) => each(libraries, collect))),
})
