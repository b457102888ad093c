import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { CancelledError, OutsideError, UserError } from '../../base/index.js'
import { ClientSession } from '../client-session.js'
import type {
  Cluster,
  ConfinedOptions,
  ConfinedRole,
  DatabaseLock,
  EngineKind,
  RunElevated,
  SessionOptions,
} from '../cluster.js'
import { refusePowerfulRole } from '../confined-role.js'
import { connectionError, DatabaseError, hasSqlState } from '../database-error.js'
import { databaseUnknown } from '../refusals.js'
import type { Session } from '../session.js'
import { prepareSession } from '../session-settings.js'
import { id, lit, sql } from '../sql.js'
import { transactionLeftOpen } from '../transaction-refusals.js'
import { valueParsers } from '../value-parsers.js'
import { LOGIN_CLASS, takeAdvisoryLock } from './advisory-lock.js'
import { scramVerifier } from './scram-verifier.js'
import { streamedCopy } from './streamed-copy.js'

const OLDEST_SERVER = 120_000
const CONNECT_TIMEOUT_MS = 15_000
const PASSWORD_BYTES = 24

/** Where a server listens and who logs in. An empty value is left to libpq's PG* variables. */
export interface ServerAddress {
  /** Host name, address, or the folder of a Unix socket. */
  readonly host?: string
  readonly port?: number
  readonly user?: string
  readonly password?: string
  readonly ssl?: boolean | Record<string, unknown>
  /** The database to connect to for statements about other databases; `postgres` by default. */
  readonly maintenanceDatabase?: string
  /** Shown in `pg_stat_activity`, and to others who want the same database. */
  readonly applicationName?: string
  /** What messages call the server instead of host and port. */
  readonly label?: string
}

/** A PostgreSQL server, version 12 or newer, that somebody else runs. */
export class ServerCluster implements Cluster {
  readonly kind: EngineKind
  readonly address: string
  readonly maxSessions = 8
  readonly maintenanceDatabase: string
  readonly #server: ServerAddress

  constructor(server: ServerAddress, kind: EngineKind = 'server') {
    this.kind = kind
    this.#server = server
    this.maintenanceDatabase = server.maintenanceDatabase ?? 'postgres'
    const host = server.host ?? process.env.PGHOST ?? 'localhost'
    this.address = server.label ?? `${host}:${server.port ?? process.env.PGPORT ?? 5432}`
  }

  /** What an external PostgreSQL program needs to connect to the same server, as PG* variables. */
  environment(database: string): Record<string, string> {
    const client = new pg.Client(this.#clientConfig(database))
    return {
      PGDATABASE: database,
      PGHOST: client.host,
      PGPORT: String(client.port),
      ...(client.user !== undefined && { PGUSER: client.user }),
      ...(typeof client.password === 'string' && { PGPASSWORD: client.password }),
    }
  }

  withSession<T>(
    database: string,
    body: (session: Session) => Promise<T>,
    options: SessionOptions = {},
  ): Promise<T> {
    return this.#connected(() => this.#open(this.#clientConfig(database)), database, body, options)
  }

  withConfinedSession<T>(
    database: string,
    role: ConfinedRole,
    body: (session: Session, elevated: RunElevated) => Promise<T>,
    options: ConfinedOptions = {},
  ): Promise<T> {
    const elevated: RunElevated = (statement) =>
      this.withSession(database, (admin) => admin.execute(statement), options)
    return this.#connected(
      () => this.#openAs(database, role.name),
      database,
      (session) => body(session, elevated),
      options,
    )
  }

  async lock(database: string, operation: string): Promise<DatabaseLock> {
    const client = await this.#open(this.#clientConfig(this.maintenanceDatabase))
    try {
      await takeAdvisoryLock(client, { database, operation, address: this.address })
    } catch (error) {
      await client.end()
      throw error
    }
    return { release: () => client.end() }
  }

  async close(): Promise<void> {}

  #clientConfig(database: string): pg.ClientConfig {
    const { host, port, user, password, ssl, applicationName } = this.#server
    return {
      database,
      ...(host !== undefined && { host }),
      ...(port !== undefined && { port }),
      ...(user !== undefined && { user }),
      ...(password !== undefined && { password }),
      ...(ssl !== undefined && { ssl }),
      application_name: applicationName ?? 'moult',
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      keepAlive: true,
    }
  }

  /**
   * Logs in as a role, which may log in for that moment only: nobody else can use the password, and a
   * killed process leaves no open door. Two sessions of one role do not change it at the same time.
   */
  #openAs(database: string, role: string): Promise<pg.Client> {
    return this.withSession(this.maintenanceDatabase, async (admin) => {
      await refusePowerfulRole(admin, role)
      await admin.query(sql`SELECT pg_advisory_lock(${LOGIN_CLASS}, hashtext(${role}))`)
      const password = randomBytes(PASSWORD_BYTES).toString('base64url')
      await admin.execute(
        sql`ALTER ROLE ${id(role)} LOGIN PASSWORD ${lit(scramVerifier(password))}`,
      )
      try {
        return await this.#reach({ ...this.#clientConfig(database), user: role, password })
      } finally {
        await admin.execute(sql`ALTER ROLE ${id(role)} NOLOGIN PASSWORD NULL`)
      }
    })
  }

  /** Opens a connection by which a role with a password can log in: as the admin's, else by TCP. */
  async #reach(asAdmin: pg.ClientConfig): Promise<pg.Client> {
    const usesSocket = new pg.Client(asAdmin).host.startsWith('/')
    const overTcp = { ...asAdmin, host: '127.0.0.1' }
    let refusal: unknown
    for (const config of usesSocket ? [asAdmin, overTcp] : [asAdmin]) {
      try {
        return await this.#open(config)
      } catch (error) {
        refusal ??= error
      }
    }
    throw new OutsideError(
      'ROLE_CANNOT_LOG_IN',
      `${this.address} does not let moult's own role without superuser rights log in`,
      {
        cause: refusal,
        hint: 'Connect as a role that is no superuser but may create databases (CREATEDB), or allow password logins in pg_hba.conf.',
      },
    )
  }

  async #connected<T>(
    open: () => Promise<pg.Client>,
    database: string,
    body: (session: Session) => Promise<T>,
    options: SessionOptions,
  ): Promise<T> {
    if (options.signal?.aborted) throw new CancelledError('The connection')
    const client = await open()
    const cancel = (): Promise<void> => this.#cancelBackend(client)
    const onAbort = (): void => void cancel()
    options.signal?.addEventListener('abort', onAbort)
    try {
      const serverVersion = await prepareSession(client)
      refuseOldServer(serverVersion, this.address)
      const session = new ClientSession({
        client,
        copyIn: streamedCopy,
        database,
        address: this.address,
        serverVersion,
        signal: options.signal,
        cancel,
        stop: cancel,
      })
      const result = await body(session)
      if (client.getTransactionStatus() !== 'I') throw transactionLeftOpen()
      return result
    } finally {
      options.signal?.removeEventListener('abort', onAbort)
      await client.end().catch(() => {})
    }
  }

  async #open(config: pg.ClientConfig): Promise<pg.Client> {
    const client = new pg.Client({ ...config, types: valueParsers })
    // A connection that breaks between two statements must not end the process; the next one fails.
    client.on('error', () => {})
    try {
      await client.connect()
      return client
    } catch (error) {
      await client.end().catch(() => {})
      if (error instanceof pg.DatabaseError && hasSqlState(new DatabaseError('', error), '3D000')) {
        throw databaseUnknown(String(config.database), this.address, error)
      }
      throw connectionError(this.address, error, false)
    }
  }

  /** Asks the server to stop the running statement; a server that is gone has stopped it already. */
  async #cancelBackend(client: pg.Client): Promise<void> {
    const backend: unknown = Reflect.get(client, 'processID')
    if (typeof backend !== 'number') return
    await this.withSession(this.maintenanceDatabase, (admin) =>
      admin.query(sql`SELECT pg_cancel_backend(${backend})`),
    ).catch(() => {})
  }
}

function refuseOldServer(version: number, address: string): void {
  if (version >= OLDEST_SERVER) return
  throw new UserError(
    'SERVER_TOO_OLD',
    `${address} runs PostgreSQL ${Math.floor(version / 10_000)}; moult needs 12 or newer`,
    { hint: 'Upgrade the server, or use the embedded or managed engine.' },
  )
}
