import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Page, TestInfo } from '@playwright/test'

const { MUTATED_BUILD, MUTANT, MUTANTS_REACHED } = process.env

/** Sends which mutants a page has reached, when it is left. */
const TELL = `addEventListener('pagehide', () => navigator.sendBeacon('/mutants', JSON.stringify(Object.keys({ ...__stryker__.mutantCoverage?.static }))));`

/** For browser.mjs: what is served as crumbgate.js where mutants are tested, else nothing. */
export const mutatedBuild = (path: string): string | undefined =>
  MUTATED_BUILD && path === '/dist/crumbgate.js'
    ? `globalThis.__stryker__ ??= { activeMutant: '${MUTANT ?? ''}' };${MUTANTS_REACHED ? TELL : ''}${readFileSync(MUTATED_BUILD, 'utf8')}`
    : undefined

/** Keep which mutants a test has reached, also in the pages that are still open; in the words of a test list. */
export async function keepReached(reached: Set<string>, page: Page, info: TestInfo): Promise<void> {
  // A test that is red without a mutant tells nothing.
  if (!MUTANTS_REACHED || info.status !== info.expectedStatus) return
  for (const open of page.context().pages()) {
    const ids: unknown = await open.evaluate('Object.keys({ ...window.__stryker__?.mutantCoverage?.static })')
    if (Array.isArray(ids)) for (const id of ids) reached.add(id)
  }
  mkdirSync(MUTANTS_REACHED, { recursive: true })
  const [, ...titles] = info.titlePath
  const test = `${relative(info.config.rootDir, info.file)}:${info.line}:${info.column} › ${titles.join(' › ')}`
  writeFileSync(join(MUTANTS_REACHED, `${info.testId}.json`), JSON.stringify({ test, mutants: [...reached] }))
}
