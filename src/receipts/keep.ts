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
  /** Newest first, as texts that anybody may have changed. */
  texts(): string[]
  put(entry: Entry): void
}

/** As many are kept; of more, the oldest go, sent or not. */
const LIMIT = 20

export function createShelf(cookieName: string): Shelf {
  const prefix = receiptPrefix(cookieName)
  /** What the browser would not keep. */
  const memory = new Map<string, string>()
  const names = () =>
    Object.keys(localStorage)
      .filter((name) => name.startsWith(prefix))
      .sort()
      .reverse()

  return {
    texts() {
      try {
        return [...memory.values(), ...names().map((name) => localStorage.getItem(name) ?? '')]
      } catch {
        return [...memory.values()]
      }
    },
    put(entry) {
      const { at, id } = entry.receipt
      const name = `${prefix}${Date.parse(at) / 1000}.${id}`
      const text = JSON.stringify(entry)
      try {
        localStorage.setItem(name, text)
        for (const old of names().slice(LIMIT)) localStorage.removeItem(old)
      } catch {
        memory.set(name, text)
      }
    },
  }
}

/** What shows and sends receipts: {@link openReceipts}. */
export interface Receipts {
  send(address: string): void
  view(wording: Wording): HTMLElement | string
}

export interface ReceiptsKeeper {
  /** A dialog is there, and this is what it says: what the next decisions are made on. */
  shown(wording: Wording): void
  /** Put the visitor's receipts into the element. */
  fill(slot: HTMLElement, wording: Wording): void
}

/**
 * Keep a receipt of each decision on this page. What shows and sends them is loaded where there is something to show or
 * to send.
 * @param load called again after it has failed; what it throws is told to the site owner
 */
export function keepReceipts(
  consent: Consent,
  load: (consent: Consent, shelf: Shelf) => Receipts | Promise<Receipts>,
): ReceiptsKeeper {
  const { config } = consent
  const shelf = createShelf(config.cookieName)
  let loading: Promise<Receipts> | undefined
  let basis: { readonly lang: string; readonly hash: Promise<string | null>; ready?: string | null } | undefined

  function use(act: (receipts: Receipts) => void): void {
    loading ??= Promise.resolve().then(() => load(consent, shelf))
    loading.then(act).catch((error) => {
      loading = undefined
      console.error(`crumbgate: receipts cannot be shown or sent. ${error}`)
    })
  }

  function sendDue(): void {
    const { receipts } = config
    if (typeof receipts !== 'string' || !shelf.texts().some((text) => text.includes('"due":true'))) return
    use(({ send }) => send(receipts))
  }

  function keep(record: ConsentRecord): void {
    const put = (hash: string | null) =>
      shelf.put({ receipt: makeReceipt(record, hash), due: typeof config.receipts === 'string' })
    const shown = basis?.lang === record.locale ? basis : undefined
    // At once, as the page may be about to reload; again if the hash was not ready.
    put(shown?.ready ?? null)
    if (shown && shown.ready === undefined) {
      shown.hash.then((hash) => {
        put(hash)
        sendDue()
      })
    } else {
      sendDue()
    }
  }

  if (config.receipts) {
    consent.subscribe((choice, isHere) => {
      if (choice && isHere) keep(choice)
    })
    sendDue()
  }
  return {
    shown(wording) {
      if (!config.receipts) return
      const made: typeof basis = { lang: wording.lang, hash: sha256(shownText(config, wording)) }
      made.hash.then((hash) => {
        made.ready = hash
      })
      basis = made
    },
    fill(slot, wording) {
      if (config.receipts && shelf.texts().length) use((receipts) => slot.replaceChildren(receipts.view(wording)))
    },
  }
}
