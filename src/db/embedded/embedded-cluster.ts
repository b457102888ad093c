import { AsyncLocalStorage } from 'node:async_hooks'
import { statfs } from 'node:fs/promises'
import pg from 'pg'
import { CancelledError, InternalError, MoultError, OutsideError } from '../../base/index.js'
import { ClientSession } from '../client-session.js'
import type {
  Cluster,
  ConfinedOptions,
  ConfinedRole,
  DatabaseLock,
  RunElevated,
  SessionOptions,
} from '../cluster.js'
import { databaseBusy, databaseUnknown } from '../refusals.js'
import type { Session } from '../session.js'
import { prepareSession } from '../session-settings.js'
import { transactionLeftOpen } from '../transaction-refusals.js'
import { valueParsers } from '../value-parsers.js'
import { batchedCopy } from './batched-copy.js'
import { type OpenedSession, runConfined } from './confined-body.js'
import { dataFolder, hasCluster, imageTemplate, makeCluster } from './data-directory.js'
import { lockDirectory } from './directory-lock.js'
import { Wire } from './wire.js'
import { MAINTENANCE, UNKNOWN_DATABASE } from './worker-protocol.js'
import { WorkerThread } from './worker-thread.js'

/** Less than one segment of PostgreSQL's log. */
const SMALLEST_ROOM = 16 * 1024 * 1024

export interface EmbeddedOptions {
  /**
   * Data directory, made when absent; undefined keeps everything in memory, where a cancelled
   * statement loses it.
   */
  readonly directory: string | undefined
  /** Where the picture of a fresh data directory is kept, so that only the first one runs initdb. */
  readonly cacheDirectory: string
  /** What the process is doing, for whoever finds the directory in use. */
  readonly operation: string
}

/** The session that code runs inside of, as long as it is open. */
interface Inside {
  readonly database: string
  open: boolean
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
  readonly #inside = new AsyncLocalStorage<Inside>()
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
    return this.#exclusively(database, () =>
      this.#run(database, ({ session }) => body(session(false)), options),
    )
  }

  withConfinedSession<T>(
    database: string,
    role: ConfinedRole,
    body: (session: Session, elevated: RunElevated) => Promise<T>,
    options: ConfinedOptions = {},
  ): Promise<T> {
    const enclosed = options.ownTransactions !== true
    return this.#exclusively(database, () =>
      this.#run(
        database,
        (opened) => runConfined({ ...opened, role: role.name, enclosed, body }),
        options,
      ),
    )
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
    this.#refuseInside('The cluster was closed')
    await this.#turn
    const thread = this.#thread
    this.#thread = undefined
    this.#open = undefined
    try {
      await thread?.request({ kind: 'close' })
    } finally {
      await thread?.kill()
      await this.#unlock?.()
      this.#unlock = undefined
    }
  }

  /** Sessions take turns; one opened inside another one's body would wait for itself. */
  #exclusively<T>(database: string, body: () => Promise<T>): Promise<T> {
    this.#refuseInside(`A session on "${database}" was opened`)
    const inside: Inside = { database, open: true }
    const result = this.#turn
      .then(() => this.#inside.run(inside, body))
      .finally(() => {
        inside.open = false
      })
    this.#turn = result.then(
      () => {},
      () => {},
    )
    return result
  }

  #refuseInside(what: string): void {
    const outer = this.#inside.getStore()
    if (outer?.open) {
      throw new InternalError(
        'EMBEDDED_NESTED_SESSION',
        `${what} inside a session on "${outer.database}"`,
      )
    }
  }

  async #run<T>(
    database: string,
    use: (opened: OpenedSession) => Promise<T>,
    options: SessionOptions,
  ): Promise<T> {
    if (options.signal?.aborted) throw new CancelledError('The session')
    const thread = await this.#ready(database)
    const wire = new Wire(thread, { client_encoding: 'UTF8' })
    const client = new pg.Client({
      database,
      user: 'postgres',
      ssl: false,
      types: valueParsers,
      stream: () => wire,
    })
    client.on('error', () => {})
    await client.connect()
    // WebAssembly cannot be interrupted: a cancelled session ends as a crash does, and recovers.
    const onAbort = (): void => void this.#crash()
    options.signal?.addEventListener('abort', onAbort)
    try {
      const serverVersion = await prepareSession(client)
      const session = (insideTransaction: boolean): Session =>
        new ClientSession({
          client,
          copyIn: batchedCopy,
          database,
          address: this.address,
          serverVersion,
          signal: options.signal,
          stop: () => this.#crash(),
          insideTransaction,
        })
      const result = await use({ thread, client, session, crash: () => this.#crash() })
      if (client.getTransactionStatus() !== 'I') throw transactionLeftOpen()
      await client.query('DISCARD ALL')
      return result
    } catch (error) {
      await client.query('ROLLBACK').catch(() => {})
      await client.query('DISCARD ALL').catch(() => {})
      if (options.signal?.aborted) throw new CancelledError('The session')
      throw wire.errored === null ? error : await this.#explain(error)
    } finally {
      options.signal?.removeEventListener('abort', onAbort)
      await client.end().catch(() => {})
      // An engine that failed is in no known state; the next session starts another.
      if (wire.errored !== null) await this.#crash()
    }
  }

  /** The thread with `database` open, started and switched as needed. */
  async #ready(database: string): Promise<WorkerThread> {
    if (this.#thread !== undefined && this.#open === database) return this.#thread
    const { directory } = this.#options
    if (directory !== undefined)
      this.#unlock ??= await lockDirectory(directory, this.#options.operation)
    const { cacheDirectory } = this.#options
    const fresh = this.#thread === undefined
    // Starts, and loads PGlite, while the files are copied.
    const thread = this.#thread ?? new WorkerThread()
    this.#thread = thread
    if (directory !== undefined && !(await hasCluster(directory))) {
      await makeCluster(directory, cacheDirectory)
    }
    const image = directory === undefined && fresh ? await imageTemplate(cacheDirectory) : undefined
    if (image !== undefined) await this.#openIn(thread, MAINTENANCE, image)
    if (this.#open !== database) await this.#openIn(thread, database)
    return thread
  }

  async #openIn(thread: WorkerThread, database: string, template?: string): Promise<void> {
    const { directory } = this.#options
    const folder = directory === undefined ? undefined : dataFolder(directory)
    try {
      await thread.request({ kind: 'open', directory: folder, database, template })
      this.#open = database
    } catch (error) {
      // The engine has what it had open before.
      if (isUnknownDatabase(error)) throw databaseUnknown(database, this.address, error)
      await this.#crash()
      throw await this.#explain(error)
    }
  }

  /** PGlite does not say why it failed; most often there is no room for its files. */
  async #explain(error: unknown): Promise<unknown> {
    const { directory } = this.#options
    if (directory === undefined) return error
    const { bavail, bsize } = await statfs(directory)
    if (bavail * bsize > SMALLEST_ROOM) return error
    return new OutsideError(
      'DISK_FULL',
      `The disk of the embedded databases in ${directory} is full`,
      {
        cause: error,
        place: { file: directory },
        hint: 'Nothing half-made is shown. Make room, or set MOULT_HOME to a folder on another disk, and run the command again.',
      },
    )
  }

  async #crash(): Promise<void> {
    const thread = this.#thread
    this.#thread = undefined
    this.#open = undefined
    await thread?.kill()
  }
}

function isUnknownDatabase(error: unknown): boolean {
  return error instanceof MoultError && error.data.code === UNKNOWN_DATABASE
}
