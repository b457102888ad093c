import { id, sql } from '../../../../db/index.js'
import type { HelperContext } from '../../helper-context.js'
import { referenceColumns } from '../../models/reference-columns.js'
import { runLogged } from '../../run-logged.js'
import { readColumns } from '../../schema/column-exists.js'
import { isExcluded, type Merge } from './merge.js'

/** Moves what names a record in text: reference fields, company values, defaults of users. */
export async function moveTextReferences(context: HelperContext, merge: Merge): Promise<void> {
  const { model, sources, target } = merge
  const known = await readColumns(context.session, ['ir_property', 'ir_default'])
  const columns = [...(await referenceColumns(context))]
  if (known.has('ir_property', 'value_reference')) {
    columns.push({ table: 'ir_property', column: 'value_reference' })
  }
  const before = sources.map((source) => `${model},${source}`)
  for (const { table, column } of columns) {
    if (isExcluded(merge, table, column)) continue
    await runLogged(
      context,
      sql`UPDATE ${id(table)} SET ${id(column)} = ${`${model},${target}`}
           WHERE ${id(column)} = ANY(${before}::text[])`,
    )
  }
  if (!known.has('ir_default', 'json_value', 'field_id')) return
  await runLogged(
    context,
    sql`UPDATE ir_default d SET json_value = ${String(target)}
          FROM ir_model_fields f
         WHERE f.id = d.field_id AND f.ttype = 'many2one' AND f.relation = ${model}
           AND d.json_value = ANY(${sources.map(String)}::text[])`,
  )
}
