import { id, lit, type Sql, sql } from '../../../db/index.js'
import type { GuestValue } from '../../values/index.js'
import { pythonText } from '../calling/python-values.js'
import type { HelperContext } from '../helper-context.js'
import { runLogged } from '../run-logged.js'
import { unquotedName } from '../schema/sql-names.js'

/** Columns of a table, and which value of the first gives which value of the second. */
export interface ValueMapping {
  readonly table: string
  readonly source: string
  readonly target: string
  /** As old value, true means "is set" and false "is not set"; as new value, false means NULL. */
  readonly mapping: readonly (readonly [before: GuestValue, after: GuestValue])[]
}

/** Fills a column from another one, pair by pair, so that a later pair sees what an earlier one wrote. */
export async function mapValues(context: HelperContext, given: ValueMapping): Promise<void> {
  const { table, source, target, mapping } = given
  if (source === target) {
    context.log(
      'error',
      'map_values is called with the same value for source and old columns: ' +
        `${source}. Please copy this column to preserve existing data, and map the values from there.`,
    )
  }
  for (const [before, after] of mapping) {
    await runLogged(
      context,
      sql`UPDATE ${id(unquotedName(table))} SET ${id(unquotedName(target))} = ${newValue(after)}
           WHERE ${id(unquotedName(source))} ${condition(before)}`,
    )
  }
}

/** An untyped literal, which PostgreSQL converts to the column's type. */
function newValue(value: GuestValue): Sql {
  return value === false || value === null ? sql`NULL` : lit(pythonText(value))
}

function condition(value: GuestValue): Sql {
  if (value === true) return sql`IS NOT NULL`
  if (value === false || value === null) return sql`IS NULL`
  return sql`= ${lit(pythonText(value))}`
}
