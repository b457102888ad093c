import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { codeOf, isProcessAlive } from '../../base/index.js'
import { connectionError } from '../database-error.js'
import type { ServerAddress } from '../postgres/server-cluster.js'
import type { ServerBinaries } from '../server-programs.js'
import { initCluster } from './init-cluster.js'
import { findPostmaster, type Postmaster } from './postmaster.js'
import type { ServerHome } from './server-home.js'
import { withServerLock } from './server-lock.js'
import { LOOPBACK, SUPERUSER } from './server-settings.js'
import { startServer, untilReady } from './start-server.js'
import { stopServer } from './stop-server.js'

/** What a process that uses a managed server has to know to come back to it. */
export interface AttachOptions {
  readonly home: ServerHome
  readonly binaries: ServerBinaries
  readonly onSocket: boolean
  readonly onLog: (line: string) => void
}

const MAINTENANCE = 'postgres'
const CONNECT_TIMEOUT_MS = 60_000
const RETRY_MS = 20
/** The server takes connections a moment after it says so, or is still recovering. */
const NOT_YET: ReadonlySet<string> = new Set(['57P03', 'ECONNREFUSED', 'ENOENT'])

/**
 * One process's use of a managed server: a connection that stays open. The server's own list of
 * connections thus tells who uses it, and a killed process disappears from that list.
 */
export class Attachment {
  readonly address: ServerAddress
  readonly #client: pg.Client
  readonly #postmaster: number
  #lost = false

  constructor(address: ServerAddress, client: pg.Client, postmaster: number) {
    this.address = address
    this.#client = client
    this.#postmaster = postmaster
    client.on('end', () => {
      this.#lost = true
    })
    // Whoever forgets to close must not be kept alive by this.
    countsForExit(client, false)
  }

  /** Whether the server has gone; a killed one's connections end a moment after it. */
  isLost(): boolean {
    return this.#lost || !isProcessAlive(this.#postmaster)
  }

  /** Ends the use; the server is stopped when this was the last one. */
  async detach({ home, binaries, onLog }: AttachOptions): Promise<void> {
    await withServerLock(home.lockFile, 'stop', async () => {
      if (this.isLost()) return
      countsForExit(this.#client, true)
      const others = await this.#countOthers().catch(() => undefined)
      await this.#client.end()
      if (others !== 0) return
      await stopServer(home, binaries)
      onLog(`stopped the PostgreSQL server in ${home.folder}`)
    })
  }

  async #countOthers(): Promise<number> {
    const { rows } = await this.#client.query<{ others: number }>(
      `SELECT count(*)::int AS others FROM pg_stat_activity
        WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`,
    )
    return rows[0]?.others ?? 0
  }
}

/** Whether an open connection keeps the process alive; @types/pg does not know these methods. */
function countsForExit(client: pg.Client, counts: boolean): void {
  const switchable = client as pg.Client & { ref(): void; unref(): void }
  if (counts) switchable.ref()
  else switchable.unref()
}

/** Uses the server of `home`: the running one, else started, else made. */
export function attach(options: AttachOptions): Promise<Attachment> {
  const { home, onLog } = options
  return withServerLock(home.lockFile, 'start', async () => {
    const postmaster = await runningServer(options)
    const address = await addressOf(home, postmaster)
    const attachment = new Attachment(address, await connect(address), postmaster.pid)
    if (home.user !== undefined) onLog(`the server runs as user ${home.user.name}`)
    return attachment
  })
}

async function runningServer(options: AttachOptions): Promise<Postmaster> {
  const { home, binaries, onLog } = options
  const found = await findPostmaster(home.data)
  if (found !== undefined) {
    const ready = await untilReady(home, () => !isProcessAlive(found.pid))
    if (ready !== undefined) {
      onLog(`using the running PostgreSQL ${home.major} in ${home.folder}`)
      return ready
    }
  }
  await initCluster(home, binaries, !options.onSocket)
  onLog(`starting PostgreSQL ${binaries.version} in ${home.folder}`)
  return startServer(options)
}

async function addressOf(home: ServerHome, { listening }: Postmaster): Promise<ServerAddress> {
  const common = { user: SUPERUSER, maintenanceDatabase: MAINTENANCE, port: listening.port }
  return listening.kind === 'socket'
    ? { ...common, host: listening.directory }
    : { ...common, host: LOOPBACK, password: await readFile(home.passwordFile, 'utf8') }
}

async function connect(address: ServerAddress): Promise<pg.Client> {
  const deadline = Date.now() + CONNECT_TIMEOUT_MS
  while (true) {
    const client = new pg.Client({
      ...address,
      ssl: false,
      database: MAINTENANCE,
      application_name: 'moult: attached',
      keepAlive: true,
    })
    // A connection that breaks is noticed by its end.
    client.on('error', () => {})
    try {
      await client.connect()
      return client
    } catch (error) {
      await client.end().catch(() => {})
      if (!NOT_YET.has(codeOf(error) ?? '') || Date.now() > deadline) {
        throw connectionError(`${address.host}:${address.port}`, error, false)
      }
      await sleep(RETRY_MS)
    }
  }
}
