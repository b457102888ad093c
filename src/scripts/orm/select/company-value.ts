import { id, raw, type Sql, sql } from '../../../db/index.js'
import { needsOdoo } from '../guest-errors.js'
import type { FieldSchema } from '../model-schema.js'
import type { OrmContext } from '../orm-context.js'
import type { OrmScope } from '../orm-scope.js'
import type { FieldPlace } from './place.js'
import { sqlType } from './sql-type.js'

/** The company whose values count, as an expression: the one asked for, else the user's. */
export function companyId(context: OrmContext): Sql {
  if (context.companyId !== undefined) return sql`${context.companyId}::int`
  return sql`(SELECT u.company_id FROM res_users u WHERE u.id = ${context.uid}::int)`
}

/** Column of `ir_property` by type of field, and the word in its `type`. */
const PROPERTY_COLUMNS: Readonly<Record<string, readonly [column: string, type: string]>> = {
  boolean: ['value_integer', 'boolean'],
  integer: ['value_integer', 'integer'],
  float: ['value_float', 'float'],
  monetary: ['value_float', 'float'],
  char: ['value_text', 'char'],
  text: ['value_text', 'text'],
  html: ['value_text', 'html'],
  selection: ['value_text', 'selection'],
  many2one: ['value_reference', 'many2one'],
  date: ['value_datetime', 'date'],
  datetime: ['value_datetime', 'datetime'],
  binary: ['value_binary', 'binary'],
}

export function propertyColumn(field: FieldSchema, model: string): readonly [string, string] {
  const known = PROPERTY_COLUMNS[field.type]
  if (known === undefined) throw needsOdoo(model, field.name)
  return known
}

/**
 * Up to 17: the record's row of `ir_property`, else the default's (a row without record); rows of the company
 * go before rows of all companies.
 */
export function property(context: OrmContext, place: FieldPlace): Sql {
  const { field, schema, alias } = place
  const [column] = propertyColumn(field, schema.model)
  return sql`(SELECT ${propertyValue(field, id('pr', column))} FROM ir_property pr
      WHERE pr.fields_id = ${field.id}::int
        AND (pr.company_id = ${companyId(context)} OR pr.company_id IS NULL)
        AND (pr.res_id = ${`${schema.model},`}::text || ${id(alias, 'id')} OR pr.res_id IS NULL)
      ORDER BY pr.res_id IS NULL, pr.company_id LIMIT 1)`
}

function propertyValue(field: FieldSchema, column: Sql): Sql {
  if (field.type === 'boolean') return sql`${column} <> 0`
  if (field.type === 'many2one') return sql`split_part(${column}, ',', 2)::int`
  return sql`${column}::${sqlType(field)}`
}

/** From 18 on: an object by company; where the company has no key, the default of `ir_default`. */
export async function companyDependent(scope: OrmScope, place: FieldPlace): Promise<Sql> {
  const { field, alias } = place
  const type = sqlType(field)
  const column = id(alias, field.name)
  const key = sql`${companyId(scope.context)}::text`
  const fallback = (await scope.catalog.has('ir_default'))
    ? companyDefault(scope.context, field)
    : sql`NULL`
  return sql`CASE WHEN jsonb_exists(${column}, ${key}) THEN (${column}->>${key})::${type}
      ELSE ${fallback} END`
}

function companyDefault(context: OrmContext, field: FieldSchema): Sql {
  // A stored `false` is the empty value of every type but boolean.
  const text = sql`(df.json_value::jsonb #>> ${raw("'{}'")})`
  const value = field.type === 'boolean' ? text : sql`NULLIF(${text}, 'false')`
  return sql`(SELECT ${value}::${sqlType(field)} FROM ir_default df
      WHERE df.field_id = ${field.id}::int AND df.user_id IS NULL AND df.condition IS NULL
        AND (df.company_id = ${companyId(context)} OR df.company_id IS NULL)
      ORDER BY df.company_id LIMIT 1)`
}
