import type { Finding } from '../../base/index.js'
import { type Session, sql } from '../../db/index.js'

interface Unfinished extends Record<string, unknown> {
  readonly state: string
  readonly modules: readonly string[]
}

/** Looks at the database after a hop: modules that Odoo would take up again at its next start. */
export async function checkResult(
  session: Session,
  addFinding: (finding: Finding) => void,
): Promise<void> {
  const { rows } = await session.query<Unfinished>(sql`
    SELECT state, array_agg(name ORDER BY name) AS modules FROM ir_module_module
     WHERE state IN ('to install', 'to upgrade', 'to remove') GROUP BY state ORDER BY state`)
  for (const { state, modules } of rows) {
    addFinding({
      code: 'MODULES_UNFINISHED',
      severity: 'warning',
      message: `Modules are still "${state}": ${modules.join(', ')}`,
      hint: 'They were not loaded: a dependency is missing. Decide what becomes of it in moult.config (decisions.missingModules), and upgrade again.',
      data: { state, modules },
    })
  }
}
