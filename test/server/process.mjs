import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/**
 * The endpoint in a process of its own: its address, the lines of its log, and an end as if the power had gone.
 * @param {string} database
 * @param {number} [patience] milliseconds
 * @returns {Promise<{ origin: string, log: string[], kill: () => Promise<void> }>}
 */
export function startServer(database, patience = 60_000) {
  const script = fileURLToPath(new URL('serve.mjs', import.meta.url))
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, DATABASE: database, PATIENCE: `${patience}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const log = []
  createInterface({ input: child.stderr }).on('line', (line) => log.push(line))
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const kill = async () => {
    child.kill('SIGKILL')
    await ended
  }
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const port = /^ready (\d+)$/.exec(line)?.[1]
      if (port) resolve({ origin: `http://127.0.0.1:${port}`, log, kill })
    })
    ended.then(() => reject(new Error(`It has ended. ${log.join('\n')}`)))
  })
}
