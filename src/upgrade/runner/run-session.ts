import type { DatabaseHost } from '../../databases/manager/index.js'
import { firstRow, type Session, sql } from '../../db/index.js'
import type { ScriptRole } from './script-role.js'

/** As Odoo's loader sets it (`odoo/modules/registry.py`): nobody else should be in a database under upgrade. */
const LOCK_TIMEOUT = '15s'

/** Opens the session that steps run in: the scripts' role's where there is one. */
export function withRunSession<T>(
  { cluster }: DatabaseHost,
  database: string,
  role: ScriptRole | undefined,
  signal: AbortSignal,
  body: (session: Session) => Promise<T>,
): Promise<T> {
  const prepared = async (session: Session): Promise<T> => {
    // Questions on the catalogue look expensive to the planner; compiling one takes longer than answering it.
    await firstRow(
      session,
      sql`SELECT set_config('lock_timeout', ${LOCK_TIMEOUT}, false), set_config('jit', 'off', false)`,
    )
    return body(session)
  }
  return role === undefined
    ? cluster.withSession(database, prepared, { signal })
    : cluster.withConfinedSession(database, role, prepared, { signal, ownTransactions: true })
}
