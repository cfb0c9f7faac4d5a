// Brotli bytes of what ships, as it is sent.
import { readdirSync, readFileSync } from 'node:fs'
import { brotliCompressSync } from 'node:zlib'

const DIST = new URL('../dist/', import.meta.url)
const files = (folder, pattern) =>
  readdirSync(new URL(folder, DIST))
    .filter((name) => pattern.test(name))
    .map((name) => `${folder}${name}`)
    .sort()

/** A module and all that it imports at once; without what it loads later. */
function bundleOf(file, found = new Set()) {
  if (found.has(file)) return found
  found.add(file)
  const text = readFileSync(new URL(file, DIST), 'utf8')
  for (const [, path] of text.matchAll(/\bfrom"(\.[^"]+)"/g))
    bundleOf(new URL(path, new URL(file, DIST)).href.slice(DIST.href.length), found)
  return found
}

/** @returns bytes, by file below dist: the script files, the main modules (`crumbgate` with all its files), the signals and the largest language */
export function shippedSizes() {
  const size = (file) => brotliCompressSync(readFileSync(new URL(file, DIST))).length
  const languages = files('locales/', /\.json$/)
  const largest = languages.reduce((a, b) => (size(b) > size(a) ? b : a))
  const measured = [...files('', /^crumb[\w-]*\.js$/), 'core.js', ...files('signals/', /\.js$/), largest]
  const sum = (parts) => parts.reduce((bytes, file) => bytes + size(file), 0)
  const atOnce = bundleOf('index.js')
  return {
    ...Object.fromEntries(measured.map((file) => [file, size(file)])),
    crumbgate: sum([...atOnce]),
    'crumbgate: dialog': sum([...bundleOf('dialog.js')].filter((file) => !atOnce.has(file))),
  }
}
