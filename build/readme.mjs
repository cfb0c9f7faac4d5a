// Part of `npm run build`: the tag with the hash of what was built goes into the README.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const TAG = /(<!-- sri:.*? -->\n)[\s\S]*?(\n<!-- \/sri -->)/

/**
 * @param {string} text of the README
 * @param {{ version: string, files: Record<string, string> }} sri what `dist/sri.json` holds
 * @returns the README with the tag for that build
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
  const readme = new URL('../README.md', import.meta.url)
  const sri = JSON.parse(readFileSync(new URL('../dist/sri.json', import.meta.url), 'utf8'))
  writeFileSync(readme, withTag(readFileSync(readme, 'utf8'), sri))
}
