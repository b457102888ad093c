import { id, type Sql, sql } from '../../../db/index.js'
import { GuestError } from '../../values/index.js'
import type { HelperContext } from '../helper-context.js'
import { runLogged } from '../run-logged.js'
import { tableOf } from '../schema/model-table.js'

/** The column of `ir_property` for each type of field. */
const VALUE_COLUMNS: ReadonlyMap<string, string> = new Map([
  ['char', 'value_text'],
  ['text', 'value_text'],
  ['html', 'value_text'],
  ['selection', 'value_text'],
  ['float', 'value_float'],
  ['boolean', 'value_integer'],
  ['integer', 'value_integer'],
  ['binary', 'value_binary'],
  ['many2one', 'value_reference'],
  ['date', 'value_datetime'],
  ['datetime', 'value_datetime'],
])

/** A column whose values become those of a company-dependent field. */
export interface CompanyConversion {
  readonly model: string
  /** The column. */
  readonly from: string
  /** The field. */
  readonly to: string
  readonly table?: string
}

interface Field extends Record<string, unknown> {
  readonly id: number
  readonly relation: string | null
  readonly type: string
}

/**
 * Gives each record's value to every company, in `ir_property` (17 and earlier); values that a company has
 * already stay.
 *
 * @throws GuestError `user` when both names are the same, `type` for a field that does not exist
 */
export async function convertToCompanyDependent(
  context: HelperContext,
  given: CompanyConversion,
): Promise<void> {
  const { model, from, to } = given
  if (from === to) {
    throw new GuestError(
      'user',
      "A field can't be converted to property without changing its name.",
      'UserError',
    )
  }
  const field = await findField(context, model, to)
  const column = VALUE_COLUMNS.get(field.type)
  if (column === undefined) {
    throw new GuestError('type', `a field of type ${field.type} cannot be company-dependent`)
  }
  const table = given.table ?? (await tableOf(context, model))
  await runLogged(
    context,
    sql`INSERT INTO ir_property (fields_id, company_id, res_id, name, type, ${id(column)})
        SELECT ${field.id}::int, company.id, record.key, ${to}::text, ${field.type}::text, record.value
          FROM res_company company
         CROSS JOIN (SELECT id, ${model}::text || ',' || id AS key, ${propertyValue(field, from)} AS value
                       FROM ${id(table)} WHERE ${id(from)} IS NOT NULL) record
         WHERE NOT EXISTS (SELECT FROM ir_property p
                            WHERE p.fields_id = ${field.id}::int AND p.company_id = company.id
                              AND p.res_id = record.key)
         ORDER BY company.id, record.id`,
  )
}

async function findField(context: HelperContext, model: string, name: string): Promise<Field> {
  const { rows } = await context.session.query<Field>(
    sql`SELECT id, relation, ttype AS type FROM ir_model_fields WHERE name = ${name} AND model = ${model}`,
  )
  const found = rows[0]
  if (found !== undefined) return found
  throw new GuestError(
    'type',
    `cannot unpack non-iterable NoneType object: no field ${model}.${name}`,
  )
}

function propertyValue(field: Field, from: string): Sql {
  const column = id(from)
  if (field.type === 'many2one') return sql`${field.relation ?? ''}::text || ',' || ${column}`
  return field.type === 'boolean' ? sql`CASE WHEN ${column} THEN 1 ELSE 0 END` : column
}
