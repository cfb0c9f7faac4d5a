import type { StoredReceipt } from './store'

/** A receipt as it is given out. */
export const published = ({ receipt, receivedAt }: StoredReceipt) => ({
  receivedAt: new Date(receivedAt).toISOString(),
  receipt,
})

/**
 * Receipts as lines of JSON, read as they are taken.
 * @param next those after an id; fewer than a page are the last
 * @param failed told why it has broken off
 */
export function linesOf(
  first: readonly StoredReceipt[],
  next: (after: string) => Promise<readonly StoredReceipt[]>,
  page: number,
  failed: (error: unknown) => void,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let entries = first
  return new ReadableStream({
    async pull(controller) {
      const lines = entries.map((entry) => `${JSON.stringify(published(entry))}\n`)
      if (lines.length > 0) controller.enqueue(encoder.encode(lines.join('')))
      const last = entries.at(-1)
      if (!last || entries.length < page) return controller.close()
      try {
        entries = await next(last.receipt.id)
        if (entries.length === 0) controller.close()
      } catch (error) {
        failed(error)
        // Broken off, so that nobody takes a part for the whole.
        controller.error(error)
      }
    },
  })
}
