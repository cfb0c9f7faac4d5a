import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'

declare global {
  interface Window {
    axe: typeof import('axe-core')
  }
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Selectors, and the names of rules; all there is without them. */
interface Scope {
  readonly include?: readonly string[]
  readonly exclude?: string
  readonly rules?: readonly string[]
}

/** What axe finds on a page: for each rule the elements that break it. */
export async function violationsOn(
  page: Page,
  { include = [], exclude = '', rules = [] }: Scope = {},
): Promise<[string, string[]][]> {
  // Once for each document, since that takes longest; frames too, which are of the same site in these tests.
  for (const frame of page.frames()) if (!(await frame.evaluate('"axe" in window'))) await frame.evaluate(AXE)
  return page.evaluate(
    async ([wanted, unwanted, only]) => {
      const { violations } = await window.axe.run(
        { include: wanted.length ? [...wanted] : ['html'], exclude: unwanted ? [unwanted] : [] },
        { resultTypes: ['violations'], ...(only.length ? { runOnly: [...only] } : {}) },
      )
      return violations.map(({ id, nodes }): [string, string[]] => [id, nodes.slice(0, 3).map(({ html }) => html)])
    },
    [include, exclude, rules] as const,
  )
}
