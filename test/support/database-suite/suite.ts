import type { Cluster, Session, SessionOptions } from '../../../src/db/index.js'
import { id, raw, sql } from '../../../src/db/index.js'
import type { TestEngine } from '../engines.js'

/** The database that most tests of the suite work in. */
export const SUITE = 'suite'

/** What each part of the suite is given. */
export interface Suite {
  readonly engine: TestEngine
  cluster(): Cluster
  /** Opens a session on the suite's database. */
  session<T>(body: (session: Session) => Promise<T>, options?: SessionOptions): Promise<T>
}

export function suiteOf(engine: TestEngine, cluster: () => Cluster): Suite {
  return {
    engine,
    cluster,
    session: (body, options) => cluster().withSession(SUITE, body, options),
  }
}

/** Runs statements in the maintenance database. */
export function administer(cluster: Cluster, ...statements: readonly string[]): Promise<void> {
  return cluster.withSession(cluster.maintenanceDatabase, async (session) => {
    for (const statement of statements) await session.execute(raw(statement))
  })
}

/** Runs statements in the suite's database, which the embedded engine has open already. */
export function runInSuite({ session }: Suite, ...statements: readonly string[]): Promise<void> {
  return session(async (db) => {
    for (const statement of statements) await db.execute(raw(statement))
  })
}

/** The number of rows of a table. */
export async function countOf(session: Session, table: string): Promise<unknown> {
  const { rows } = await session.query(sql`SELECT count(*) AS n FROM ${id(table)}`)
  return rows[0]?.n
}

/** What a promise was rejected with. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise
  } catch (error) {
    return error
  }
  throw new Error('It did not fail')
}

/** Text as a stream of chunks of `size` bytes. */
export async function* inChunks(text: string | Buffer, size: number): AsyncIterable<Uint8Array> {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

/** Everything that a COPY gives, as text. */
export async function textOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const all: Uint8Array[] = []
  for await (const chunk of chunks) all.push(chunk)
  return Buffer.concat(all).toString()
}

/** PostgreSQL stores any text in UTF-8 without NUL; lone surrogates are no UTF-8. */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && Buffer.from(text).toString() === text
}
