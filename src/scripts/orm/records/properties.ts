import { id, type Sql, sql } from '../../../db/index.js'
import type { GuestValue } from '../../values/index.js'
import type { FieldSchema, ModelSchema } from '../model-schema.js'
import type { OrmScope } from '../orm-scope.js'
import { companyId, propertyColumn } from '../select/company-value.js'
import { fieldOf } from '../select/place.js'
import { sqlType } from '../select/sql-type.js'
import { cellText } from './cell-text.js'
import { NOW } from './log-columns.js'
import type { RowValues } from './write.js'

/** Up to 17: rows of `ir_property`, only for values that differ from the default. Two statements per field. */
export async function writeProperties(
  scope: OrmScope,
  schema: ModelSchema,
  rows: readonly RowValues[],
): Promise<void> {
  for (const name of new Set(rows.flatMap(({ values }) => [...values.keys()]))) {
    const some = rows.filter(({ values }) => values.has(name))
    await writeProperty(scope, schema, fieldOf(schema, name), some)
  }
}

async function writeProperty(
  scope: OrmScope,
  schema: ModelSchema,
  field: FieldSchema,
  rows: readonly RowValues[],
): Promise<void> {
  const company = companyId(scope.context)
  const refs = rows.flatMap(({ ids }) => ids.map((one) => `${schema.model},${one}`))
  const texts = rows.flatMap(({ ids, values }) => {
    const text = propertyText(field, values.get(field.name) ?? null)
    return ids.map(() => text)
  })
  await scope.session.query(sql`
    DELETE FROM ir_property WHERE fields_id = ${field.id}::int AND res_id = ANY(${refs}::text[])
       AND company_id = ${company}`)
  const [column, type] = propertyColumn(field, schema.model)
  const value = propertyValue(field, column)
  await scope.session.query(sql`
    INSERT INTO ir_property (name, fields_id, res_id, company_id, type, ${id(column)},
                             create_uid, create_date, write_uid, write_date)
    SELECT ${field.name}::text, ${field.id}::int, v.res_id, ${company}, ${type}::text, ${value},
           ${scope.context.uid}::int, ${NOW}, ${scope.context.uid}::int, ${NOW}
      FROM unnest(${refs}::text[], ${texts}::text[]) WITH ORDINALITY AS v(res_id, value, n)
     WHERE ${value} IS DISTINCT FROM (
       SELECT ${id('d', column)} FROM ir_property d
        WHERE d.fields_id = ${field.id}::int AND d.res_id IS NULL
          AND (d.company_id = ${company} OR d.company_id IS NULL)
        ORDER BY d.company_id LIMIT 1)
       OR EXISTS (SELECT FROM ir_property a WHERE a.fields_id = ${field.id}::int
                     AND a.res_id = v.res_id AND a.company_id IS NULL)
     ORDER BY v.n`)
}

/** An empty text and an empty reference are rows too: they hide the default. */
function propertyText(field: FieldSchema, value: GuestValue): string | null {
  const text = cellText(field, value)
  return field.type === 'many2one' && text !== null ? `${field.relation},${text}` : text
}

function propertyValue(field: FieldSchema, column: string): Sql {
  if (column === 'value_integer' && field.type === 'boolean') return sql`v.value::boolean::int`
  if (field.type === 'binary') return sql`convert_to(v.value, 'UTF8')`
  if (field.type === 'many2one') return sql`v.value`
  if (column === 'value_float') return sql`v.value::double precision`
  return sql`v.value::${sqlType(field)}`
}
