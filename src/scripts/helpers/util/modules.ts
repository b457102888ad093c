import { type Sql, sql } from '../../../db/index.js'
import type { HelperContext } from '../helper-context.js'
import { runLogged } from '../run-logged.js'
import { readColumns } from '../schema/column-exists.js'

/** Whether all modules are installed, about to be, or about to be upgraded. */
export async function modulesInstalled(
  context: HelperContext,
  modules: readonly string[],
): Promise<boolean> {
  const { rows } = await context.session.query<{ found: number }>(sql`
    SELECT count(*)::int AS found FROM ir_module_module
     WHERE name = ANY(${modules}::text[]) AND state IN ('installed', 'to install', 'to upgrade')`)
  return rows[0]?.found === modules.length
}

/** Renames a module with its dependencies, external ids, view keys and translations. */
export async function renameModule(
  context: HelperContext,
  from: string,
  to: string,
): Promise<void> {
  const known = await readColumns(context.session, ['ir_ui_view', 'ir_translation'])
  const statements: Sql[] = [
    sql`UPDATE ir_module_module SET name = ${to} WHERE name = ${from}`,
    sql`UPDATE ir_module_module_dependency SET name = ${to} WHERE name = ${from}`,
  ]
  if (known.has('ir_ui_view', 'key')) {
    statements.push(sql`
      UPDATE ir_ui_view SET key = ${to} || right(key, ${-from.length}::int)
       WHERE starts_with(key, ${`${from}.`})`)
  }
  statements.push(sql`UPDATE ir_model_data SET module = ${to} WHERE module = ${from}`)
  if (known.has('ir_translation', 'module')) {
    statements.push(sql`UPDATE ir_translation SET module = ${to} WHERE module = ${from}`)
  }
  statements.push(sql`
    UPDATE ir_model_data SET name = ${`module_${to}`}
     WHERE name = ${`module_${from}`} AND module = 'base' AND model = 'ir.module.module'`)
  for (const statement of statements) await runLogged(context, statement)
}
