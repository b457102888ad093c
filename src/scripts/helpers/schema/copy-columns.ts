import { id, join, raw, sql } from '../../../db/index.js'
import type { HelperContext } from '../helper-context.js'
import { readColumns } from './column-exists.js'
import { legacyName } from './legacy-name.js'
import { sqlType, unquotedName } from './sql-names.js'

/** A column, the copy's name (undefined: the legacy name) and its type (undefined: the column's own). */
export type ColumnCopy = readonly [
  from: string,
  to: string | undefined,
  columnType: string | undefined,
]

/**
 * Copies columns of tables with their values. A copy that exists already is filled again. Names count as
 * PostgreSQL reads unquoted text; modifiers of the column's type, such as a length, are not copied.
 *
 * @throws DatabaseError for a table or column that does not exist
 */
export async function copyColumns(
  context: HelperContext,
  tables: ReadonlyMap<string, readonly ColumnCopy[]>,
): Promise<void> {
  const names = [...tables.keys()].map(unquotedName)
  const known = await readColumns(context.session, names)
  for (const [table, copies] of tables) {
    const relation = unquotedName(table)
    for (const [from, given, columnType] of copies) {
      const column = unquotedName(from)
      const copy = unquotedName(given ?? legacyName(context.release, from))
      const own = known.typeOf(relation, column)
      if (own === undefined) {
        // Lets PostgreSQL say which of the two is missing.
        await context.session.query(sql`SELECT ${id(column)} FROM ${id(relation)} LIMIT 0`)
      }
      const type = columnType === undefined ? raw(own ?? 'text') : sqlType(columnType)
      await context.session.execute(
        join(
          [
            sql`ALTER TABLE ${id(relation)} ADD COLUMN IF NOT EXISTS ${id(copy)} ${type}`,
            sql`UPDATE ${id(relation)} SET ${id(copy)} = ${id(column)} WHERE ${id(column)} IS NOT NULL`,
          ],
          ';\n',
        ),
      )
    }
  }
  context.schemaChanged?.()
}
