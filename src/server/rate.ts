/** So many at once, and so many more each second. */
export interface Rate {
  readonly burst: number
  readonly perSecond: number
}

/** Clients that are remembered. Of more, the ones that have been quiet for longest are forgotten. */
const CLIENTS = 10_000

/**
 * Count what clients do: https://en.wikipedia.org/wiki/Token_bucket
 * @param now milliseconds, whatever they count from
 * @returns whether one more is within the rate, for whoever it is
 */
export function createLimit({ burst, perSecond }: Rate, now: () => number): (client: string) => boolean {
  const buckets = new Map<string, { left: number; at: number }>()
  return (client) => {
    const at = now()
    const before = buckets.get(client) ?? { left: burst, at }
    const left = Math.min(burst, before.left + (Math.max(0, at - before.at) / 1000) * perSecond)
    // Put in anew, so that the quietest are first.
    buckets.delete(client)
    buckets.set(client, { left: left >= 1 ? left - 1 : left, at })
    if (buckets.size > CLIENTS) for (const [oldest] of buckets) if (buckets.delete(oldest)) break
    return left >= 1
  }
}
