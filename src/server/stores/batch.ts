interface Waiting<In, Out> {
  readonly item: In
  resolve(result: Out): void
  reject(error: unknown): void
}

/**
 * Put what comes while a write is under way into the next one, together: databases take many rows in the time of one.
 * @param write gets at most `limit` items, and returns a result for each, in their order
 */
export function inBatches<In, Out>(
  write: (items: readonly In[]) => Promise<readonly Out[]>,
  limit: number,
): (item: In) => Promise<Out> {
  let waiting: Waiting<In, Out>[] = []
  let isBusy = false

  async function work(): Promise<void> {
    isBusy = true
    // After everything that has arrived together.
    await new Promise((resolve) => setTimeout(resolve))
    while (waiting.length > 0) {
      const batch = waiting.slice(0, limit)
      waiting = waiting.slice(limit)
      try {
        const results = await write(batch.map(({ item }) => item))
        for (const [index, result] of results.entries()) batch[index]?.resolve(result)
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    isBusy = false
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      if (!isBusy) work()
    })
}
