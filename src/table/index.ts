import { createWording, type Wording } from '../markup/wording'
import type { Consent, Locale } from '../types'
import { contentsOf } from './contents'
import { tableClass, tables } from './element'
import css from './table.css'

const isOurs = (element: Element) => element.matches('[data-crumb=declaration]')

/**
 * Make `<crumb-table>` the declaration: every service and what it stores, by category, with the visitor's choice and the
 * buttons to change it or withdraw. Drawn again at every change.
 * @param locale its language, asked for when it is first needed
 * @returns empties them again
 */
export function drawTables(consent: Consent, locale: () => Locale | Promise<Locale>): () => void {
  let wording: Promise<Wording> | undefined
  let isOver = false
  const told = new Set<string>()
  // Not the core's own: sharing it would break the core in two files.
  function report(message: string): void {
    if (!told.has(message)) console.error(`crumbgate: ${message}`)
    told.add(message)
  }
  let sheet: CSSStyleSheet | undefined
  const Table = tableClass()

  async function fill(table: HTMLElement): Promise<void> {
    // The dialog tells what is wrong with the texts.
    wording ??= Promise.resolve(locale()).then((found) => createWording(found, consent.config, () => {}))
    const contents = contentsOf(consent, await wording)
    if (isOver) return
    if (!sheet) {
      const made = new CSSStyleSheet()
      made.replaceSync(css)
      sheet = made
    }
    if (!document.adoptedStyleSheets.includes(sheet)) {
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
    }
    const hadFocus = table.contains(document.activeElement)
    const before = [...table.children].find(isOurs)
    // Written <crumb-table/>, it has swallowed what comes after it.
    const hasOthers = table.children.length > (before ? 1 : 0)
    if (before) before.replaceWith(contents)
    else if (hasOthers) table.prepend(contents)
    else table.replaceChildren(contents)
    if (hasOthers) {
      report('<crumb-table> is to be empty, and closed: <crumb-table></crumb-table>. What is in it stays.')
    }
    if (hadFocus) table.querySelector('button')?.focus({ preventScroll: true })
  }

  const draw = (table: HTMLElement) =>
    fill(table).catch((error) => {
      report(`<crumb-table> cannot be filled. ${error}`)
    })
  const drawAll = () => tables().forEach(draw)
  Table.draw = draw
  drawAll()
  // Once the dialog is closed, and the focus back in the table.
  const leave = consent.subscribe(() => setTimeout(drawAll))

  return () => {
    isOver = true
    leave()
    if (Table.draw === draw) Table.draw = undefined
    for (const table of tables()) {
      for (const child of [...table.children]) if (isOurs(child)) child.remove()
    }
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet)
  }
}
