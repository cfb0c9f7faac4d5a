import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { transform } from 'lightningcss'
import postcss from 'postcss'

// A name that does not end in .css: Vitest blanks those.
const PREFIX = '\0css-text:'

/** Import a style sheet as its minified text; with `?important` every declaration is marked so (the reason is in the sheet). */
export function cssText() {
  return {
    name: 'css-text',
    enforce: 'pre',
    resolveId: (source, importer) =>
      /\.css(\?important)?$/.test(source) && importer ? `${PREFIX}${resolve(dirname(importer), source)}.js` : null,
    load(id) {
      if (!id.startsWith(PREFIX)) return null
      const [filename, isImportant] = id.slice(PREFIX.length, -'.js'.length).split('?')
      this.addWatchFile?.(filename)
      const sheet = postcss.parse(readFileSync(filename), { from: filename })
      sheet.walkDecls((declaration) => {
        if (isImportant) declaration.important = true
      })
      const { code } = transform({ filename, code: Buffer.from(sheet.toString()), minify: true })
      return `export default ${JSON.stringify(code.toString())}`
    },
  }
}
