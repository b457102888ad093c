import { sql } from '../../../db/index.js'
import type { HelperContext } from '../helper-context.js'
import { runLogged } from '../run-logged.js'

/** Renames a company-dependent field and its values in `ir_property` (17 and earlier). */
export async function renameProperty(
  context: HelperContext,
  model: string,
  from: string,
  to: string,
): Promise<void> {
  const { rows } = await context.session.query<{ id: number }>(sql`
    UPDATE ir_model_fields f SET name = ${to}
      FROM ir_model m
     WHERE m.id = f.model_id AND m.model = ${model} AND f.name = ${from}
    RETURNING f.id`)
  const fields = rows.map((row) => row.id)
  await runLogged(
    context,
    sql`UPDATE ir_property SET name = ${to} WHERE fields_id = ANY(${fields}::int[])`,
  )
  context.schemaChanged?.()
}
