/** A mistake of the site owner or the developer, in words that say how to mend it. */
export class ConsentError extends Error {
  override readonly name = 'ConsentError'
}

/** Tell the site owner, on the console; and in the panel, which is another bundle and listens. */
export function report(message: string): void {
  console.error(`crumbgate: ${message}`)
  // Not there on a server.
  globalThis.dispatchEvent?.(new CustomEvent('crumbgate:report', { detail: message }))
}

/** Run foreign code; what it throws is reported as an uncaught error and stops nobody else. */
export function guard(run: () => void): void {
  try {
    run()
  } catch (error) {
    reportError(error)
  }
}
