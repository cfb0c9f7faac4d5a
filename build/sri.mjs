import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const hash = (file) => `sha384-${createHash('sha384').update(readFileSync(file)).digest('base64')}`

/**
 * Write the integrity of each file for a script tag to `sri.json`, once all are written.
 * @param {string} out folder of the build
 * @param {string} version
 * @param {string[]} files
 */
export function sri(out, version, files) {
  return {
    name: 'sri',
    writeBundle() {
      const hashes = Object.fromEntries(files.map((file) => [file, hash(join(out, file))]))
      writeFileSync(join(out, 'sri.json'), `${JSON.stringify({ version, files: hashes }, null, 2)}\n`)
    },
  }
}
