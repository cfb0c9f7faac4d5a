/**
 * What a promise comes to, if it does so in time.
 * @param patience milliseconds
 * @param late what it rejects with else
 */
export function within<T>(patience: number, work: Promise<T>, late: () => Error): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), patience)
  })
  return Promise.race([work, timeout]).finally(() => clearTimeout(timer))
}
