import { id, join, sql } from '../../../db/index.js'
import type { HelperContext } from '../helper-context.js'
import { readColumns } from './column-exists.js'

/**
 * Drops columns that exist and warns of those that do not.
 *
 * @throws DatabaseError when something, such as a view, depends on a column
 */
export async function dropColumns(
  context: HelperContext,
  columns: readonly (readonly [table: string, column: string])[],
): Promise<void> {
  const known = await readColumns(
    context.session,
    columns.map(([table]) => table),
  )
  const statements = columns
    .filter(([table, column]) => {
      context.log('info', `table ${table}: drop column ${column}`)
      const exists = known.has(table, column)
      if (!exists) context.log('warning', `table ${table}: column ${column} did not exist`)
      return exists
    })
    .map(([table, column]) => sql`ALTER TABLE ${id(table)} DROP COLUMN IF EXISTS ${id(column)}`)
  if (statements.length === 0) return
  await context.session.execute(join(statements, ';\n'))
  context.schemaChanged?.()
}
