import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Page, TestInfo } from '@playwright/test'

const { MUTATED_BUILD, MUTANTS_PLANNED, MUTANTS_RESULTS, MUTANTS_REACHED } = process.env

/** Sends which mutants a page has reached, when it is left. */
const TELL = `addEventListener('pagehide', () => navigator.sendBeacon('/mutants', JSON.stringify(Object.keys({ ...__stryker__.mutantCoverage?.static }))));`

/** For browser.mjs: what is served as crumbgate.js where mutants are tested, else nothing. */
export const mutatedBuild = (path: string, mutants: readonly string[]): string | undefined =>
  MUTATED_BUILD && path === '/dist/crumbgate.js'
    ? `globalThis.__stryker__ ??= { activeMutant: ${JSON.stringify(mutants)} };${MUTANTS_REACHED ? TELL : ''}${readFileSync(MUTATED_BUILD, 'utf8')}`
    : undefined

/** In the words of a test list. */
function nameOf({ config, file, line, column, titlePath: [, ...titles] }: TestInfo): string {
  return `${relative(config.rootDir, file)}:${line}:${column} › ${titles.join(' › ')}`
}

const plan: Record<string, { mutants: readonly (readonly string[])[]; timeout: number }> | undefined =
  MUTANTS_PLANNED && JSON.parse(readFileSync(MUTANTS_PLANNED, 'utf8'))

/** The mutants that this repetition of a test meets, by their numbers; none outside mutation testing. Skips if none is left. */
export function mutantsOf(info: TestInfo): readonly string[] {
  const planned = plan?.[nameOf(info)]
  const mutants = planned?.mutants[info.repeatEachIndex]
  info.skip(!!plan && !mutants)
  if (planned) info.setTimeout(planned.timeout)
  return mutants ?? []
}

/** Keep whether the test has noticed its mutants. */
export function keepResult(ids: readonly string[], info: TestInfo): void {
  const { status = 'failed' } = info
  if (!MUTANTS_RESULTS || status === 'skipped') return
  const result = { test: nameOf(info), ids, isRed: status !== 'passed' }
  appendFileSync(MUTANTS_RESULTS, `${JSON.stringify(result)}\n`)
  // Else Playwright starts its worker and the browser again.
  info.expectedStatus = status
}

/** Keep which mutants a test has reached, also in the pages that are still open. */
export async function keepReached(reached: Set<string>, page: Page, info: TestInfo): Promise<void> {
  // A test that is red without a mutant tells nothing.
  if (!MUTANTS_REACHED || info.status !== info.expectedStatus) return
  for (const open of page.context().pages()) {
    const ids: unknown = await open.evaluate('Object.keys({ ...window.__stryker__?.mutantCoverage?.static })')
    if (Array.isArray(ids)) for (const id of ids) reached.add(id)
  }
  mkdirSync(MUTANTS_REACHED, { recursive: true })
  writeFileSync(
    join(MUTANTS_REACHED, `${info.testId}.json`),
    JSON.stringify({ test: nameOf(info), duration: info.duration, mutants: [...reached] }),
  )
}
