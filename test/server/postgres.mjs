import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { aptInstall } from '../apt.mjs'
import { freePort } from '../port.mjs'

/**
 * A throw-away PostgreSQL of the test's own, on loopback. `stop` is as if it had crashed.
 * @typedef {{ url: string, start: () => Promise<void>, stop: () => Promise<void>, remove: () => Promise<void> }} Cluster
 */

const isRoot = process.getuid?.() === 0

/** The folder of `initdb` and `postgres`, which Debian does not put on the path. */
function findPrograms() {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  const folders = [
    ...versions.map((version) => join(debian, version, 'bin')),
    ...(process.env.PATH ?? '').split(':').filter(Boolean),
  ]
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')))
}

/** Without a cluster of Debian's own beside ours. */
function install() {
  if (!isRoot || !existsSync('/usr/bin/apt-get')) return
  mkdirSync('/etc/postgresql-common', { recursive: true })
  const settings = '/etc/postgresql-common/createcluster.conf'
  if (!existsSync(settings)) writeFileSync(settings, 'create_main_cluster = false\n')
  aptInstall('postgresql')
}

/** PostgreSQL refuses to run as root. */
function ordinaryUser() {
  if (!isRoot) return {}
  const idOf = (flag) =>
    ['postgres', 'nobody']
      .map((name) => spawnSync('id', [flag, name], { encoding: 'utf8' }))
      .filter(({ status }) => status === 0)
      .map(({ stdout }) => Number(stdout))[0] ?? 65_534
  return { uid: idOf('-u'), gid: idOf('-g') }
}

/** @returns {Promise<Cluster | string>} the cluster, or why there is none */
export async function createCluster() {
  if (!findPrograms()) install()
  const programs = findPrograms()
  if (!programs) return 'no PostgreSQL here (Debian: apt-get install postgresql)'
  const user = ordinaryUser()
  const folder = mkdtempSync(join(tmpdir(), 'crumbgate-postgres-'))
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid ?? user.uid)
  const data = join(folder, 'data')
  const port = await freePort()
  const url = `postgres://crumbgate@127.0.0.1:${port}/postgres`
  execFileSync(join(programs, 'initdb'), ['-D', data, '-U', 'crumbgate', '-A', 'trust', '-E', 'UTF8', '--no-locale'], {
    ...user,
    cwd: folder,
    stdio: 'ignore',
  })
  let server

  async function start() {
    const options = ['-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=30']
    server = spawn(join(programs, 'postgres'), ['-D', data, '-p', `${port}`, '-k', folder, ...options], {
      ...user,
      cwd: folder,
      stdio: 'ignore',
    })
    for (let tries = 0; ; tries += 1) {
      const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} })
      try {
        await sql`SELECT 1`
        return
      } catch (error) {
        if (tries > 200) throw error
        await new Promise((resolve) => setTimeout(resolve, 100))
      } finally {
        await sql.end({ timeout: 1 })
      }
    }
  }

  async function stop() {
    if (server?.exitCode !== null) return
    const ended = new Promise((resolve) => server.once('exit', resolve))
    // At once, without a checkpoint: https://www.postgresql.org/docs/current/server-shutdown.html
    server.kill('SIGQUIT')
    await ended
  }

  await start()
  return {
    url,
    start,
    stop,
    async remove() {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
