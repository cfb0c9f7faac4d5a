import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page, TestInfo } from '@playwright/test'

const { MUTATED_BUILD, MUTANT, MUTANTS_REACHED } = process.env

/** Sends which mutants a page has reached, when it is left. */
const TELL = `addEventListener('pagehide', () => navigator.sendBeacon('/mutants', JSON.stringify(Object.keys({ ...__stryker__.mutantCoverage?.static }))));`

/** For browser.mjs: what is served as crumbgate.js where mutants are tested, else nothing. */
export const mutatedBuild = (path: string): string | undefined =>
  MUTATED_BUILD && path === '/dist/crumbgate.js'
    ? `globalThis.__stryker__ ??= { activeMutant: '${MUTANT ?? ''}' };${MUTANTS_REACHED ? TELL : ''}${readFileSync(MUTATED_BUILD, 'utf8')}`
    : undefined

/** Keep which mutants a test has reached, also in the pages that are still open. */
export async function keepReached(reached: Set<string>, page: Page, info: TestInfo): Promise<void> {
  if (!MUTANTS_REACHED) return
  for (const open of page.context().pages()) {
    const ids: unknown = await open.evaluate('Object.keys({ ...window.__stryker__?.mutantCoverage?.static })')
    if (Array.isArray(ids)) for (const id of ids) reached.add(id)
  }
  mkdirSync(MUTANTS_REACHED, { recursive: true })
  const [, ...titles] = info.titlePath
  const test = `${info.file}:${info.line}:${info.column} › ${titles.join(' › ')}`
  writeFileSync(join(MUTANTS_REACHED, `${info.testId}.json`), JSON.stringify({ test, mutants: [...reached] }))
}
