import type { Consent, Receipt } from '../types'
import type { Entry, Receipts, Shelf } from './keep'
import { readReceipt } from './read'
import { sendEntries } from './send'
import { receiptsView } from './view'

function parse(text: string): Entry | undefined {
  try {
    const found: unknown = JSON.parse(text)
    const receipt = readReceipt(Reflect.get(Object(found), 'receipt'))
    return receipt ? { receipt, due: Reflect.get(Object(found), 'due') === true } : undefined
  } catch {
    return undefined
  }
}

/** What is kept, newest first. */
const entriesOn = (shelf: Shelf): Entry[] => shelf.texts().flatMap((text) => parse(text) ?? [])
export const receiptsOn = (shelf: Shelf): Receipt[] => entriesOn(shelf).map(({ receipt }) => receipt)

/** Show and send what is kept. */
export const openReceipts = ({ config }: Consent, shelf: Shelf): Receipts => ({
  send: (address) => sendEntries(address, () => entriesOn(shelf).reverse(), shelf.put),
  view: (wording) => receiptsView(receiptsOn(shelf), config, wording),
})
