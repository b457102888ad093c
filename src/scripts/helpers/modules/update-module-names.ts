import { type Sql, sql } from '../../../db/index.js'
import type { HelperContext } from '../helper-context.js'
import { runLogged } from '../run-logged.js'
import { readColumns } from '../schema/column-exists.js'

export type ModuleRename = readonly [from: string, to: string]

/**
 * Renames modules, or merges them into others that exist. External ids that both modules have are renamed
 * to `<name>_openupgrade_<id>` without `noupdate`, so that the cleanup after loading deletes their records.
 *
 * @throws DatabaseError when a module is renamed to one that exists, without `merge`
 */
export async function updateModuleNames(
  context: HelperContext,
  renames: readonly ModuleRename[],
  merge = false,
): Promise<void> {
  const translations =
    context.release.major < 16 &&
    (await readColumns(context.session, ['ir_translation'])).has('ir_translation', 'module')
  const named = await namesInUse(context, translations)
  for (const [from, to] of renames) {
    // Every statement below asks for the old name; most of a release's renames concern nobody.
    if (!named.has(from)) continue
    const statements = [
      ...(merge && named.get(to) === true ? forgetMetadata(from) : renameModule(from, to)),
      ...moveExternalIds(from, to, translations),
      ...(merge ? dropMerged(from, to) : []),
    ]
    for (const statement of statements) await runLogged(context, statement)
    named.set(to, named.get(to) === true || named.get(from) === true)
    if (from !== to) named.delete(from)
  }
}

/** Every module name that some table has; true for those with a row of their own. */
async function namesInUse(
  context: HelperContext,
  translations: boolean,
): Promise<Map<string, boolean>> {
  const { rows } = await context.session.query<{ name: string; row: boolean }>(sql`
    SELECT name, bool_or(is_module) AS row
      FROM (SELECT name, true AS is_module FROM ir_module_module
            UNION ALL (SELECT DISTINCT module, false FROM ir_model_data)
            UNION ALL (SELECT DISTINCT name, false FROM ir_module_module_dependency)
            ${translations ? sql`UNION ALL (SELECT DISTINCT module, false FROM ir_translation)` : sql``}) used
     WHERE name IS NOT NULL
     GROUP BY name`)
  return new Map(rows.map((row) => [row.name, row.row]))
}

function renameModule(from: string, to: string): readonly Sql[] {
  return [
    sql`UPDATE ir_module_module SET name = ${to} WHERE name = ${from}`,
    sql`UPDATE ir_model_data SET name = ${`module_${to}`}
         WHERE name = ${`module_${from}`} AND module = 'base' AND model = 'ir.module.module'`,
  ]
}

/** Rows about constraints and relation tables; the other module makes its own. */
function forgetMetadata(from: string): readonly Sql[] {
  return [
    sql`DELETE FROM ir_model_constraint WHERE module = (SELECT id FROM ir_module_module WHERE name = ${from})`,
    sql`DELETE FROM ir_model_relation WHERE module = (SELECT id FROM ir_module_module WHERE name = ${from})`,
  ]
}

function moveExternalIds(from: string, to: string, translations: boolean): readonly Sql[] {
  const statements = [
    sql`UPDATE ir_model_data d SET module = ${to}
         WHERE module = ${from}
           AND NOT EXISTS (SELECT FROM ir_model_data o WHERE o.module = ${to} AND o.name = d.name)`,
    sql`UPDATE ir_model_data SET name = name || '_openupgrade_' || id, module = ${to}, noupdate = false
         WHERE module = ${from}`,
    sql`UPDATE ir_module_module_dependency SET name = ${to} WHERE name = ${from}`,
  ]
  if (translations) {
    statements.push(sql`UPDATE ir_translation SET module = ${to} WHERE module = ${from}`)
  }
  return statements
}

/** The other module takes over what was installed; the merged one's row goes. */
function dropMerged(from: string, to: string): readonly Sql[] {
  return [
    sql`UPDATE ir_module_module n SET state = o.state, latest_version = o.latest_version
          FROM ir_module_module o
         WHERE n.name = ${to} AND o.name = ${from} AND n.state = 'uninstalled'`,
    sql`DELETE FROM ir_module_module WHERE name = ${from}`,
    sql`DELETE FROM ir_model_data
         WHERE module = 'base' AND model = 'ir.module.module' AND name = ${`module_${from}`}`,
  ]
}
