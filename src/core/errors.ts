/** A mistake of the site owner or the developer, in words that say how to mend it. */
export class ConsentError extends Error {
  override readonly name = 'ConsentError'
}

/** Tell the site owner. The panel listens to the console. */
export const report = (message: string): void => console.error(`crumbgate: ${message}`)

/** The same, each message once: what renders asks again and again. */
export function createReport(): (message: string) => void {
  const said = new Set<string>()
  return (message) => {
    if (!said.has(message)) report(message)
    said.add(message)
  }
}

/** Run foreign code; what it throws is reported as an uncaught error and stops nobody else. */
export function guard(run: () => void): void {
  try {
    run()
  } catch (error) {
    // A page may have taken it away.
    ;(globalThis.reportError ?? console.error)(error)
  }
}
