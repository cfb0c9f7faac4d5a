import type { Entry } from './keep'

const report = (message: string) => console.error(`crumbgate: ${message}`)

/** What the server says that it will never take. */
const HOPELESS = [409, 410, 422]

/** @returns whether the server has it, or will never want it; else it is sent again from another page */
async function post(address: string, { receipt }: Entry): Promise<boolean> {
  try {
    const { ok, status } = await fetch(address, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(receipt),
      // Goes on when the page is left.
      keepalive: true,
      // Nothing but the receipt: no cookies, no address of the page.
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      // A login page is no acknowledgement.
      redirect: 'error',
    })
    const isOver = HOPELESS.includes(status)
    if (!ok && status !== 409) {
      report(
        `receipts: ${address} answered ${status} to a receipt, which is ${isOver ? 'not sent again' : 'kept and sent again later'}. Have it answer POST as crumbgate/server does.`,
      )
    }
    return ok || isOver
  } catch {
    // Offline, or the page is being left.
    return false
  }
}

/**
 * Send what the site has not acknowledged yet, oldest first, until one does not get through. One tab at a time; where the
 * browser has no locks, the server knows twice from once by the number.
 * @param entries what is kept, oldest first; asked for when the turn has come
 * @param put keeps an entry as it is now
 */
export async function sendEntries(address: string, entries: () => Entry[], put: (entry: Entry) => void): Promise<void> {
  const send = async () => {
    for (const entry of entries()) {
      if (!entry.due) continue
      if (!(await post(address, entry))) return
      put({ ...entry, due: false })
    }
  }
  // Not there on plain http.
  const locks: LockManager | undefined = navigator.locks
  await (locks ? locks.request('crumbgate.receipts', send) : send())
}
