// Brotli bytes of what ships, as it is sent.
import { readdirSync, readFileSync } from 'node:fs'
import { brotliCompressSync } from 'node:zlib'

const DIST = new URL('../dist/', import.meta.url)
const files = (folder, pattern) =>
  readdirSync(new URL(folder, DIST))
    .filter((name) => pattern.test(name))
    .map((name) => `${folder}${name}`)
    .sort()

/** @returns bytes, by file below dist: the script files, the main modules, the signals and the largest language */
export function shippedSizes() {
  const size = (file) => brotliCompressSync(readFileSync(new URL(file, DIST))).length
  const languages = files('locales/', /\.json$/)
  const largest = languages.reduce((a, b) => (size(b) > size(a) ? b : a))
  const measured = [...files('', /^crumb[\w-]*\.js$/), 'core.js', ...files('signals/', /\.js$/), largest]
  return Object.fromEntries(measured.map((file) => [file, size(file)]))
}
