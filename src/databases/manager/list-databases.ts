import { inParallel, type Progress } from '../../base/index.js'
import { type EngineKind, sql } from '../../db/index.js'
import type { Release } from '../../odoo/release/index.js'
import { type DatabaseHost, filestoreOf, isFolderName } from './database-host.js'
import { STAGING_PREFIX } from './database-name.js'
import { listFilestore } from './filestore.js'
import { readOdooFacts } from './odoo-facts.js'
import { administer } from './server-statements.js'

/** One database, as `moult db list` shows it. Sizes are bytes. */
export interface DatabaseSummary {
  readonly name: string
  readonly engine: EngineKind
  readonly owner: string
  readonly size: number
  /** Undefined when the database is none of Odoo's, or could not be opened. */
  readonly release: Release | undefined
  readonly modules: number | undefined
  readonly neutralized: boolean | undefined
  /** An upgrade by moult that has not come to its end: the database is between two releases. */
  readonly upgrade: 'running' | 'failed' | undefined
  readonly filestoreFiles: number
  readonly filestoreSize: number
  /** Why the database could not be looked into. */
  readonly problem: string | undefined
}

export interface ListOptions {
  /** Also databases that another role owns. */
  readonly all?: boolean
}

interface CatalogRow extends Record<string, unknown> {
  readonly name: string
  readonly owner: string
  readonly size: number
}

/** The databases of the connected role (all, for a superuser), by name. */
export async function listDatabases(
  host: DatabaseHost,
  progress: Progress,
  options: ListOptions = {},
): Promise<readonly DatabaseSummary[]> {
  const { cluster } = host
  const everything = options.all ?? false
  const { rows } = await administer(cluster, (session) =>
    session.query<CatalogRow>(sql`
      SELECT d.datname AS name, pg_get_userbyid(d.datdba) AS owner,
             CASE WHEN has_database_privilege(d.oid, 'CONNECT') THEN pg_database_size(d.oid) ELSE 0 END AS size
        FROM pg_database d
       WHERE NOT d.datistemplate AND d.datallowconn AND d.datname <> ${cluster.maintenanceDatabase}
         AND NOT starts_with(d.datname, ${STAGING_PREFIX})
         AND (${everything} OR pg_has_role(d.datdba, 'MEMBER'))
       ORDER BY 1`),
  )
  const found = new Map<string, DatabaseSummary>()
  await progress.step('Looking into databases', { unit: 'databases', total: rows.length }, (step) =>
    inParallel(
      rows,
      async (row) => {
        found.set(row.name, await summarize(host, row))
        step.advance(1, row.name)
      },
      cluster.maxSessions,
    ),
  )
  return rows.flatMap((row) => found.get(row.name) ?? [])
}

async function summarize(host: DatabaseHost, row: CatalogRow): Promise<DatabaseSummary> {
  const files = isFolderName(row.name) ? await listFilestore(filestoreOf(host, row.name)) : []
  const common = {
    name: row.name,
    engine: host.cluster.kind,
    owner: row.owner,
    size: row.size,
    filestoreFiles: files.length,
    filestoreSize: files.reduce((sum, file) => sum + file.size, 0),
  }
  try {
    const facts = await host.cluster.withSession(row.name, readOdooFacts)
    return {
      ...common,
      release: facts?.release,
      modules: facts && Object.keys(facts.modules).length,
      neutralized: facts?.neutralized,
      upgrade: facts?.upgrade,
      problem: undefined,
    }
  } catch (error) {
    // One database that cannot be opened must not hide the others.
    return {
      ...common,
      release: undefined,
      modules: undefined,
      neutralized: undefined,
      upgrade: undefined,
      problem: error instanceof Error ? error.message : String(error),
    }
  }
}
