import { findAll } from '../markup/element'
import type { Locale } from '../types'

const NAME = 'crumb-table'

/** The class of `<crumb-table>`. A page defines it once; what it does can come later, go and come again. */
export interface TableClass extends CustomElementConstructor {
  /** Fills one. */
  draw?: ((table: HTMLElement) => void) | undefined
  /** Asks for `draw`, when the first one is met without it. */
  ask?: (() => void) | undefined
  /** The language to draw in. */
  locale?: () => Promise<Locale>
  /** Empties them again. */
  stop?: () => void
}

/** The class, defined if it is not yet. */
export function tableClass(): TableClass {
  const known: TableClass | undefined = customElements.get(NAME)
  if (known) return known
  class Table extends HTMLElement {
    static draw?: TableClass['draw']
    static ask?: TableClass['ask']
    connectedCallback(): void {
      if (Table.draw) Table.draw(this)
      else Table.ask?.()
    }
  }
  customElements.define(NAME, Table)
  return Table
}

/** All of them in the page. */
export const tables = (): HTMLElement[] => findAll(NAME).filter((table) => table instanceof HTMLElement)
