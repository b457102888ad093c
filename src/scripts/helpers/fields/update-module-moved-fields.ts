import { sql } from '../../../db/index.js'
import type { HelperContext } from '../helper-context.js'
import { runLogged } from '../run-logged.js'
import { readColumns } from '../schema/column-exists.js'

/** Fields of a model that another module defines now. */
export interface MovedFields {
  readonly model: string
  readonly fields: readonly string[]
  readonly from: string
  readonly to: string
}

/** Gives the external ids of a model's fields to another module, those excepted that it has already. */
export async function updateModuleMovedFields(
  context: HelperContext,
  { model, fields, from, to }: MovedFields,
): Promise<void> {
  context.log(
    'info',
    `Moving fields ${fields.join(', ')} in model ${model} from module '${from}' to module '${to}'`,
  )
  await runLogged(
    context,
    sql`UPDATE ir_model_data d SET module = ${to}
          FROM ir_model_fields f
         WHERE f.model = ${model} AND f.name = ANY(${fields}::text[]) AND d.module = ${from}
           AND d.model = 'ir.model.fields' AND d.res_id = f.id
           AND NOT EXISTS (SELECT FROM ir_model_data o WHERE o.module = ${to} AND o.name = d.name)`,
  )
  const known = await readColumns(context.session, ['ir_translation'])
  if (context.release.major >= 16 || !known.has('ir_translation', 'module')) return
  await runLogged(
    context,
    sql`UPDATE ir_translation t SET module = ${to}
          FROM ir_model_fields f
         WHERE f.model = ${model} AND f.name = ANY(${fields}::text[]) AND t.res_id = f.id
           AND t.module = ${from}
           AND (t.type = 'field' OR (t.type = 'model' AND starts_with(t.name, 'ir.model.fields,field_')))`,
  )
}
