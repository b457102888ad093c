import type { Sql } from './sql.js'

/**
 * One row, by column name. Booleans, numbers (int2, int4, oid, float), safe int8 values and JSON come as
 * JavaScript values, int8 beyond 2^53 as bigint, bytea as Buffer, arrays of built-in types as arrays;
 * everything else (numeric, dates in ISO form, times, uuid …) stays PostgreSQL's text, so that nothing
 * is rounded.
 */
export type Row = Record<string, unknown>

export interface Result<R extends Row = Row> {
  readonly rows: readonly R[]
  /** Rows returned or changed, as PostgreSQL's command tag says; 0 where the tag has no number. */
  readonly count: number
}

/** The outcome of a statement as PostgreSQL sent it: every cell its text, nothing converted. */
export interface TextResult {
  /** Name and type OID of each column; empty for a statement without rows. */
  readonly columns: readonly (readonly [name: string, oid: number])[]
  readonly rows: readonly (readonly (string | null)[])[]
  /** Rows returned or changed; -1 where the command tag has no number. */
  readonly count: number
  /** The command tag, such as `UPDATE 3`. */
  readonly tag: string
}

export interface TransactionOptions {
  readonly isolation?: 'read committed' | 'repeatable read' | 'serializable'
  readonly readOnly?: boolean
}

/**
 * One connection to one database. Statements run one after the other; a session is never used by two
 * tasks at a time. Errors are {@link DatabaseError}; a lost connection is `CONNECTION_LOST`.
 */
export interface Session {
  readonly database: string
  /** `server_version_num`, such as 150018. */
  readonly serverVersion: number
  /** Runs one statement and returns all its rows. */
  query<R extends Row = Row>(statement: Sql): Promise<Result<R>>
  /** Sends several statements, separated by semicolons, in one round trip; all of them or none. */
  execute(script: Sql): Promise<void>
  /**
   * Sends text as it is, one or several statements, by the simple protocol; the last one's outcome counts.
   * For interpreters of scripts, which convert values themselves.
   */
  send(text: string): Promise<TextResult>
  /** Streams rows in batches through a server-side cursor; must run inside a transaction. */
  stream<R extends Row = Row>(statement: Sql, batchSize: number): AsyncIterable<readonly R[]>
  /** Feeds `COPY … FROM STDIN` (text format) and returns the number of rows. */
  copyIn(statement: Sql, data: AsyncIterable<Uint8Array>): Promise<number>
  /** Reads `COPY … TO STDOUT`. */
  copyOut(statement: Sql): AsyncIterable<Uint8Array>
  /** Runs `body` between BEGIN and COMMIT, or ROLLBACK when it throws. Does not nest. */
  transaction<T>(body: () => Promise<T>, options?: TransactionOptions): Promise<T>
  /**
   * Stops the statement that is running, from outside of it; it fails. The embedded engine cannot stop one
   * and ends, the session with it.
   */
  stop(): Promise<void>
  /** Runs `body` between SAVEPOINT and RELEASE, or ROLLBACK TO when it throws. */
  savepoint<T>(body: () => Promise<T>): Promise<T>
}

/** The first row, or undefined. */
export async function firstRow<R extends Row>(
  session: Session,
  statement: Sql,
): Promise<R | undefined> {
  const { rows } = await session.query<R>(statement)
  return rows[0]
}
