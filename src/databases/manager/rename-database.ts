import { type DatabaseHost, filestoreOf } from './database-host.js'
import { checkDatabaseName } from './database-name.js'
import { moveFilestore, refuseFolder } from './filestore.js'
import {
  administer,
  letIn,
  refuseExisting,
  renameDatabase,
  requireDatabase,
  shutOut,
} from './server-statements.js'

export interface RenameOptions {
  /** End the sessions of others instead of refusing. */
  readonly force?: boolean
}

/**
 * Renames a database and moves its filestore; if the files cannot be moved, the name goes back.
 *
 * Errors: DATABASE_NAME_INVALID, DATABASE_UNKNOWN, DATABASE_EXISTS, FILESTORE_EXISTS, DATABASE_HAS_SESSIONS.
 */
export async function renameWithFilestore(
  host: DatabaseHost,
  from: string,
  to: string,
  options: RenameOptions = {},
): Promise<void> {
  checkDatabaseName(to)
  const { cluster } = host
  const locks = [await cluster.lock(from, `rename ${from} to ${to}`)]
  try {
    locks.push(await cluster.lock(to, `rename ${from} to ${to}`))
    await administer(cluster, async (session) => {
      await requireDatabase(cluster, session, from)
      await refuseExisting(session, to)
      refuseFolder(filestoreOf(host, to))
      await shutOut(session, from, options.force ?? false)
      let name = from
      try {
        await renameDatabase(session, from, to)
        name = to
        await moveFilestore(filestoreOf(host, from), filestoreOf(host, to))
      } catch (error) {
        if (name === to) await renameDatabase(session, to, from)
        name = from
        throw error
      } finally {
        await letIn(session, name)
      }
    })
  } finally {
    for (const lock of locks) await lock.release()
  }
}
