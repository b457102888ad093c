import { setTimeout as sleep } from 'node:timers/promises'
import { codeOf, InternalError } from '../../base/index.js'
import type {
  Cluster,
  ConfinedOptions,
  ConfinedRole,
  DatabaseLock,
  RunElevated,
  SessionOptions,
} from '../cluster.js'
import { ServerCluster } from '../postgres/server-cluster.js'
import type { ServerBinaries } from '../server-programs.js'
import type { Session } from '../session.js'
import { type Attachment, type AttachOptions, attach } from './attachment.js'
import { binariesForData, chooseBinaries } from './choose-binaries.js'
import { openHome } from './server-home.js'
import { serverUser } from './server-user.js'
import { usableBinaries } from './usable-binaries.js'

const DYING_MS = 2_000
const POLL_MS = 10

export interface ManagedOptions {
  /** Holds one data directory per major version; made when absent. */
  readonly directory: string
  /** Which PostgreSQL; by default that of the databases already there, else the machine's newest. */
  readonly binaries?: ServerBinaries
  /** Hears what the server does: started, used, stopped. */
  readonly onLog?: (line: string) => void
  /** TCP on 127.0.0.1 with a password instead of a Unix socket; the default on Windows. */
  readonly loopback?: boolean
}

interface Attached {
  readonly attachment: Attachment
  readonly cluster: ServerCluster
}

/** A private PostgreSQL server that moult starts when it is needed and stops when nobody uses it. */
export class ManagedServer implements Cluster {
  readonly kind = 'managed'
  readonly address: string
  readonly maxSessions: number
  readonly maintenanceDatabase: string
  readonly binaries: ServerBinaries
  readonly #options: AttachOptions
  #attached: Attached
  #again: Promise<Attached> | undefined
  #closed = false

  constructor(options: AttachOptions, attachment: Attachment) {
    this.#options = options
    this.#attached = served(options, attachment)
    this.binaries = options.binaries
    const { address, maxSessions, maintenanceDatabase } = this.#attached.cluster
    this.address = address
    this.maxSessions = maxSessions
    this.maintenanceDatabase = maintenanceDatabase
  }

  /** What an external PostgreSQL program needs to connect to the server, as PG* variables. */
  environment(database: string): Record<string, string> {
    return this.#attached.cluster.environment(database)
  }

  withSession<T>(
    database: string,
    body: (session: Session) => Promise<T>,
    options?: SessionOptions,
  ): Promise<T> {
    return this.#connected((cluster, begin) =>
      cluster.withSession(database, (session) => body(begin(session)), options),
    )
  }

  withConfinedSession<T>(
    database: string,
    role: ConfinedRole,
    body: (session: Session, elevated: RunElevated) => Promise<T>,
    options?: ConfinedOptions,
  ): Promise<T> {
    return this.#connected((cluster, begin) =>
      cluster.withConfinedSession(
        database,
        role,
        (session, elevated) => body(begin(session), elevated),
        options,
      ),
    )
  }

  lock(database: string, operation: string): Promise<DatabaseLock> {
    return this.#connected((cluster) => cluster.lock(database, operation))
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    await this.#again?.catch(() => {})
    await this.#attached.attachment.detach(this.#options)
  }

  /** Uses the server; again when it turns out not to run before anything had begun. */
  async #connected<T>(
    use: (cluster: ServerCluster, begin: (session: Session) => Session) => Promise<T>,
  ): Promise<T> {
    let begun = false
    const begin = (session: Session): Session => {
      begun = true
      return session
    }
    try {
      return await use(await this.#alive(), begin)
    } catch (error) {
      if (begun || codeOf(error) !== 'CONNECTION_FAILED' || !(await this.#isDying())) throw error
    }
    return use(await this.#alive(), begin)
  }

  /** A killed server refuses connections a moment before it is gone. */
  async #isDying(): Promise<boolean> {
    for (let waited = 0; waited < DYING_MS; waited += POLL_MS) {
      if (this.#attached.attachment.isLost()) return true
      await sleep(POLL_MS)
    }
    return false
  }

  /** The running server; one that was killed is started again, and recovers. */
  async #alive(): Promise<ServerCluster> {
    if (this.#closed) throw new InternalError('MANAGED_CLOSED', `${this.address} was closed`)
    if (this.#attached.attachment.isLost()) {
      this.#again ??= attach(this.#options).then((found) => served(this.#options, found))
      try {
        this.#attached = await this.#again
      } finally {
        this.#again = undefined
      }
    }
    return this.#attached.cluster
  }
}

/**
 * Starts the server of `directory`, or uses the one that another moult process has started there. The
 * last to close it stops it; one left by a killed process is used by the next.
 */
export async function startManaged(options: ManagedOptions): Promise<ManagedServer> {
  const { directory, loopback = process.platform === 'win32' } = options
  const wanted = options.binaries ?? (await chooseBinaries(directory))
  const user = await serverUser()
  const home = await openHome(directory, wanted.major, user)
  const attachOptions: AttachOptions = {
    home,
    binaries: await usableBinaries(await binariesForData(home, wanted), user),
    onSocket: !loopback,
    onLog: options.onLog ?? (() => {}),
  }
  return new ManagedServer(attachOptions, await attach(attachOptions))
}

function served({ home }: AttachOptions, attachment: Attachment): Attached {
  const label = `the managed PostgreSQL ${home.major} in ${home.folder}`
  return { attachment, cluster: new ServerCluster({ ...attachment.address, label }, 'managed') }
}
