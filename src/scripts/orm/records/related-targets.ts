import { id, sql } from '../../../db/index.js'
import type { ModelSchema } from '../model-schema.js'
import type { OrmScope } from '../orm-scope.js'
import { placeOf, resolvePath } from '../select/place.js'
import { scalar } from '../select/scalar.js'
import { type RowValues, writeRows } from './write.js'

/** Writes values to the records that a path of many2ones leads to; records whose path is empty are left out. */
export async function writeThrough(
  scope: OrmScope,
  schema: ModelSchema,
  path: readonly string[],
  rows: readonly RowValues[],
): Promise<void> {
  const filled = rows.filter(({ values }) => values.size > 0)
  if (filled.length === 0) return
  const place = placeOf(schema)
  const at = await resolvePath(scope, place, path)
  const target = await scalar(scope, at)
  const ids = filled.flatMap((row) => row.ids)
  const { rows: found } = await scope.session.query<{ id: number; target: number }>(sql`
    SELECT ${id(place.alias, 'id')} AS id, ${target} AS target ${place.from.sql}
     WHERE ${id(place.alias, 'id')} = ANY(${ids}::int[]) AND ${target} IS NOT NULL`)
  const targets = new Map(found.map((row) => [row.id, row.target]))
  const written = filled.map(({ ids: some, values }) => ({
    ids: some.flatMap((one) => targets.get(one) ?? []),
    values,
  }))
  await writeRows(scope, at.field.relation ?? '', written)
}
