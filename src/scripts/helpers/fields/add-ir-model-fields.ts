import { id, join, sql } from '../../../db/index.js'
import type { HelperContext } from '../helper-context.js'
import { sqlType, unquotedName } from '../schema/sql-names.js'

/** Adds columns to `ir_model_fields` itself. */
export async function addIrModelFields(
  context: HelperContext,
  columns: readonly (readonly [name: string, columnType: string])[],
): Promise<void> {
  if (columns.length === 0) return
  const statements = columns.map(
    ([name, type]) =>
      sql`ALTER TABLE ir_model_fields ADD COLUMN ${id(unquotedName(name))} ${sqlType(type)}`,
  )
  await context.session.execute(join(statements, ';\n'))
  context.schemaChanged?.()
}
