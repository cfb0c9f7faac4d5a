import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Receipt } from '../../src/types'
import { createCluster } from './postgres.mjs'
import { startServer } from './process.mjs'
import { sampleReceipt } from './sample'

const RECEIPTS = 10_000
const CONNECTIONS = 50
const KILLS = 10

const cluster = await createCluster()
if (typeof cluster === 'string') console.log(`The burst on PostgreSQL is skipped: ${cluster}`)
const folder = mkdtempSync(join(tmpdir(), 'crumbgate-burst-'))
const databases: [string, string][] = [['SQLite', join(folder, 'receipts.db')]]
if (typeof cluster !== 'string') databases.push(['PostgreSQL', cluster.url])

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  if (typeof cluster !== 'string') await cluster.remove()
})

describe.each(databases)('%s', (_, database) => {
  it(`keeps each of ${RECEIPTS} receipts once, while the server is killed ${KILLS} times`, async () => {
    let server = startServer(database)
    let kills = 0
    let next = 0
    /** Those that were acknowledged by a server, with how many tries. */
    const acknowledged = new Map<string, number>()
    const sent = new Map<string, Receipt>()

    async function killNow(): Promise<void> {
      kills += 1
      const before = server
      // Whoever comes now waits for the next one.
      server = before.then(async ({ kill }) => {
        await kill()
        return startServer(database)
      })
      await server
    }

    async function send(receipt: Receipt): Promise<void> {
      const body = JSON.stringify(receipt)
      for (let tries = 1; ; tries += 1) {
        const { origin } = await server
        try {
          const headers = { 'content-type': 'application/json' }
          const { status } = await fetch(`${origin}/consent`, { method: 'POST', headers, body })
          expect([200, 201]).toContain(status)
          acknowledged.set(receipt.id, tries)
          return
        } catch (error) {
          // Killed under our hands; anything else is a failure of the test.
          if (!(error instanceof TypeError)) throw error
        }
      }
    }

    async function client(): Promise<void> {
      while (next < RECEIPTS) {
        next += 1
        const receipt = sampleReceipt(next)
        sent.set(receipt.id, receipt)
        await send(receipt)
        if (kills < KILLS && acknowledged.size >= ((kills + 1) * RECEIPTS) / (KILLS + 1)) await killNow()
      }
    }

    await Promise.all(Array.from({ length: CONNECTIONS }, client))
    expect([kills, acknowledged.size]).toEqual([KILLS, RECEIPTS])
    // Every kill has hit some of them.
    expect([...acknowledged.values()].filter((tries) => tries > 1).length).toBeGreaterThanOrEqual(KILLS)

    const { origin, kill } = await server
    const lines = (await (await fetch(`${origin}/consent?export`)).text()).trimEnd().split('\n')
    await kill()
    const kept = lines.map((line): Receipt => JSON.parse(line).receipt)
    expect(kept).toHaveLength(RECEIPTS)
    expect(new Map(kept.map((receipt) => [receipt.id, receipt]))).toEqual(sent)
  }, 240_000)
})
