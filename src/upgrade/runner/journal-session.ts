import type { DatabaseHost } from '../../databases/manager/index.js'
import { firstRow, type Session, sql } from '../../db/index.js'

/**
 * Opens a session of the connected role on a database whose scripts are not to be trusted. Only what is
 * PostgreSQL's own is found without a schema: a function of a script's would run with that role's rights. For
 * the same reason such a session reads nothing but the journal and the catalogue; tables may be views.
 */
export function withJournalSession<T>(
  { cluster }: Pick<DatabaseHost, 'cluster'>,
  database: string,
  body: (session: Session) => Promise<T>,
): Promise<T> {
  return cluster.withSession(database, async (session) => {
    await firstRow(session, sql`SELECT pg_catalog.set_config('search_path', '', false)`)
    return body(session)
  })
}
