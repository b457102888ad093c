import { inTurn } from '../../../base/index.js'
import { id, join, type Sql, sql } from '../../../db/index.js'
import { type GuestValue, SqlJson } from '../../values/index.js'
import { isTruthy } from '../calling/python-values.js'
import { sqlLiteral } from '../calling/sql-literal.js'
import type { HelperContext } from '../helper-context.js'
import { readColumns } from '../schema/column-exists.js'
import { columnTypeOf } from '../schema/column-type.js'
import { tableOf } from '../schema/model-table.js'
import { sqlType } from '../schema/sql-names.js'

/** A column for a field, before the field is loaded. */
export interface NewColumn {
  readonly model: string
  readonly field: string
  /** Odoo's type of the field, such as `many2one`. */
  readonly fieldType: string
  /** Value for the rows that exist; only set when Python takes it as true, or for a boolean. */
  readonly initial?: GuestValue
  readonly table?: string
  /** PostgreSQL's type, where the field's usual one does not fit. */
  readonly columnType?: string
  readonly translatable?: boolean
}

/**
 * Adds columns that are missing, so that computed fields are not computed when they are loaded. The rows
 * that exist get the initial value without being rewritten.
 */
export async function addColumns(
  context: HelperContext,
  columns: readonly NewColumn[],
): Promise<void> {
  const statements: Sql[] = []
  const tables = await inTurn(
    columns,
    async (column) => column.table ?? (await tableOf(context, column.model)),
  )
  const known = await readColumns(context.session, tables)
  const added = new Set<string>()
  columns.forEach((column, index) => {
    const table = tables[index] ?? column.model
    const name = JSON.stringify([table, column.field])
    if (known.has(table, column.field) || added.has(name)) return
    statements.push(...addColumn(context, table, column))
    added.add(name)
  })
  if (statements.length === 0) return
  await context.session.execute(join(statements, ';\n'))
  context.schemaChanged?.()
}

function addColumn(context: HelperContext, table: string, column: NewColumn): readonly Sql[] {
  const { field, fieldType, initial = null, translatable = false } = column
  const type = column.columnType ?? columnTypeOf(context.release, fieldType, translatable)
  if (type === undefined) return []
  const add = sql`ALTER TABLE ${id(table)} ADD COLUMN ${id(field)} ${sqlType(type)}`
  const filled = isTruthy(initial) || (fieldType === 'boolean' && initial !== null)
  if (!filled) return [add]
  // psycopg2 binds a translated value as JSON by language from Odoo 16 on.
  const byLanguage = translatable && context.release.major >= 16 && isTruthy(initial)
  const value = byLanguage ? new SqlJson(new Map([['en_US', initial]])) : initial
  return [
    sql`${add} DEFAULT ${sqlLiteral(value)}`,
    sql`ALTER TABLE ${id(table)} ALTER COLUMN ${id(field)} DROP DEFAULT`,
  ]
}
