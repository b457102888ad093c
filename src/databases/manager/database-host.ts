import { join } from 'node:path'
import { UserError } from '../../base/index.js'
import type { Cluster } from '../../db/index.js'

/** Where databases live: a cluster, and the folder with the filestores of its databases. */
export interface DatabaseHost {
  readonly cluster: Cluster
  /** Odoo's `<data_dir>/filestore`: one folder per database. */
  readonly filestoreRoot: string
}

/**
 * The folder of a database's attachments. A database whose name is no folder's (only PostgreSQL's own
 * programs can make one) has none: DATABASE_NAME_INVALID.
 */
export function filestoreOf(host: DatabaseHost, database: string): string {
  if (isFolderName(database)) return join(host.filestoreRoot, database)
  throw new UserError(
    'DATABASE_NAME_INVALID',
    `The database ${JSON.stringify(database)} cannot have a filestore: its name would lead elsewhere`,
    { hint: 'Rename it with ALTER DATABASE first.', data: { database } },
  )
}

/** Whether a name stays below the folder that it is joined to. */
export function isFolderName(name: string): boolean {
  return name !== '.' && name !== '..' && !/[/\\\0]/.test(name)
}
