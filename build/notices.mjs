import { readdirSync, readFileSync } from 'node:fs'

/**
 * The licence notices of the packages that the script build bundles.
 * @param {string[]} packages names of installed packages
 */
export function notices(packages) {
  const found = packages.map((name) => {
    const folder = `node_modules/${name}`
    const { version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry))
    if (!file) throw new Error(`${name} has no licence file: its notice cannot be shipped`)
    const text = readFileSync(`${folder}/${file}`, 'utf8').trim()
    const holder = /^copyright.*$/im.exec(text)?.[0] ?? ''
    return { name, version, license, text, holder }
  })
  return {
    short: found.map((p) => `/*! ${p.name} ${p.version} | ${p.license} | ${p.holder} */`).join('\n'),
    full: `crumbgate.js contains these packages.\n\n${found
      .map((p) => `${p.name} ${p.version}, ${p.license}\n\n${p.text}\n`)
      .join('\n---\n\n')}`,
  }
}
