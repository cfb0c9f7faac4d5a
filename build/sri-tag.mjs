// Part of `npm run build`: the tag with the hash of what was built goes into the pages that show it.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Pages that show the tag. */
export const PAGES = ['README.md', 'docs/start.md']

const TAG = /(<!-- sri:.*? -->\n)[\s\S]*?(\n<!-- \/sri -->)/

/**
 * @param {string} text of a page
 * @param {{ version: string, files: Record<string, string> }} sri what `dist/sri.json` holds
 * @returns the page with the tag for that build
 */
export const withTag = (text, { version, files }) =>
  text.replace(
    TAG,
    (_, start, end) => `${start}
\`\`\`html
<script
  src="https://cdn.jsdelivr.net/npm/crumbgate@${version}/dist/crumbgate.js"
  integrity="${files['crumbgate.js']}"
  crossorigin="anonymous"
></script>
\`\`\`
${end}`,
  )

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const sri = JSON.parse(readFileSync(new URL('../dist/sri.json', import.meta.url), 'utf8'))
  for (const name of PAGES) {
    const page = new URL(`../${name}`, import.meta.url)
    writeFileSync(page, withTag(readFileSync(page, 'utf8'), sri))
  }
}
