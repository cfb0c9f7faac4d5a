// Many results become a median and its quartiles.

const sorted = (values) => values.filter(Number.isFinite).sort((a, b) => a - b)
const at = (values, share) => {
  const place = (values.length - 1) * share
  const low = values[Math.floor(place)]
  return low + (values[Math.ceil(place)] - low) * (place % 1)
}
const round = (value) => Number(value.toPrecision(4))

/** @returns the quartiles of each number that the results have, how many they are, and the first error */
function spread(results) {
  const names = new Set(results.flatMap((result) => Object.keys(result)))
  names.delete('error')
  const summary = { rounds: results.length }
  const error = results.find((result) => result.error)?.error
  if (error) summary.error = error
  for (const name of names) {
    const values = sorted(results.map((result) => result[name]))
    if (values.length > 0) summary[name] = [0.25, 0.5, 0.75].map((share) => round(at(values, share)))
  }
  return summary
}

const each = (object, act) => Object.fromEntries(Object.entries(object).map(([name, value]) => [name, act(value)]))

/** @returns what comparePeers has measured, with [lower quartile, median, upper quartile] for each list of results */
export const summarise = ({ visit, scale, ...rest }) => ({
  ...rest,
  visit: each(visit, (libraries) => each(libraries, spread)),
  scale: each(scale, (libraries) => each(libraries, spread)),
})
