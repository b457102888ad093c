import { raw, sql } from '../../../db/index.js'
import { needsOdoo } from '../guest-errors.js'
import type { ModelSchema } from '../model-schema.js'
import type { OrmScope } from '../orm-scope.js'

/** Takes ids of new records from the table's sequence, in one statement. */
export async function newIds(
  scope: OrmScope,
  schema: ModelSchema,
  count: number,
): Promise<readonly number[]> {
  const next = schema.columns.get('id')?.default
  if (next === undefined) throw needsOdoo(schema.model, 'create')
  const { rows } = await scope.session.query<{ id: number }>(
    sql`SELECT ${raw(next)} AS id FROM generate_series(1, ${count}::int)`,
  )
  return rows.map((row) => Number(row.id))
}
