// Rounds of all libraries, in an order of its own each, so that none always follows the same one.
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { launch } from './driver.mjs'
import * as measure from './measure.mjs'
import { startServer } from './server.mjs'

const HERE = new URL('.', import.meta.url)

/** Installs the libraries beside this file, from npm, at the versions of the lock file. */
function install() {
  const { status } = spawnSync('npm ci --ignore-scripts --no-audit --no-fund', {
    shell: true,
    stdio: 'inherit',
    cwd: HERE,
  })
  if (status !== 0) throw new Error('The libraries to compare with could not be installed (npm ci in bench/peers).')
}

async function libraries(only) {
  install()
  const names = readdirSync(new URL('adapters/', HERE)).flatMap((file) => /^(.+)\.mjs$/.exec(file)?.[1] ?? [])
  const all = await Promise.all(names.map(async (name) => (await import(`./adapters/${name}.mjs`)).default))
  return all.filter(({ name, baseline }) => baseline || only.length === 0 || only.includes(name))
}

/** Says how far it is, and how long the rest takes at the pace so far. */
function progress(total) {
  const start = Date.now()
  let done = 0
  return (what) => {
    done += 1
    const left = Math.ceil((((Date.now() - start) / done) * (total - done)) / 60_000)
    console.error(`${done}/${total} ${what}, about ${left} min left`)
  }
}

/** The list in another order, each time another, in each run the same (https://en.wikipedia.org/wiki/Fisher-Yates_shuffle). */
function createShuffle() {
  let seed = 1
  return (list) => {
    const mixed = [...list]
    for (let last = mixed.length - 1; last > 0; last -= 1) {
      seed = (seed * 48_271) % 2_147_483_647
      const other = seed % (last + 1)
      ;[mixed[last], mixed[other]] = [mixed[other], mixed[last]]
    }
    return mixed
  }
}

/**
 * @param rounds how often each is measured
 * @param conditions names in CONDITIONS
 * @param sizes numbers of held scripts, a list for each condition
 * @param only names of libraries; all if empty
 * @returns what was measured, one list of results a library
 */
export async function comparePeers({ rounds, conditions, sizes, only }) {
  const all = await libraries(only)
  const compared = all.filter(({ baseline }) => !baseline)
  const server = await startServer(all)
  const browser = await launch()
  const held = conditions.flatMap((condition) => sizes[condition]).length
  const say = progress(compared.length + rounds * (conditions.length * all.length + held * compared.length))
  const results = { chromium: browser.version(), libraries: {}, bytes: {}, visit: {}, scale: {} }
  const shuffle = createShuffle()
  const note = (group, key, library, result) => {
    if (result.error) console.error(`${library.name}, ${key}: ${result.error}`)
    group[key] ??= {}
    group[key][library.name] ??= []
    group[key][library.name].push(result)
  }

  for (const library of all) {
    const { name, label, version, gating, baseline } = library
    results.libraries[name] = { label, version, gating, baseline }
    // The first page of a library in a browser is slower; it is not counted.
    await measure.visit(browser, server, library, 'cpu1')
    if (baseline) continue
    results.bytes[name] = await measure.bytes(browser, server, library)
    say(`${name}, bytes`)
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const condition of conditions) {
      for (const library of shuffle(all)) {
        note(results.visit, condition, library, await measure.visit(browser, server, library, condition))
        say(`${library.name}, round ${round + 1}, ${condition}`)
      }
      for (const size of sizes[condition]) {
        results.scale[condition] ??= {}
        const scale = results.scale[condition]
        for (const library of shuffle(compared)) {
          // Who did not end once is not waited for again.
          if (!scale[size]?.[library.name]?.[0].error)
            note(scale, size, library, await measure.scale(browser, server, library, condition, size))
          say(`${library.name}, round ${round + 1}, ${condition}, ${size} held scripts`)
        }
      }
    }
  }
  await browser.close()
  await server.close()
  return results
}
