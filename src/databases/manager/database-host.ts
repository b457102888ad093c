import { join } from 'node:path'
import type { Cluster } from '../../db/index.js'

/** Where databases live: a cluster, and the folder with the filestores of its databases. */
export interface DatabaseHost {
  readonly cluster: Cluster
  /** Odoo's `<data_dir>/filestore`: one folder per database. */
  readonly filestoreRoot: string
}

/** The folder of a database's attachments. */
export function filestoreOf(host: DatabaseHost, database: string): string {
  return join(host.filestoreRoot, database)
}
