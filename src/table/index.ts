import { createWording, type Wording } from '../markup/wording'
import type { Consent, Locale } from '../types'
import { contentsOf } from './contents'
import css from './table.css'

const NAME = 'crumb-table'

/** The class of `<crumb-table>`; whoever defines it, the drawing may come later. */
export interface TableClass extends CustomElementConstructor {
  draw?: (table: HTMLElement) => void
  locale?: () => Promise<Locale>
}

/**
 * Make `<crumb-table>` the declaration: every service and what it stores, by category, with the visitor's choice and the
 * buttons to change it or withdraw. Drawn again at every change.
 * @param locale its language, asked for when it is first needed
 */
export function drawTables(consent: Consent, locale: () => Locale | Promise<Locale>): void {
  let wording: Promise<Wording> | undefined
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)

  async function draw(table: HTMLElement): Promise<void> {
    // The dialog tells what is wrong with the texts.
    wording ??= Promise.resolve(locale()).then((found) => createWording(found, consent.config, () => {}))
    const contents = contentsOf(consent, await wording)
    if (!document.adoptedStyleSheets.includes(sheet)) {
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
    }
    const hadFocus = table.contains(document.activeElement)
    table.replaceChildren(contents)
    if (hadFocus) table.querySelector('button')?.focus({ preventScroll: true })
  }

  const known: TableClass | undefined = customElements.get(NAME)
  class Table extends HTMLElement {
    static draw = draw
    connectedCallback(): void {
      Table.draw(this)
    }
  }
  if (known) known.draw = draw
  else customElements.define(NAME, Table)
  const drawAll = () => {
    // Through the prototype: <img name=querySelectorAll> hides the method behind the element.
    for (const table of Document.prototype.querySelectorAll.call(document, NAME)) {
      if (table instanceof HTMLElement) draw(table)
    }
  }
  consent.subscribe(drawAll)
  if (known) drawAll()
}
