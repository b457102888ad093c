import { id, sql } from '../../../db/index.js'
import { GuestError } from '../../values/index.js'
import type { HelperContext } from '../helper-context.js'
import { runLogged } from '../run-logged.js'
import { tableOf } from '../schema/model-table.js'
import { unquotedName } from '../schema/sql-names.js'

/** A many2one column that becomes a many2many or one2many field of the same model. */
export interface M2oConversion {
  readonly model: string
  readonly table: string
  /** The new field. */
  readonly field: string
  /** The old column. */
  readonly source: string
}

interface Definition extends Record<string, unknown> {
  readonly type: string
  readonly comodel: string | null
  readonly inverse: string | null
  readonly relation: string | null
  readonly column1: string | null
  readonly column2: string | null
}

/**
 * Links records through the new field as the old column does; links that exist already stay. For a
 * one2many, one of several records that had the same value keeps it.
 *
 * @throws GuestError `user` for a field that does not exist or is of another type
 */
export async function m2oToX2m(context: HelperContext, given: M2oConversion): Promise<void> {
  const field = await findField(context, given)
  const table = id(unquotedName(given.table))
  const source = id(unquotedName(given.source))
  const { relation, column1, column2, comodel, inverse } = field
  if (field.type === 'many2many' && relation !== null && column1 !== null && column2 !== null) {
    await runLogged(
      context,
      sql`INSERT INTO ${id(relation)} (${id(column1)}, ${id(column2)})
          SELECT id, ${source} FROM ${table} WHERE ${source} IS NOT NULL
          ON CONFLICT DO NOTHING`,
    )
    return
  }
  if (field.type === 'one2many' && comodel !== null && inverse !== null) {
    await runLogged(
      context,
      sql`UPDATE ${id(await tableOf(context, comodel))} target SET ${id(inverse)} = source.id
            FROM ${table} source WHERE source.${source} = target.id`,
    )
    return
  }
  throw new GuestError(
    'user',
    `m2o_to_x2m: field ${given.field} of model ${given.model} is not a many2many/one2many one`,
    'UserError',
  )
}

async function findField(
  context: HelperContext,
  { model, field }: M2oConversion,
): Promise<Definition> {
  const { rows } = await context.session.query<Definition>(sql`
    SELECT ttype AS type, relation AS comodel, relation_field AS inverse, relation_table AS relation,
           column1, column2
      FROM ir_model_fields WHERE model = ${model} AND name = ${field}`)
  const found = rows[0]
  if (found !== undefined) return found
  throw new GuestError(
    'user',
    `m2o_to_x2m: field ${field} doesn't exist in model ${model}`,
    'UserError',
  )
}
