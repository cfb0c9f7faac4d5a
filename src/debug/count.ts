import type { Finding } from './report'

/** A number with its word. */
export const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`

/** How many there are to mend, such as `2 findings`, and apart from them what is only worth a look. */
export function countOf(findings: readonly Finding[]): string {
  const notes = findings.filter(({ severity }) => severity === 'note').length
  return plural(findings.length - notes, 'finding') + (notes ? `, ${plural(notes, 'note')}` : '')
}
