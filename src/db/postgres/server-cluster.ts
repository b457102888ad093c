import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { CancelledError, InternalError, OutsideError, UserError } from '../../base/index.js'
import { ClientSession } from '../client-session.js'
import type { Cluster, ConfinedRole, DatabaseLock, EngineKind, SessionOptions } from '../cluster.js'
import { connectionError, DatabaseError, hasSqlState } from '../database-error.js'
import { databaseUnknown } from '../refusals.js'
import type { Session } from '../session.js'
import { id, lit, sql } from '../sql.js'
import { valueParsers } from '../value-parsers.js'
import { takeAdvisoryLock } from './advisory-lock.js'
import { streamingCopy } from './copy-transport.js'

const OLDEST_SERVER = 120_000
const CONNECT_TIMEOUT_MS = 15_000

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
    this.address = `${host}:${server.port ?? process.env.PGPORT ?? 5432}`
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
    return this.#connected(this.#clientConfig(database), body, options)
  }

  async withConfinedSession<T>(
    database: string,
    role: ConfinedRole,
    body: (session: Session) => Promise<T>,
    options: SessionOptions = {},
  ): Promise<T> {
    const password = randomBytes(24).toString('base64url')
    await this.withSession(this.maintenanceDatabase, (admin) =>
      admin.execute(sql`ALTER ROLE ${id(role.name)} LOGIN PASSWORD ${lit(password)}`),
    )
    try {
      const config = await this.#reachableAs(database, role.name, password)
      return await this.#connected(config, body, options)
    } finally {
      await this.withSession(this.maintenanceDatabase, (admin) =>
        admin.execute(sql`ALTER ROLE ${id(role.name)} NOLOGIN PASSWORD NULL`),
      )
    }
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

  /** The configuration by which a role with a password can log in: as the admin does, else by TCP. */
  async #reachableAs(database: string, user: string, password: string): Promise<pg.ClientConfig> {
    const asAdmin = { ...this.#clientConfig(database), user, password }
    const overTcp = { ...asAdmin, host: '127.0.0.1' }
    const usesSocket = new pg.Client(asAdmin).host.startsWith('/')
    let refusal: unknown
    for (const config of usesSocket ? [asAdmin, overTcp] : [asAdmin]) {
      try {
        const client = await this.#open(config)
        await client.end()
        return config
      } catch (error) {
        refusal = error
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
    config: pg.ClientConfig,
    body: (session: Session) => Promise<T>,
    options: SessionOptions,
  ): Promise<T> {
    if (options.signal?.aborted) throw new CancelledError('The connection')
    const client = await this.#open(config)
    // A connection that breaks between two statements must not end the process; the next one fails.
    client.on('error', () => {})
    const onAbort = (): void => void this.#cancelBackend(client)
    options.signal?.addEventListener('abort', onAbort)
    try {
      const { rows } = await client.query("SELECT current_setting('server_version_num')::int AS v")
      return await body(
        new ClientSession({
          client,
          copy: streamingCopy,
          database: String(config.database),
          address: this.address,
          serverVersion: versionOf(rows, this.address),
          signal: options.signal,
        }),
      )
    } finally {
      options.signal?.removeEventListener('abort', onAbort)
      await client.end().catch(() => {})
    }
  }

  async #open(config: pg.ClientConfig): Promise<pg.Client> {
    const client = new pg.Client({ ...config, types: valueParsers })
    try {
      await client.connect()
      return client
    } catch (error) {
      await client.end().catch(() => {})
      if (error instanceof pg.DatabaseError) {
        const failure = new DatabaseError('', error)
        if (hasSqlState(failure, '3D000')) {
          throw databaseUnknown(String(config.database), this.address, error)
        }
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

function versionOf(rows: readonly unknown[], address: string): number {
  const version: unknown = Reflect.get(rows[0] ?? {}, 'v')
  if (typeof version !== 'number') throw new InternalError('NO_SERVER_VERSION', address)
  if (version < OLDEST_SERVER) {
    throw new UserError(
      'SERVER_TOO_OLD',
      `${address} runs PostgreSQL ${Math.floor(version / 10_000)}; moult needs 12 or newer`,
      { hint: 'Upgrade the server, or use the embedded or managed engine.' },
    )
  }
  return version
}
