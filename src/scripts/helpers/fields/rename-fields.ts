import { sql } from '../../../db/index.js'
import type { HelperContext } from '../helper-context.js'
import { runLogged, runLoggedTogether, type TableChange } from '../run-logged.js'
import { type KnownColumns, readColumns } from '../schema/column-exists.js'
import { renameColumns } from '../schema/rename-columns.js'
import { REFERRING_TABLES, referenceStatements } from './rename-field-references.js'

export type FieldRename = readonly [model: string, table: string, from: string, to: string]

/**
 * Renames fields: column, row in `ir_model_fields`, translations (15 and earlier), company values (17 and
 * earlier), attachments, and what `renameFieldReferences` covers. The field's external id and
 * delegating models keep the old name, as with openupgradelib; loading the modules brings them up to date.
 *
 * @throws DatabaseError when the model already has a field of the new name
 */
export async function renameFields(
  context: HelperContext,
  renames: readonly FieldRename[],
): Promise<void> {
  for (const rename of renames) {
    const [model, table, from, to] = rename
    const known = await readColumns(context.session, [
      table,
      'ir_attachment',
      'ir_property',
      'ir_translation',
      ...REFERRING_TABLES,
    ])
    if (known.has(table, from)) await renameColumns(context, new Map([[table, [[from, to]]]]))
    await runLogged(
      context,
      sql`UPDATE ir_model_fields SET name = ${to} WHERE name = ${from} AND model = ${model}`,
    )
    await runLoggedTogether(context, [
      ...fieldStatements(context, known, rename),
      ...referenceStatements(known, [model, from, to]),
    ])
  }
  context.schemaChanged?.()
}

/** What follows the field's new name. */
function fieldStatements(
  { release }: HelperContext,
  known: KnownColumns,
  [model, , from, to]: FieldRename,
): readonly TableChange[] {
  const changes: TableChange[] = []
  if (release.major < 16 && known.has('ir_translation', 'name')) {
    const statement = sql`
      UPDATE ir_translation SET name = ${`${model},${to}`}
       WHERE name = ${`${model},${from}`} AND type = 'model'`
    changes.push({ table: 'ir_translation', statement })
  }
  if (release.major < 18 && known.has('ir_property', 'fields_id')) {
    const statement = sql`
      UPDATE ir_property p SET name = ${to}
        FROM ir_model_fields f
       WHERE f.id = p.fields_id AND f.name = ${to} AND f.model = ${model} AND p.name = ${from}`
    changes.push({ table: 'ir_property', statement })
  }
  if (known.has('ir_attachment', 'res_field')) {
    const statement = sql`
      UPDATE ir_attachment SET res_field = ${to} WHERE res_model = ${model} AND res_field = ${from}`
    changes.push({ table: 'ir_attachment', statement })
  }
  return changes
}
