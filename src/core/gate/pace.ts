// Milliseconds of work in a row before the browser gets its turn to paint and to answer input.
const STRETCH = 8

/** Let the browser have its turn. */
export const giveWay = (): Promise<unknown> =>
  globalThis.scheduler?.yield?.() ?? new Promise<void>((resolve) => setTimeout(resolve))

/** Keeps long work from holding up the browser. */
export interface Pace {
  /** Work begins. */
  begin(): void
  /** Between two pieces of it. Returns something to wait for if it is the browser's turn. */
  rest(): Promise<void> | undefined
}

export function createPace(): Pace {
  let since = 0
  const begin = () => {
    since = Date.now()
  }
  return { begin, rest: () => (Date.now() - since > STRETCH ? giveWay().then(begin) : undefined) }
}
