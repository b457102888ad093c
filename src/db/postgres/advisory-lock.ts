import type pg from 'pg'
import { databaseBusy } from '../refusals.js'

/** First key of moult's advisory locks: "mult" in ASCII. The second is the name's hash. */
const LOCK_CLASS = 0x6d756c74
/** First key of the locks on a role whose login is being opened and closed: "mulu". */
export const LOGIN_CLASS = 0x6d756c75

export interface LockRequest {
  readonly database: string
  readonly operation: string
  readonly address: string
}

/** PostgreSQL cuts application names at 63 bytes. */
const NAME_LENGTH = 63

/**
 * Takes the server-wide lock on a database name in the client's session; it ends with the session,
 * so a killed process leaves none behind. Who is refused learns who holds it.
 */
export async function takeAdvisoryLock(client: pg.Client, request: LockRequest): Promise<void> {
  const name = `moult: ${request.operation}`.slice(0, NAME_LENGTH)
  await client.query({ text: "SELECT set_config('application_name', $1, false)", values: [name] })
  const { rows } = await client.query<{ taken: boolean }>({
    text: 'SELECT pg_try_advisory_lock($1, hashtext($2)) AS taken',
    values: [LOCK_CLASS, request.database],
  })
  if (rows[0]?.taken) return
  const holder = await client.query<{ who: string; pid: number; since: string }>({
    text: `SELECT a.application_name AS who, a.pid, to_char(a.backend_start, 'YYYY-MM-DD HH24:MI:SS') AS since
             FROM pg_locks l JOIN pg_stat_activity a USING (pid)
            WHERE l.locktype = 'advisory' AND l.granted
              AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND l.classid::bigint = $1 AND l.objid::bigint = (hashtext($2)::bigint & 4294967295)`,
    values: [LOCK_CLASS, request.database],
  })
  throw databaseBusy(request.database, request.address, holder.rows[0])
}
