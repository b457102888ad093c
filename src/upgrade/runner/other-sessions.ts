import { UserError } from '../../base/index.js'
import { type Session, sql } from '../../db/index.js'

interface OtherSession extends Record<string, unknown> {
  readonly pid: number
  readonly who: string
}

/**
 * Fails with DATABASE_HAS_SESSIONS when somebody else is connected: an Odoo server that works on a database
 * under upgrade breaks it, and its locks stop the upgrade.
 */
export async function refuseOtherSessions(session: Session): Promise<void> {
  const { rows } = await session.query<OtherSession>(sql`
    SELECT pid, concat_ws(' ', usename, nullif(application_name, ''), host(client_addr)) AS who
      FROM pg_catalog.pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid()
       AND backend_type = 'client backend' AND application_name NOT LIKE 'moult%'`)
  if (rows.length === 0) return
  const shown = rows.slice(0, 5).map(({ who, pid }) => `${who} (process ${pid})`)
  throw new UserError(
    'DATABASE_HAS_SESSIONS',
    `"${session.database}" is being used by ${rows.length} other session${rows.length > 1 ? 's' : ''}: ${shown.join(', ')}`,
    {
      hint: 'Stop the Odoo server that uses it, then run the command again.',
      data: { database: session.database, sessions: rows },
    },
  )
}
