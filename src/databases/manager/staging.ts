import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { MoultError } from '../../base/index.js'
import { type Cluster, type DatabaseLock, firstRow, id, type Session, sql } from '../../db/index.js'
import { type DatabaseHost, filestoreOf } from './database-host.js'
import { STAGING_PREFIX } from './database-name.js'
import { moveFilestore, refuseFolder, removeFilestore } from './filestore.js'
import {
  administer,
  databaseExists,
  describeDatabase,
  dropDatabase,
  letIn,
  refuseExisting,
  renameDatabase,
  shutOut,
} from './server-statements.js'

/** A database under construction: its names until it is published. */
export interface Staging {
  /** Also the name of the role that a restore logs in as, where it needs one. */
  readonly database: string
  readonly filestore: string
}

export interface StagingOptions {
  /** The final name. */
  readonly name: string
  /** A few words for whoever wants the same name meanwhile. */
  readonly operation: string
  /** Take the place of a database of this name, once the new one is complete. */
  readonly replace?: { readonly force: boolean }
}

/** What is noted at a complete database, so that whoever finds it can finish publishing it. */
interface Note {
  readonly name: string
  /** Folder below the filestore root. */
  readonly staging: string
  readonly replace: boolean
}

const NOTE = 'moult: '

/**
 * Builds a database out of sight and shows it under its final name only when `build` has succeeded;
 * whatever happens, there is a complete database or none. A process that is killed while building leaves
 * something that the next operation removes; killed while publishing, something that it finishes.
 */
export async function withStaging<T>(
  host: DatabaseHost,
  options: StagingOptions,
  build: (staging: Staging) => Promise<T>,
): Promise<T> {
  const { cluster } = host
  const { name, operation, replace } = options
  const lock = await cluster.lock(name, operation)
  try {
    await sweepLeftovers(host)
    if (replace === undefined) await refuseTaken(host, name)
    const database = STAGING_PREFIX + randomBytes(6).toString('hex')
    const staging: Staging = { database, filestore: join(host.filestoreRoot, database) }
    const guard = await cluster.lock(database, operation)
    try {
      const result = await buildOrDiscard(host, staging, options, build)
      await publish(host, database, {
        name,
        staging: database,
        replace: replace !== undefined,
      })
      return result
    } finally {
      await guard.release()
    }
  } finally {
    await lock.release()
  }
}

async function refuseTaken(host: DatabaseHost, name: string): Promise<void> {
  await administer(host.cluster, (session) => refuseExisting(session, name))
  refuseFolder(filestoreOf(host, name))
}

async function buildOrDiscard<T>(
  host: DatabaseHost,
  staging: Staging,
  { name, replace }: StagingOptions,
  build: (staging: Staging) => Promise<T>,
): Promise<T> {
  try {
    const result = await build(staging)
    if (replace === undefined) await refuseTaken(host, name)
    else await administer(host.cluster, (session) => makeWay(session, name, replace.force))
    return result
  } catch (error) {
    // What cannot be removed now is what the next operation sweeps; the reason to stop is the news.
    await discard(host, staging).catch(() => {})
    throw error
  }
}

/** Refuses, before anything is lost, to replace a database that others use. */
async function makeWay(session: Session, name: string, force: boolean): Promise<void> {
  if (await databaseExists(session, name)) await shutOut(session, name, force)
}

/** From the note on, the database is complete and only moves forward. */
async function publish(host: DatabaseHost, database: string, note: Note): Promise<void> {
  await administer(host.cluster, async (session) => {
    await describeDatabase(session, database, NOTE + JSON.stringify(note))
    await finishPublishing(host, session, { database, note })
  })
}

interface Unpublished {
  /** The name it has now. */
  readonly database: string
  readonly note: Note
}

async function finishPublishing(
  host: DatabaseHost,
  session: Session,
  { database, note }: Unpublished,
): Promise<void> {
  const { name, staging, replace } = note
  if (database !== name) {
    if (replace) {
      await dropDatabase(session, name, true)
      await removeFilestore(filestoreOf(host, name))
    }
    await renameDatabase(session, database, name)
  }
  await moveFilestore(join(host.filestoreRoot, staging), filestoreOf(host, name))
  await session.execute(sql`COMMENT ON DATABASE ${id(name)} IS NULL`)
  await letIn(session, name)
}

async function discard(host: DatabaseHost, staging: Staging): Promise<void> {
  await removeFilestore(staging.filestore)
  await administer(host.cluster, async (session) => {
    await dropDatabase(session, staging.database, true)
    await dropRole(session, staging.database)
  })
}

interface Leftover extends Record<string, unknown> {
  readonly name: string
  readonly note: string | null
}

/** Removes what killed processes were building, and finishes what they were publishing. */
export async function sweepLeftovers(host: DatabaseHost): Promise<void> {
  const { cluster } = host
  const { rows } = await administer(cluster, (session) =>
    session.query<Leftover>(sql`
      SELECT datname AS name, shobj_description(oid, 'pg_database') AS note
        FROM pg_database
       WHERE starts_with(datname, ${STAGING_PREFIX})
          OR starts_with(shobj_description(oid, 'pg_database'), ${NOTE})`),
  )
  for (const leftover of rows) await sweep(host, leftover)
}

async function sweep(host: DatabaseHost, leftover: Leftover): Promise<void> {
  const note = readNote(leftover)
  const staging = note?.staging ?? leftover.name
  const guard = await tryLock(host.cluster, staging)
  if (guard === undefined) return
  try {
    if (note !== undefined) {
      await resume(host, { database: leftover.name, note })
    } else if (leftover.name.startsWith(STAGING_PREFIX)) {
      const filestore = join(host.filestoreRoot, leftover.name)
      await discard(host, { database: leftover.name, filestore })
    }
  } finally {
    await guard.release()
  }
}

/** Finishes what was complete, unless its name has been taken since. */
async function resume(host: DatabaseHost, { database, note }: Unpublished): Promise<void> {
  const taken = await administer(host.cluster, async (session) => {
    if (!(await databaseExists(session, database))) return false
    if (database !== note.name && !note.replace && (await databaseExists(session, note.name))) {
      return true
    }
    await finishPublishing(host, session, { database, note })
    return false
  })
  if (taken) await discard(host, { database, filestore: join(host.filestoreRoot, note.staging) })
}

/**
 * A note of moult's. Who owns a database can comment on it, so nothing is believed that does not fit its name:
 * that of a database under construction, which nobody chooses, or its final one.
 */
function readNote({ name: database, note: text }: Leftover): Note | undefined {
  if (text === null || !text.startsWith(NOTE)) return undefined
  try {
    const { name, staging, replace } = JSON.parse(text.slice(NOTE.length)) as Partial<Note>
    const sound =
      typeof name === 'string' &&
      typeof staging === 'string' &&
      /^[a-z0-9_]+$/.test(staging) &&
      staging.startsWith(STAGING_PREFIX) &&
      (database === staging || database === name)
    return sound ? { name, staging, replace: replace === true } : undefined
  } catch {
    return undefined
  }
}

/** The lock on a leftover, or undefined while the process that builds it lives. */
async function tryLock(cluster: Cluster, name: string): Promise<DatabaseLock | undefined> {
  try {
    return await cluster.lock(name, 'cleaning up')
  } catch (error) {
    if (error instanceof MoultError && error.code === 'DATABASE_BUSY') return undefined
    throw error
  }
}

async function dropRole(session: Session, name: string): Promise<void> {
  const role = await firstRow(session, sql`SELECT 1 FROM pg_roles WHERE rolname = ${name}`)
  if (role !== undefined) await session.execute(sql`DROP ROLE ${id(name)}`)
}
