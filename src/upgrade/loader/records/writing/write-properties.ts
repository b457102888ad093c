import { type Session, sql } from '../../../../db/index.js'
import type { RegistryField } from '../../../../odoo/registry/index.js'
import type { Cell } from './lower-value.js'

/** A company-dependent value, for the superuser's company. */
export interface PropertyWrite {
  readonly field: RegistryField
  readonly id: number
  readonly value: Cell
}

const COLUMNS: Readonly<Record<string, string>> = {
  boolean: 'value_integer',
  char: 'value_text',
  date: 'value_datetime',
  datetime: 'value_datetime',
  float: 'value_float',
  integer: 'value_integer',
  many2one: 'value_reference',
  selection: 'value_text',
  text: 'value_text',
}

/** Writes rows of `ir_property`, two statements; up to 17, from 18 on such values are columns. */
export async function writeProperties(
  session: Session,
  writes: readonly PropertyWrite[],
): Promise<void> {
  if (writes.length === 0) return
  const given = JSON.stringify(
    writes.map(({ field, id, value }) => {
      const column = COLUMNS[field.type] ?? 'value_text'
      const reference =
        field.type === 'many2one' && value !== null ? `${field.comodel},${value}` : value
      return {
        ...{ model: field.model, field: field.name, type: field.type, res: `${field.model},${id}` },
        value_reference: null,
        [column]: field.type === 'boolean' ? Number(value) : reference,
      }
    }),
  )
  const rows = sql`jsonb_to_recordset(${given}::jsonb) AS w(model text, field text, type text, res text,
    value_float float8, value_integer integer, value_text text, value_reference text, value_datetime timestamp)`
  const match = sql`p.res_id = w.res AND p.fields_id = f.id
    AND p.company_id IS NOT DISTINCT FROM (SELECT company_id FROM res_users WHERE id = 1)`
  await session.query(sql`
    UPDATE ir_property p
       SET value_float = w.value_float, value_integer = w.value_integer, value_text = w.value_text,
           value_reference = w.value_reference, value_datetime = w.value_datetime,
           write_uid = 1, write_date = now() AT TIME ZONE 'UTC'
      FROM ${rows} JOIN ir_model_fields f ON f.model = w.model AND f.name = w.field
     WHERE ${match}`)
  await session.query(sql`
    INSERT INTO ir_property (name, res_id, company_id, fields_id, type, value_float, value_integer, value_text,
           value_reference, value_datetime, create_uid, write_uid, create_date, write_date)
    SELECT w.field, w.res, (SELECT company_id FROM res_users WHERE id = 1), f.id, w.type, w.value_float,
           w.value_integer, w.value_text, w.value_reference, w.value_datetime,
           1, 1, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
      FROM ${rows} JOIN ir_model_fields f ON f.model = w.model AND f.name = w.field
     WHERE coalesce(w.value_reference, w.value_text, w.value_float::text, w.value_integer::text,
                    w.value_datetime::text) IS NOT NULL
       AND NOT EXISTS (SELECT FROM ir_property p WHERE ${match})`)
}
