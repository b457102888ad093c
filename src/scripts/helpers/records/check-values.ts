import { id, sql } from '../../../db/index.js'
import type { GuestValue } from '../../values/index.js'
import { pythonText } from '../calling/python-values.js'
import type { HelperContext } from '../helper-context.js'
import { unquotedName } from '../schema/sql-names.js'

/** Whether a column holds only the given values; every other one is logged with its number of rows. */
export async function checkValues(
  context: HelperContext,
  table: string,
  column: string,
  allowed: readonly GuestValue[],
): Promise<boolean> {
  const { rows } = await context.session.query<{ value: string | null; rows: number }>(sql`
    SELECT ${id(unquotedName(column))}::text AS value, count(*)::int AS rows
      FROM ${id(unquotedName(table))} GROUP BY 1 ORDER BY 1`)
  const known = new Set(allowed.map(databaseText))
  const wrong = rows.filter((row) => !known.has(row.value))
  for (const { value, rows: count } of wrong) {
    context.log(
      'error',
      `Invalid value '${value ?? 'None'}' in the table '${table}' for the field '${column}'. (${count} rows).`,
    )
  }
  return wrong.length === 0
}

function databaseText(value: GuestValue): string | null {
  if (typeof value === 'boolean') return String(value)
  return value === null ? null : pythonText(value)
}
