import { id, sql } from '../../../db/index.js'
import type { HelperContext } from '../helper-context.js'
import { unquotedName } from './sql-names.js'

/** Makes a column an integer; PostgreSQL rounds the values (2.7 becomes 3). */
export async function floatToInteger(
  context: HelperContext,
  table: string,
  column: string,
): Promise<void> {
  await context.session.query(
    sql`ALTER TABLE ${id(unquotedName(table))} ALTER COLUMN ${id(unquotedName(column))} TYPE integer`,
  )
  context.schemaChanged?.()
}
