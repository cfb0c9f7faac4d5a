// A bar for each library, as an SVG that follows the reader's colour scheme.

const escaped = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;')

const STYLE = `text{font:14px system-ui,sans-serif;fill:#1f2430}.title{font-weight:600;font-size:15px}
rect{fill:#b9c0cc}.ours rect{fill:#2f6f4f}.ours text{font-weight:600}
@media(prefers-color-scheme:dark){text{fill:#e6e8ee}rect{fill:#4c5566}.ours rect{fill:#7fd1a6}}`

const [WIDTH, LABELS, FIGURES, LINE, TOP] = [720, 200, 90, 28, 44]

/**
 * @param title what the bars say
 * @param bars `{ label, value, text, ours }`, a value that is missing has no bar
 * @returns the SVG
 */
export function chart(title, bars) {
  const most = Math.max(...bars.map(({ value }) => value).filter(Number.isFinite))
  const line = ({ label, value, text, ours }, index) => {
    const y = TOP + index * LINE
    const width = Number.isFinite(value) ? Math.max(2, (value / most) * (WIDTH - LABELS - FIGURES)) : 0
    return `<g${ours ? ' class="ours"' : ''}><text x="${LABELS - 10}" y="${y + 15}" text-anchor="end">${escaped(label)}</text><rect x="${LABELS}" y="${y}" width="${width.toFixed(1)}" height="20" rx="3"/><text x="${(LABELS + width + 8).toFixed(1)}" y="${y + 15}">${escaped(text)}</text></g>`
  }
  const height = TOP + bars.length * LINE + 8
  const spoken = bars.map(({ label, text }) => `${label} ${text}`).join(', ')
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img">
<title>${escaped(title)}</title><desc>${escaped(spoken)}</desc>
<style>${STYLE}</style>
<text class="title" x="0" y="20">${escaped(title)}</text>
${bars.map(line).join('\n')}
</svg>
`
}
