// @ts-check
/** @typedef {import('./state.js').State} State */

export const COLOURS = ['ink', 'paper', 'muted', 'line', 'accent', 'on-accent']
export const SIZES = ['radius', 'space', 'width']

/** What `src/dialog/dialog.css` has; `off` is of switches, and cannot be set. */
const DEFAULTS = {
  light: { ink: '#17191e', paper: '#ffffff', muted: '#595f6b', line: '#17191e1f', off: '#858b97' },
  dark: { ink: '#f1f2f4', paper: '#1b1d22', muted: '#a8aeb9', line: '#ffffff24', off: '#7d838f' },
}

/** @typedef {'light' | 'dark'} Mode */
/** @param {State} state @returns {readonly Mode[]} the modes that a visitor can see */
export const modesOf = ({ theme }) => (theme === 'light' || theme === 'dark' ? [theme] : ['light', 'dark'])

/**
 * The owner's properties, by name.
 * @param {State} state @param {Mode} mode
 * @returns {Record<string, string>}
 */
export function propertiesOf(state, mode) {
  /** @type {[string, string][]} */
  const found = []
  for (const name of COLOURS) {
    // What is set on :root for light holds in the dark too, unless it is set again.
    const value = (mode === 'dark' ? state[`dark.${name}`] : undefined) ?? state[`light.${name}`]
    if (value) found.push([`--crumb-${name}`, value])
  }
  for (const name of SIZES) if (state[name]) found.push([`--crumb-${name}`, `${state[name]}px`])
  if (state.font) found.push(['--crumb-font', state.font])
  return Object.fromEntries(found)
}

/** The colours that a visitor sees. @param {State} state @param {Mode} mode */
export function coloursOf(state, mode) {
  const set = propertiesOf(state, mode)
  const own = DEFAULTS[mode]
  const ink = set['--crumb-ink'] ?? own.ink
  const paper = set['--crumb-paper'] ?? own.paper
  return {
    ink,
    paper,
    muted: set['--crumb-muted'] ?? own.muted,
    line: set['--crumb-line'] ?? own.line,
    accent: set['--crumb-accent'] ?? ink,
    'on-accent': set['--crumb-on-accent'] ?? paper,
    off: own.off,
  }
}

/** @param {Record<string, string>} properties @param {string} indent */
const rule = (properties, indent) => {
  const lines = Object.entries(properties).map(([name, value]) => `${indent}  ${name}: ${value};\n`)
  return `${indent}:root {\n${lines.join('')}${indent}}`
}

/** @param {State} state @returns {string} the style sheet that has the look, empty if there is nothing to say */
export function cssOf(state) {
  const [mode] = modesOf(state)
  const first = propertiesOf(state, mode ?? 'light')
  const dark = propertiesOf(state, 'dark')
  const differs = Object.entries(dark).filter(([name, value]) => first[name] !== value)
  const isBoth = modesOf(state).length > 1 && differs.length > 0
  return [
    Object.keys(first).length > 0 ? rule(first, '') : '',
    isBoth ? `@media (prefers-color-scheme: dark) {\n${rule(Object.fromEntries(differs), '  ')}\n}` : '',
  ]
    .filter(Boolean)
    .join('\n')
}

/**
 * The looks of the gallery, as its style sheet has them.
 * @param {string} css
 * @returns {Record<string, Record<string, string>>} by name: keys and values of the state
 */
export function looksIn(css) {
  const looks = [...css.matchAll(/\[data-look="(\w+)"\] \{([^}]*)\}/g)].map(([, name, body = '']) => {
    const pairs = [...body.matchAll(/--crumb-([\w-]+): ([^;]+);/g)].map(([, key = '', value = '']) => {
      if (!COLOURS.includes(key)) return [key, value.replace(/px$/, '')]
      return [`light.${key}`, value.length === 4 ? value.replace(/[^#]/g, '$&$&') : value.slice(0, 7)]
    })
    return [name, Object.fromEntries(pairs.filter(([key]) => key !== 'light.line'))]
  })
  return { ink: {}, ...Object.fromEntries(looks) }
}
