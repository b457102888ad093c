import { AsyncLocalStorage } from 'node:async_hooks'
import pg from 'pg'
import { CancelledError, InternalError, messageOf, UserError } from '../../base/index.js'
import { ClientSession } from '../client-session.js'
import type { Cluster, ConfinedRole, DatabaseLock, SessionOptions } from '../cluster.js'
import { databaseBusy, databaseUnknown } from '../refusals.js'
import type { Session } from '../session.js'
import { valueParsers } from '../value-parsers.js'
import { batchedCopy } from './batched-copy.js'
import {
  clusterTemplate,
  dataFolder,
  ENGINE,
  hasCluster,
  MAINTENANCE,
  markComplete,
} from './data-directory.js'
import { lockDirectory } from './directory-lock.js'
import { Wire } from './wire.js'
import { WorkerThread } from './worker-thread.js'

export interface EmbeddedOptions {
  /** Data directory, made when absent; undefined keeps everything in memory. */
  readonly directory: string | undefined
  /** Where the picture of a fresh data directory is kept, so that only the first one runs initdb. */
  readonly cacheDirectory: string
  /** What the process is doing, for whoever finds the directory in use. */
  readonly operation: string
}

/**
 * PostgreSQL inside this process: PGlite in a worker thread, several databases in one directory, one
 * session at a time.
 */
export class EmbeddedCluster implements Cluster {
  readonly kind = 'embedded'
  readonly address: string
  readonly maxSessions = 1
  readonly maintenanceDatabase = MAINTENANCE
  readonly #options: EmbeddedOptions
  readonly #inside = new AsyncLocalStorage<string>()
  readonly #locks = new Map<string, string>()
  #thread: WorkerThread | undefined
  #open: string | undefined
  #unlock: (() => Promise<void>) | undefined
  #turn: Promise<void> = Promise.resolve()

  constructor(options: EmbeddedOptions) {
    this.#options = options
    this.address = options.directory ?? 'memory'
  }

  withSession<T>(
    database: string,
    body: (session: Session) => Promise<T>,
    options: SessionOptions = {},
  ): Promise<T> {
    return this.#exclusively(database, () => this.#run(database, undefined, body, options))
  }

  withConfinedSession<T>(
    database: string,
    role: ConfinedRole,
    body: (session: Session) => Promise<T>,
    options: SessionOptions = {},
  ): Promise<T> {
    return this.#exclusively(database, () => this.#run(database, role, body, options))
  }

  async lock(database: string, operation: string): Promise<DatabaseLock> {
    const holder = this.#locks.get(database)
    if (holder !== undefined) {
      throw databaseBusy(database, this.address, { who: holder, pid: process.pid })
    }
    this.#locks.set(database, operation)
    return {
      release: async () => {
        this.#locks.delete(database)
      },
    }
  }

  async close(): Promise<void> {
    await this.#turn
    if (this.#thread !== undefined) {
      await this.#thread.request({ kind: 'close' })
      await this.#thread.kill()
    }
    this.#thread = undefined
    this.#open = undefined
    await this.#unlock?.()
    this.#unlock = undefined
  }

  /** Sessions take turns; one opened inside another one's body would wait for itself. */
  #exclusively<T>(database: string, body: () => Promise<T>): Promise<T> {
    const outer = this.#inside.getStore()
    if (outer !== undefined) {
      throw new InternalError(
        'EMBEDDED_NESTED_SESSION',
        `A session on "${database}" was opened inside one on "${outer}"`,
      )
    }
    const result = this.#turn.then(() => this.#inside.run(database, body))
    this.#turn = result.then(
      () => {},
      () => {},
    )
    return result
  }

  async #run<T>(
    database: string,
    role: ConfinedRole | undefined,
    body: (session: Session) => Promise<T>,
    options: SessionOptions,
  ): Promise<T> {
    if (options.signal?.aborted) throw new CancelledError('The session')
    const thread = await this.#ready(database)
    const client = new pg.Client({
      database,
      user: 'postgres',
      ssl: false,
      types: valueParsers,
      stream: () => new Wire(thread, { client_encoding: 'UTF8' }),
    })
    client.on('error', () => {})
    await client.connect()
    // WebAssembly cannot be interrupted: a cancelled session ends as a crash does, and recovers.
    const onAbort = (): void => void this.#crash()
    options.signal?.addEventListener('abort', onAbort)
    const session = new ClientSession({
      client,
      copy: batchedCopy,
      database,
      address: this.address,
      serverVersion: ENGINE.version,
      signal: options.signal,
      insideTransaction: role !== undefined,
    })
    try {
      const result =
        role === undefined
          ? await body(session)
          : await this.#confined(thread, client, role, () => body(session))
      await client.query('DISCARD ALL')
      return result
    } catch (error) {
      await client.query('ROLLBACK').catch(() => {})
      await client.query('DISCARD ALL').catch(() => {})
      if (options.signal?.aborted) throw new CancelledError('The session')
      throw error
    } finally {
      options.signal?.removeEventListener('abort', onAbort)
      await client.end().catch(() => {})
    }
  }

  async #confined<T>(
    thread: WorkerThread,
    client: pg.Client,
    role: ConfinedRole,
    body: () => Promise<T>,
  ): Promise<T> {
    await client.query('BEGIN')
    await thread.request({ kind: 'confine', role: role.name })
    try {
      const result = await body()
      if (client.getTransactionStatus() !== 'T') {
        throw new UserError(
          'TRANSACTION_ENDED',
          'A statement ended the transaction that it was confined to',
          { hint: 'Remove COMMIT, ROLLBACK and END from the dump or script.' },
        )
      }
      await thread.request({ kind: 'confine', role: undefined })
      await client.query('COMMIT')
      return result
    } catch (error) {
      await client.query('ROLLBACK').catch(() => {})
      await thread.request({ kind: 'confine', role: undefined }).catch(() => {})
      throw error
    }
  }

  /** The thread with `database` open, started and switched as needed. */
  async #ready(database: string): Promise<WorkerThread> {
    if (this.#thread !== undefined && this.#open === database) return this.#thread
    const { directory } = this.#options
    if (directory !== undefined)
      this.#unlock ??= await lockDirectory(directory, this.#options.operation)
    const exists =
      directory === undefined ? this.#thread !== undefined : await hasCluster(directory)
    const template = exists ? undefined : await clusterTemplate(this.#options.cacheDirectory)
    const thread = this.#thread ?? new WorkerThread()
    this.#thread = thread
    this.#open = undefined
    const folder = directory === undefined ? undefined : dataFolder(directory)
    const open = (name: string, image?: string): Promise<void> =>
      thread.request({ kind: 'open', directory: folder, database: name, template: image })
    try {
      if (template !== undefined) {
        await open(MAINTENANCE, template)
        if (directory !== undefined) await markComplete(directory)
      }
      if (template === undefined || database !== MAINTENANCE) await open(database)
    } catch (error) {
      await this.#crash()
      throw /does not exist|PGlite failed to initialize/.test(messageOf(error))
        ? databaseUnknown(database, this.address, error)
        : error
    }
    this.#open = database
    return thread
  }

  async #crash(): Promise<void> {
    const thread = this.#thread
    this.#thread = undefined
    this.#open = undefined
    await thread?.kill()
  }
}
