import type { Wording } from '../markup/wording'
import type { Consent, ConsentRecord, Receipt } from '../types'
import { receiptPrefix } from './key'
import { makeReceipt } from './make'
import { sha256, shownText } from './shown'

/** A receipt as it is kept. */
export interface Entry {
  readonly receipt: Receipt
  /** Whether the site has yet to acknowledge it. */
  readonly due: boolean
}

/** Where receipts are kept on the visitor's device: an entry each, so that tabs do not write over one another's. */
export interface Shelf {
  /** Newest first, by the second, as texts that anybody may have changed. */
  texts(): string[]
  /** @param before what has to be there, else nothing is changed: `null` for nothing, left out for anything */
  put(entry: Entry, before?: Entry | null): void
  /** Take away what an earlier configuration has kept, but not what another page may still have to send. */
  clear(): void
}

/** As many are kept. Of more, the oldest go: first those that the site has, or does not want. */
const LIMIT = 20
/** Milliseconds until what nobody waits for is done. */
const LATER = 1000

const isDue = (text: string | null | undefined) => !!text?.includes('"due":true')

export function createShelf(cookieName: string): Shelf {
  const prefix = receiptPrefix(cookieName)
  /** What the browser would not keep. */
  const memory = new Map<string, string>()
  const names = () =>
    Object.keys(localStorage)
      .filter((name) => name.startsWith(prefix))
      .sort()
      .reverse()

  /** What is there, by name. */
  function read(): Map<string, string> {
    try {
      return new Map([...names().map((name): [string, string] => [name, localStorage.getItem(name) ?? '']), ...memory])
    } catch {
      return memory
    }
  }

  /** Whatever the clock says, what has just been written stays. */
  function trim(written: string): void {
    const others = names().filter((name) => name !== written)
    if (others.length < LIMIT) return
    const due = others.filter((name) => isDue(localStorage.getItem(name)))
    const rest = others.filter((name) => !due.includes(name))
    for (const name of [...due, ...rest].slice(LIMIT - 1)) localStorage.removeItem(name)
  }

  return {
    texts: () => [...read().values()],
    put(entry, before) {
      const { at, id } = entry.receipt
      const name = `${prefix}${Date.parse(at) / 1000}.${id}`
      if (before !== undefined && read().get(name) !== (before ? JSON.stringify(before) : undefined)) return
      const text = JSON.stringify(entry)
      try {
        localStorage.setItem(name, text)
        memory.delete(name)
        trim(name)
      } catch {
        memory.set(name, text)
      }
    },
    clear() {
      try {
        for (const name of names()) if (!isDue(localStorage.getItem(name))) localStorage.removeItem(name)
      } catch {
        // Where it is refused, nothing is there.
      }
    },
  }
}

/** What shows and sends receipts: {@link openReceipts}. */
export interface Receipts {
  send(address: string): Promise<void>
  view(wording: Wording): HTMLElement | string
}

export interface ReceiptsKeeper {
  /** What the visitor has before them, and decides on: the wording of a dialog, or nothing of ours. */
  shown(wording: Wording | undefined): void
  /** Put the visitor's receipts into the element. */
  fill(slot: HTMLElement, wording: Wording): void
}

/** What was shown, and its hash once there is one. */
interface Basis {
  readonly wording: Wording
  readonly hash: Promise<string | null>
  ready?: string | null
}

/**
 * Keep a receipt of each decision on this page. What shows and sends them is loaded where there is something to show or
 * to send. Where the site wants none, those of an earlier configuration go.
 * @param load called again after it has failed; what it throws is told to the site owner
 */
export function keepReceipts(
  consent: Consent,
  load: (consent: Consent, shelf: Shelf) => Receipts | Promise<Receipts>,
): ReceiptsKeeper {
  const { config } = consent
  const { receipts } = config
  const shelf = createShelf(config.cookieName)
  let loading: Promise<Receipts> | undefined
  let made: Basis | undefined
  let basis: Basis | undefined

  function use(act: (receipts: Receipts) => void): void {
    loading ??= Promise.resolve().then(() => load(consent, shelf))
    loading.then(act).catch((error) => {
      loading = undefined
      console.error(`crumbgate: receipts cannot be shown or sent. ${error}`)
    })
  }

  function sendDue(): void {
    if (typeof receipts === 'string' && shelf.texts().some(isDue)) use(({ send }) => send(receipts))
  }

  function keep(record: ConsentRecord): void {
    const shown = basis?.wording.lang === record.locale ? basis : undefined
    const entry = (hash: string | null): Entry => ({
      receipt: makeReceipt(record, hash),
      due: typeof receipts === 'string',
    })
    // At once, as the page may be about to reload; and again once there is a hash, unless it has been sent without.
    const first = entry(shown?.ready ?? null)
    shelf.put(first, null)
    if (!shown || shown.ready !== undefined) sendDue()
    else shown.hash.then((hash) => shelf.put(entry(hash), first)).then(sendDue)
  }

  function prepare(wording: Wording): Basis {
    const prepared: Basis = { wording, hash: sha256(shownText(config, wording)) }
    prepared.hash.then((hash) => {
      prepared.ready = hash
    })
    return prepared
  }

  if (receipts) {
    consent.subscribe((choice, isHere) => {
      if (choice && isHere) keep(choice)
    })
    sendDue()
  } else if (typeof document !== 'undefined') {
    // The first look into storage waits for another process, and the parser would wait with it.
    const timer = setTimeout(shelf.clear, LATER)
    document.addEventListener('crumbgate:destroy', () => clearTimeout(timer), { once: true })
  }
  return {
    shown(wording) {
      if (!receipts) return
      if (wording && made?.wording !== wording) made = prepare(wording)
      basis = wording && made
    },
    fill(slot, wording) {
      if (receipts && shelf.texts().length) use(({ view }) => slot.replaceChildren(view(wording)))
    },
  }
}
