import { within } from '../within'

interface Waiting<In, Out> {
  readonly item: In
  resolve(result: Out): void
  reject(error: unknown): void
}

export interface BatchOptions {
  /** Items that are written together. */
  readonly size: number
  /** Items that may wait; of more, each is rejected. */
  readonly queue: number
  /** Milliseconds after which a write that has not ended counts as failed. */
  readonly patience: number
}

/**
 * Put what comes while a write is under way into the next one, together: databases take many rows in the time of one.
 * @param write returns a result for each item, in their order
 */
export function inBatches<In, Out>(
  write: (items: readonly In[]) => Promise<readonly Out[]>,
  { size, queue, patience }: BatchOptions,
): (item: In) => Promise<Out> {
  let waiting: Waiting<In, Out>[] = []
  let isBusy = false

  async function work(): Promise<void> {
    isBusy = true
    // After everything that has arrived together.
    await new Promise((resolve) => setTimeout(resolve))
    while (waiting.length > 0) {
      const batch = waiting.slice(0, size)
      waiting = waiting.slice(size)
      try {
        const results = await within(
          patience,
          write(batch.map(({ item }) => item)),
          () => new Error(`no answer within ${patience} ms`),
        )
        for (const [index, result] of results.entries()) batch[index]?.resolve(result)
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    isBusy = false
  }

  return (item) =>
    new Promise((resolve, reject) => {
      if (waiting.length >= queue) return reject(new Error(`${queue} are waiting already`))
      waiting.push({ item, resolve, reject })
      if (!isBusy) work()
    })
}
