import type { Rule } from '../facts'
import type { ButtonFigures, Finding } from '../report'

/** What is compared, how many times as much is still equal, and how it reads. */
const FIGURES: readonly (readonly [name: keyof ButtonFigures, least: number, label: string, unit: string])[] = [
  // Their labels are of different length.
  ['width', 1.25, 'width', ' px'],
  ['height', 1.05, 'height', ' px'],
  ['fontSize', 1.01, 'text size', ' px'],
  ['fontWeight', 1.01, 'weight', ''],
  ['contrast', 1.1, 'contrast of the text', ':1'],
  ['prominence', 1.1, 'contrast with what is around', ':1'],
]

/** What the owner's styles have done to the dialog. */
export const lookFindings: Rule = ({ look, consent: { config } }) => {
  const findings: Finding[] = []
  if (look?.buttons) {
    const { accept, reject } = look.buttons
    const unequal = FIGURES.flatMap(([name, least, label, unit]) => {
      const ratio = accept[name] / reject[name]
      // Where the law writes the label of one, that is wider, or wraps.
      const isEqual =
        (ratio < least && ratio > 1 / least) || (/^(width|height)$/.test(name) && config.regime === 'opt-out')
      return isEqual ? [] : `${label} ${accept[name]}${unit} and ${reject[name]}${unit}`
    })
    if (unequal.length) {
      findings.push({
        rule: 'unequal',
        severity: 'error',
        what: `Accept and Reject differ: ${unequal.join(', ')}.`,
        instead: 'Set only the --crumb- properties, which hold for both, and leave the buttons themselves alone.',
      })
    }
  }
  for (const { text, colour, contrast, needed } of look?.faint ?? []) {
    findings.push({
      rule: 'contrast',
      severity: 'error',
      what: `"${text}" has a contrast of ${contrast}:1 in the ${look?.isDark ? 'dark' : 'light'} colours, where ${needed}:1 is needed (its colour is ${colour}).`,
      instead: `Move --crumb-ink, --crumb-muted or --crumb-on-accent away from --crumb-paper or --crumb-accent${look?.isDark ? ', within @media (prefers-color-scheme: dark)' : ''}.`,
    })
  }
  return findings
}
