import { type Session, sql } from '../../db/index.js'

const WAIT_MS = 10_000
const POLL_SECONDS = 0.05

/**
 * Ends what a killed run has left on the server: its session goes on with the statement that it was at,
 * holds locks and moves sequences. Whoever holds the database's lock may do so; nobody else works on it.
 */
export async function endLeftovers(session: Session): Promise<void> {
  const others = sql`
    SELECT pid FROM pg_catalog.pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid()
       AND application_name LIKE 'moult%' AND pg_has_role(usesysid, 'MEMBER')`
  const until = Date.now() + WAIT_MS
  for (;;) {
    const { rows } = await session.query(
      sql`SELECT pg_terminate_backend(pid), pg_sleep(${POLL_SECONDS}) FROM (${others}) o`,
    )
    if (rows.length === 0 || Date.now() > until) return
  }
}
