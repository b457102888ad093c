import type { Session } from './session.js'
import type { Sql } from './sql.js'

/** What kind of PostgreSQL a cluster is: in this process, a private server, or somebody's server. */
export type EngineKind = 'embedded' | 'managed' | 'server'

export interface SessionOptions {
  /** Cancels the running statement; the session fails with CANCELLED. */
  readonly signal?: AbortSignal
}

/** Options of a confined session. */
export interface ConfinedOptions extends SessionOptions {
  /**
   * The body makes its own transactions, as many as it needs. Otherwise the whole body is one transaction
   * on the embedded engine, and statements that end it fail.
   */
  readonly ownTransactions?: boolean
}

/** A role of moult's own making that may log in for the time of a confined session. */
export interface ConfinedRole {
  readonly name: string
}

/** Runs a statement of moult's own, never a stranger's, with the cluster's rights. */
export type RunElevated = (statement: Sql) => Promise<void>

/** An exclusive right to work on a database of a cluster, held until `release`. */
export interface DatabaseLock {
  release(): Promise<void>
}

/**
 * A PostgreSQL cluster: several databases behind one address. Nothing above `db` knows which engine
 * it is.
 */
export interface Cluster {
  readonly kind: EngineKind
  /** For messages: a folder, or host and port; never a password. */
  readonly address: string
  /** Sessions that can be open at the same time: 1 on the embedded engine. */
  readonly maxSessions: number
  /** A database that always exists, for statements about other databases. */
  readonly maintenanceDatabase: string
  /** Opens a session, runs `body`, closes the session. */
  withSession<T>(
    database: string,
    body: (session: Session) => Promise<T>,
    options?: SessionOptions,
  ): Promise<T>
  /**
   * Like `withSession`, as `role`, with no way for SQL to become anybody else. `elevated` is for what
   * only a superuser may do for the same database, such as altering an extension's function.
   */
  withConfinedSession<T>(
    database: string,
    role: ConfinedRole,
    body: (session: Session, elevated: RunElevated) => Promise<T>,
    options?: ConfinedOptions,
  ): Promise<T>
  /**
   * Takes the lock on a database name for `operation` (a few words, shown to whoever is refused).
   * Fails with DATABASE_BUSY, naming the holder.
   */
  lock(database: string, operation: string): Promise<DatabaseLock>
  /**
   * What PostgreSQL's own programs need to connect to a database, as PG* variables; absent where no other
   * process can connect.
   */
  environment?(database: string): Record<string, string>
  /** Closes what the cluster opened; a managed server that nobody else uses is stopped. */
  close(): Promise<void>
}
