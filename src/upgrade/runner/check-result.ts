import type { Finding } from '../../base/index.js'
import { firstRow, type Session, type Sql, sql } from '../../db/index.js'

type AddFinding = (finding: Finding) => void

/** Looks at the database after a hop, for what would trouble Odoo when it starts. */
export async function checkResult(session: Session, addFinding: AddFinding): Promise<void> {
  await checkStates(session, addFinding)
  await checkDependencies(session, addFinding)
  await checkViews(session, addFinding)
}

interface Unfinished extends Record<string, unknown> {
  readonly state: string
  readonly modules: readonly string[]
}

/** Modules that Odoo would take up again at its next start. */
async function checkStates(session: Session, addFinding: AddFinding): Promise<void> {
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

/** Installed modules that Odoo leaves out, because what they depend on is not installed. */
async function checkDependencies(session: Session, addFinding: AddFinding): Promise<void> {
  if (!(await areThere(session, ['ir_module_module_dependency']))) return
  const lacking = await texts(
    session,
    sql`SELECT m.name || ' (' || string_agg(d.name, ', ' ORDER BY d.name) || ')' AS text
          FROM ir_module_module m
          JOIN ir_module_module_dependency d ON d.module_id = m.id
          LEFT JOIN ir_module_module n ON n.name = d.name
         WHERE m.state = 'installed' AND n.state IS DISTINCT FROM 'installed'
         GROUP BY m.name ORDER BY m.name`,
  )
  if (lacking.length === 0) return
  addFinding({
    code: 'DEPENDENCIES_NOT_INSTALLED',
    severity: 'warning',
    message: `Modules are installed without what they depend on: ${lacking.join(', ')}`,
    hint: 'Odoo does not load them. Install what is missing (-i), or uninstall them.',
    data: { modules: lacking },
  })
}

/** Active views of models that are no longer there: opening one is an error. */
async function checkViews(session: Session, addFinding: AddFinding): Promise<void> {
  if (!(await areThere(session, ['ir_ui_view', 'ir_model']))) return
  const orphans = await texts(
    session,
    sql`SELECT v.model || ': ' || string_agg(v.id::text, ', ' ORDER BY v.id) AS text
          FROM ir_ui_view v
         WHERE v.active AND v.model <> ''
           AND NOT EXISTS (SELECT FROM ir_model m WHERE m.model = v.model)
         GROUP BY v.model ORDER BY v.model`,
  )
  if (orphans.length === 0) return
  addFinding({
    code: 'VIEWS_WITHOUT_MODEL',
    severity: 'warning',
    message: `Active views are of models that are not there (model: ids): ${orphans.join('; ')}`,
    hint: 'Remove them, or give them their new model, by a script.',
    data: { views: orphans },
  })
}

async function areThere(session: Session, tables: readonly string[]): Promise<boolean> {
  const row = await firstRow<{ there: boolean }>(
    session,
    sql`SELECT bool_and(to_regclass('public.' || name) IS NOT NULL) AS there
          FROM unnest(${tables}::text[]) AS name`,
  )
  return row?.there === true
}

async function texts(session: Session, statement: Sql): Promise<readonly string[]> {
  const { rows } = await session.query<{ text: string }>(statement)
  return rows.map(({ text }) => text)
}
