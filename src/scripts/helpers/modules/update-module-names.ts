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
  let together: ModuleRename[] = []
  const flush = async (): Promise<void> => {
    for (const statement of mergeModules(together, translations))
      await runLogged(context, statement)
    together = []
  }
  for (const rename of renames) {
    const [from, to] = rename
    // Every statement asks for the old name; most of a release's renames concern nobody.
    if (!named.has(from)) continue
    const mergesRow = merge && named.get(to) === true
    if (!mergesRow || together.some((one) => one.some((name) => name === from || name === to))) {
      await flush()
    }
    if (mergesRow) together.push(rename)
    else {
      for (const statement of [
        ...renameModule(from, to),
        ...moveExternalIds([rename], translations),
        ...(merge ? dropMerged([rename]) : []),
      ]) {
        await runLogged(context, statement)
      }
    }
    named.set(to, named.get(to) === true || named.get(from) === true)
    if (from !== to) named.delete(from)
  }
  await flush()
}

/** Merges modules that have nothing to do with each other into others that exist. */
function mergeModules(renames: readonly ModuleRename[], translations: boolean): readonly Sql[] {
  if (renames.length === 0) return []
  return [
    ...forgetMetadata(renames),
    ...moveExternalIds(renames, translations),
    ...dropMerged(renames),
  ]
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
function forgetMetadata(renames: readonly ModuleRename[]): readonly Sql[] {
  const gone = sql`(SELECT id FROM ir_module_module WHERE name = ANY(${oldNames(renames)}::text[]))`
  return [
    sql`DELETE FROM ir_model_constraint WHERE module IN ${gone}`,
    sql`DELETE FROM ir_model_relation WHERE module IN ${gone}`,
  ]
}

function moveExternalIds(renames: readonly ModuleRename[], translations: boolean): readonly Sql[] {
  const r = pairs(renames)
  const statements = [
    sql`UPDATE ir_model_data d SET module = r.name_to FROM ${r}
         WHERE d.module = r.name_from
           AND NOT EXISTS (SELECT FROM ir_model_data o WHERE o.module = r.name_to AND o.name = d.name)`,
    sql`UPDATE ir_model_data d SET name = d.name || '_openupgrade_' || d.id, module = r.name_to, noupdate = false
          FROM ${r} WHERE d.module = r.name_from`,
    sql`UPDATE ir_module_module_dependency d SET name = r.name_to FROM ${r} WHERE d.name = r.name_from`,
  ]
  if (translations) {
    statements.push(
      sql`UPDATE ir_translation t SET module = r.name_to FROM ${r} WHERE t.module = r.name_from`,
    )
  }
  return statements
}

/** The other module takes over what was installed; the merged one's row goes. */
function dropMerged(renames: readonly ModuleRename[]): readonly Sql[] {
  const names = oldNames(renames)
  return [
    sql`UPDATE ir_module_module n SET state = o.state, latest_version = o.latest_version
          FROM ir_module_module o, ${pairs(renames)}
         WHERE n.name = r.name_to AND o.name = r.name_from AND n.state = 'uninstalled'`,
    sql`DELETE FROM ir_module_module WHERE name = ANY(${names}::text[])`,
    sql`DELETE FROM ir_model_data
         WHERE module = 'base' AND model = 'ir.module.module'
           AND name = ANY(${names.map((name) => `module_${name}`)}::text[])`,
  ]
}

function oldNames(renames: readonly ModuleRename[]): readonly string[] {
  return renames.map(([from]) => from)
}

/** The names as rows of `r`. */
function pairs(renames: readonly ModuleRename[]): Sql {
  return sql`unnest(${oldNames(renames)}::text[], ${renames.map(([, to]) => to)}::text[]) AS r(name_from, name_to)`
}
