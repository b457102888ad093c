import { id, join, type Sql, sql } from '../../../db/index.js'
import type { HelperContext } from '../helper-context.js'
import { legacyName } from './legacy-name.js'

const LONGEST_NAME = 63

/** Columns of one table with their new names; undefined gives the legacy name. */
export type ColumnRenames = readonly (readonly [from: string, to: string | undefined])[]

/**
 * Renames columns, and the index that Odoo made for each. From Odoo 17 on its name has two underscores
 * (`Field.index`, odoo/tools/sql.py make_index_name).
 *
 * @throws DatabaseError for a table or column that does not exist
 */
export async function renameColumns(
  context: HelperContext,
  tables: ReadonlyMap<string, ColumnRenames>,
): Promise<void> {
  const statements: Sql[] = []
  for (const [table, columns] of tables) {
    for (const [from, given] of columns) {
      const to = given ?? legacyName(context.release, from)
      context.log('info', `table ${table}, column ${from}: renaming to ${to}`)
      statements.push(sql`ALTER TABLE ${id(table)} RENAME COLUMN ${id(from)} TO ${id(to)}`)
      statements.push(...renameIndex(context, table, from, to))
    }
  }
  if (statements.length === 0) return
  await context.session.execute(join(statements, ';\n'))
  context.schemaChanged?.()
}

function renameIndex(
  context: HelperContext,
  table: string,
  from: string,
  to: string,
): readonly Sql[] {
  const separators = context.release.major >= 17 ? ['_', '__'] : ['_']
  return separators
    .map((separator) => [indexName(table, separator, from), indexName(table, separator, to)])
    .filter(([, renamed = '']) => renamed.length <= LONGEST_NAME)
    .map(
      ([index = '', renamed = '']) =>
        sql`ALTER INDEX IF EXISTS ${id(index)} RENAME TO ${id(renamed)}`,
    )
}

function indexName(table: string, separator: string, column: string): string {
  return `${table}${separator}${column}_index`
}
