import { sql } from '../../../db/index.js'
import type { GuestValue } from '../../values/index.js'
import type { HelperContext } from '../helper-context.js'
import { readColumns } from '../schema/column-exists.js'
import { tableOf } from '../schema/model-table.js'
import { addColumns } from './add-columns.js'

/** A field that a module will bring, made known to the database before the module is loaded. */
export interface NewField {
  readonly field: string
  readonly model: string
  readonly table?: string
  readonly fieldType: string
  readonly columnType?: string
  /** Kept for scripts; since Odoo 12 the field's external id is made when the module is loaded. */
  readonly module?: string
  readonly initial?: GuestValue
}

const DESCRIPTION = 'OU'

/**
 * Adds the columns of fields and their rows in `ir_model_fields`. A field of a model that is not in
 * `ir_model` gets its column only; one that has a row already is warned of.
 */
export async function addFields(
  context: HelperContext,
  fields: readonly NewField[],
): Promise<void> {
  for (const given of fields) {
    const table = given.table ?? (await tableOf(context, given.model))
    // openupgradelib's default is False, with which a boolean column is filled.
    await addColumns(context, [
      { ...given, table, initial: given.initial === undefined ? false : given.initial },
    ])
    await reflectField(context, given)
  }
  context.schemaChanged?.()
}

async function reflectField(context: HelperContext, given: NewField): Promise<void> {
  const { rows } = await context.session.query<{ model: number; field: number | null }>(sql`
    SELECT m.id AS model, f.id AS field
      FROM ir_model m LEFT JOIN ir_model_fields f ON f.model_id = m.id AND f.name = ${given.field}
     WHERE m.model = ${given.model}`)
  const found = rows[0]
  if (found === undefined) return
  if (found.field !== null) {
    context.log(
      'warning',
      `add_fields: There's already an entry for ${given.field} in ${given.model}. This may mean that ` +
        `there's some misconfiguration, or simply that another module added the same field previously.`,
    )
    return
  }
  const known = await readColumns(context.session, ['ir_model_fields'])
  const byLanguage = known.typeOf('ir_model_fields', 'field_description') === 'jsonb'
  const description = byLanguage ? JSON.stringify({ en_US: DESCRIPTION }) : DESCRIPTION
  await context.session.query(sql`
    INSERT INTO ir_model_fields (model_id, model, name, field_description, ttype, state)
    VALUES (${found.model}, ${given.model}, ${given.field},
            ${byLanguage ? sql`${description}::jsonb` : sql`${description}`}, ${given.fieldType}, 'base')`)
}
