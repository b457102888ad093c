import { type Sql, sql } from '../../../db/index.js'
import type { HelperContext } from '../helper-context.js'
import { runLogged } from '../run-logged.js'
import { readColumns } from '../schema/column-exists.js'
import { modelTable } from '../schema/model-table.js'

/**
 * Gives a model, its fields, constraints, relation tables and records with external ids to another module.
 *
 * @throws DatabaseError when the other module has an external id of the same name
 */
export async function updateModuleMovedModels(
  context: HelperContext,
  model: string,
  from: string,
  to: string,
): Promise<void> {
  context.log('info', `Moving model ${model} from module '${from}' to module '${to}'`)
  const name = modelTable(context.release, model)
  const statements: Sql[] = [
    sql`UPDATE ir_model_data SET module = ${to} WHERE model = ${model} AND module = ${from}`,
    ...(await metadataStatements(context, name, from, to)),
    sql`UPDATE ir_model_data d SET module = ${to}
          FROM ir_model_fields f
         WHERE d.model = 'ir.model.fields' AND d.name = ${`field_${name}__`} || f.name
           AND f.model = ${model} AND d.module = ${from}`,
  ]
  const known = await readColumns(context.session, ['ir_translation'])
  if (context.release.major < 16 && known.has('ir_translation', 'module')) {
    statements.push(sql`
      UPDATE ir_translation SET module = ${to}
       WHERE starts_with(name, ${`${model},`}) AND module = ${from}`)
  }
  for (const statement of statements) await runLogged(context, statement)
}

/** The model's own external id; its relations and constraints only when that one is moved. */
async function metadataStatements(
  context: HelperContext,
  name: string,
  from: string,
  to: string,
): Promise<readonly Sql[]> {
  const { rows } = await context.session.query<{ model: number }>(sql`
    UPDATE ir_model_data SET module = ${to}
     WHERE name = ${`model_${name}`} AND model = 'ir.model' AND module = ${from}
    RETURNING res_id AS model`)
  const moved = rows[0]
  if (moved === undefined) return []
  return [
    sql`UPDATE ir_model_relation r SET module = n.id
          FROM ir_module_module o, ir_module_module n
         WHERE n.name = ${to} AND o.name = ${from} AND r.module = o.id AND r.model = ${moved.model}`,
    sql`UPDATE ir_model_constraint c SET module = n.id
          FROM ir_module_module o, ir_module_module n
         WHERE n.name = ${to} AND o.name = ${from} AND c.module = o.id AND c.model = ${moved.model}`,
  ]
}
