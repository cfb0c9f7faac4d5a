import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const workflow = readFileSync(join(import.meta.dirname, '../.github/workflows/release.yml'), 'utf8')

it('publishes with provenance, after the tests', () => {
  expect(workflow).toContain('id-token: write')
  const steps = [...workflow.matchAll(/run: (npm .+)/g)].map(([, command]) => command)
  expect(steps.map((command) => command?.replace(/ "repository.*/, ''))).toEqual([
    'npm ci',
    'npm test',
    'npm run test:packages',
    'npm pkg set',
    'npm publish --provenance --access public',
  ])
  for (const [, action] of workflow.matchAll(/uses: (\S+)/g)) expect(action).toMatch(/@[0-9a-f]{40}$/)
})

it('takes its notes from the changelog, and none of what is not released', () => {
  const [, program = ''] = /awk -v version="[^"]+" '([^']+)'/.exec(workflow) ?? []
  const folder = mkdtempSync(join(tmpdir(), 'crumbgate-'))
  const notes = (version: string) => {
    writeFileSync(
      join(folder, 'CHANGELOG.md'),
      '# Changelog\n\n## 0.3.0 (not released yet)\n\n- new\n\n## 0.2.0 (2027-01-01)\n\n- two\n\n## 0.1.0\n\n- one\n',
    )
    const { stdout } = spawnSync('awk', ['-v', `version=${version}`, program, 'CHANGELOG.md'], { cwd: folder })
    return String(stdout).trim()
  }
  expect(['0.3.0', '0.2.0', '0.1.0', '0.9.9'].map(notes)).toEqual(['', '- two', '- one', ''])
  rmSync(folder, { recursive: true })
})
