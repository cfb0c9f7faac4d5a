import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { transform } from 'lightningcss'
import postcss from 'postcss'

// A name that does not end in .css: Vitest blanks those.
const PREFIX = '\0css-text:'

/** Import a style sheet as its minified text, with every declaration marked important (the reason is in the sheet). */
export function cssText() {
  return {
    name: 'css-text',
    enforce: 'pre',
    resolveId: (source, importer) =>
      source.endsWith('.css') && importer ? `${PREFIX}${resolve(dirname(importer), source)}.js` : null,
    load(id) {
      if (!id.startsWith(PREFIX)) return null
      const filename = id.slice(PREFIX.length, -'.js'.length)
      this.addWatchFile?.(filename)
      const sheet = postcss.parse(readFileSync(filename), { from: filename })
      sheet.walkDecls((declaration) => {
        declaration.important = true
      })
      const { code } = transform({ filename, code: Buffer.from(sheet.toString()), minify: true })
      return `export default ${JSON.stringify(code.toString())}`
    },
  }
}
