import { UserError } from '../../base/index.js'
import { firstRow, type Session, sql } from '../../db/index.js'
import type { ModuleRow, ModuleState } from '../../odoo/modules/index.js'

interface DatabaseRow extends Record<string, unknown> {
  readonly name: string
  readonly state: ModuleState | null
  readonly version: string | null
  readonly auto_install: boolean | null
  readonly demo: boolean | null
  readonly imported: boolean | null
  readonly dependencies: readonly { readonly name: string; readonly required: boolean | null }[]
  readonly exclusions: readonly string[]
}

/**
 * The module table of a database, whatever release it is of: columns that a release does not have count as
 * empty. Fails with NOT_AN_ODOO_DATABASE.
 */
export async function readModuleRows(session: Session): Promise<readonly ModuleRow[]> {
  const known = await firstRow<{ there: boolean }>(
    session,
    sql`SELECT to_regclass('public.ir_module_module') IS NOT NULL
           AND to_regclass('public.ir_module_module_dependency') IS NOT NULL AS there`,
  )
  if (known?.there !== true) throw notOdoo(session.database)
  const { rows } = await session.query<DatabaseRow>(sql`
    SELECT m.name, m.state, m.latest_version AS version, m.auto_install,
           (to_jsonb(m)->>'demo')::boolean AS demo, (to_jsonb(m)->>'imported')::boolean AS imported,
           coalesce(d.dependencies, '[]') AS dependencies, coalesce(e.exclusions, '[]') AS exclusions
      FROM public.ir_module_module m
      LEFT JOIN (
        SELECT module_id, jsonb_agg(jsonb_build_object(
                 'name', name, 'required', to_jsonb(d)->'auto_install_required') ORDER BY id) AS dependencies
          FROM public.ir_module_module_dependency d WHERE name IS NOT NULL GROUP BY module_id) d
        ON d.module_id = m.id
      LEFT JOIN (
        SELECT module_id, jsonb_agg(name ORDER BY id) AS exclusions
          FROM public.ir_module_module_exclusion WHERE name IS NOT NULL GROUP BY module_id) e
        ON e.module_id = m.id
     ORDER BY m.name`)
  return rows.map(moduleRow)
}

function moduleRow(row: DatabaseRow): ModuleRow {
  return {
    name: row.name,
    state: row.state ?? 'uninstallable',
    latestVersion: row.version,
    autoInstall: row.auto_install === true,
    demo: row.demo === true,
    imported: row.imported === true,
    dependencies: row.dependencies.map(({ name, required }) => ({
      name,
      autoInstallRequired: required !== false,
    })),
    exclusions: row.exclusions,
  }
}

function notOdoo(database: string): UserError {
  return new UserError('NOT_AN_ODOO_DATABASE', `"${database}" is no database of Odoo`, {
    hint: 'It has no table ir_module_module: name another database or backup.',
  })
}
