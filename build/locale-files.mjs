import { readdirSync, readFileSync } from 'node:fs'
import { transformSync } from 'esbuild'

const FOLDER = new URL('../src/locales/', import.meta.url)
const TAG = /^([a-z]{2}(?:-[A-Z][A-Za-z]+)?)\.ts$/

async function textsOf(file) {
  const { code } = transformSync(readFileSync(new URL(file, FOLDER), 'utf8'), { loader: 'ts', format: 'esm' })
  const { locale } = await import(`data:text/javascript,${encodeURIComponent(code)}`)
  return locale.texts
}

/**
 * Write each language's texts as JSON, which the script build fetches: `locales/de.json`. Without the names, in the order
 * of the English ones, which are in the script.
 */
export function localeFiles() {
  return {
    name: 'locale-files',
    async generateBundle() {
      const names = Object.keys(await textsOf('en.ts'))
      for (const file of readdirSync(FOLDER)) {
        const [, tag] = TAG.exec(file) ?? []
        if (!tag || tag === 'en') continue
        this.addWatchFile(new URL(file, FOLDER).pathname)
        const texts = await textsOf(file)
        const source = JSON.stringify(names.map((name) => texts[name]))
        this.emitFile({ type: 'asset', fileName: `locales/${tag}.json`, source })
      }
    },
  }
}
