import type { Entry } from './keep'

const report = (message: string) => console.error(`crumbgate: ${message}`)

/** What the server says that it has, or will never take. */
const SETTLED = [409, 410, 422]
/** Milliseconds after which a request is given up. */
const PATIENCE = 10_000

/**
 * `settled`: the server has it, or will never take it. `refused`: it may take it another time, and others now. `away`:
 * nothing gets through.
 */
type Outcome = 'settled' | 'refused' | 'away'

async function post(address: string, { receipt }: Entry): Promise<Outcome> {
  const giveUp = new AbortController()
  const timer = setTimeout(() => giveUp.abort(), PATIENCE)
  try {
    // From the page's own address, whatever its <base> says.
    const { ok, status } = await fetch(new URL(address, location.href), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(receipt),
      signal: giveUp.signal,
      // Goes on when the page is left.
      keepalive: true,
      // Nothing but the receipt: no cookies, no address of the page.
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      // A login page is no acknowledgement.
      redirect: 'error',
    })
    const isSettled = ok || SETTLED.includes(status)
    if (!ok && status !== 409) {
      report(
        `receipts: ${address} answered ${status} to a receipt, which is ${isSettled ? 'not sent again' : 'kept and sent again later'}. Have it answer POST as crumbgate/server does.`,
      )
    }
    if (isSettled) return 'settled'
    return status === 429 || status >= 500 ? 'away' : 'refused'
  } catch {
    // Offline, or the page is being left, or no answer.
    return 'away'
  } finally {
    clearTimeout(timer)
  }
}

/** Not there on plain http, or taken away by something on the page. */
function findLocks(): LockManager | undefined {
  try {
    return navigator.locks
  } catch {
    return undefined
  }
}

/**
 * Send what the site has not acknowledged yet, oldest first, until nothing gets through. One tab at a time; where the
 * browser has no locks, the server knows twice from once by the number.
 * @param entries what is kept, oldest first; asked for when the turn has come
 * @param put keeps an entry as it is now
 */
export async function sendEntries(address: string, entries: () => Entry[], put: (entry: Entry) => void): Promise<void> {
  const send = async () => {
    for (const entry of entries()) {
      if (!entry.due) continue
      const outcome = await post(address, entry)
      if (outcome === 'away') return
      if (outcome === 'settled') put({ ...entry, due: false })
    }
  }
  await (findLocks()?.request('crumbgate.receipts', send) ?? send())
}
