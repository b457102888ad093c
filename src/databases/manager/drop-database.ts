import { dropCheckpoints, listCheckpoints } from './checkpoints.js'
import type { DatabaseHost } from './database-host.js'
import { filestoreOf } from './database-host.js'
import { removeFilestore } from './filestore.js'
import { administer, dropDatabase, requireDatabase, shutOut } from './server-statements.js'
import { sweepLeftovers } from './staging.js'

export interface DropOptions {
  /** End the sessions of others instead of refusing. */
  readonly force?: boolean
  readonly keepFilestore?: boolean
}

export interface DropReport {
  readonly database: string
  /** Names of its checkpoints, which went with it. */
  readonly checkpoints: readonly string[]
}

/**
 * Removes a database, its checkpoints and its filestore. What asks the user for confirmation is the caller's business.
 *
 * Errors: DATABASE_UNKNOWN, DATABASE_HAS_SESSIONS, DATABASE_BUSY, FILESTORE_NOT_REMOVED.
 */
export async function dropWithFilestore(
  host: DatabaseHost,
  name: string,
  options: DropOptions = {},
): Promise<DropReport> {
  const { cluster } = host
  const lock = await cluster.lock(name, `drop ${name}`)
  try {
    await sweepLeftovers(host)
    await administer(cluster, async (session) => {
      await requireDatabase(cluster, session, name)
      await shutOut(session, name, options.force ?? false)
      await dropDatabase(session, name, options.force ?? false)
    })
    const checkpoints = await listCheckpoints(host, name)
    await dropCheckpoints(host, checkpoints)
    if (options.keepFilestore !== true) await removeFilestore(filestoreOf(host, name))
    return { database: name, checkpoints: checkpoints.map((checkpoint) => checkpoint.name) }
  } finally {
    await lock.release()
  }
}
