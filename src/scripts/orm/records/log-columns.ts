import { id, type Sql, sql } from '../../../db/index.js'
import type { ModelSchema } from '../model-schema.js'
import type { OrmContext } from '../orm-context.js'

/** Now, as Odoo's columns have it: UTC, one value in a transaction. */
export const NOW = sql`(now() AT TIME ZONE 'UTC')`

/** Columns that tell who wrote a record and when, with their values. */
export function logColumns(
  schema: ModelSchema,
  context: OrmContext,
  names: readonly ('create_uid' | 'create_date' | 'write_uid' | 'write_date')[],
): readonly { readonly name: string; readonly column: Sql; readonly value: Sql }[] {
  return names
    .filter((name) => schema.columns.has(name))
    .map((name) => ({
      name,
      column: id(name),
      value: name.endsWith('_uid') ? sql`${context.uid}::int` : NOW,
    }))
}
