import { id, sql } from '../../../db/index.js'
import type { OrmScope } from '../orm-scope.js'
import { placeOf, resolvePath } from './place.js'
import { scalar } from './scalar.js'

/**
 * Names of records as far as the database has them: a stored `display_name`, else the field that names the
 * model, else `model,id`.
 */
export async function namesOf(
  scope: OrmScope,
  model: string,
  ids: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const schema = await scope.catalog.model(model)
  const place = placeOf(schema)
  const stored = schema.fields.get('display_name')?.kind === 'column'
  const name = stored ? 'display_name' : schema.recName
  const value =
    name === undefined
      ? sql`NULL::text`
      : await scalar(scope, await resolvePath(scope, place, [name]))
  const { rows } = await scope.session.query<{ id: number; name: string | null }>(sql`
    SELECT ${id(place.alias, 'id')} AS id, (${value})::text AS name ${place.from.sql}
     WHERE ${id(place.alias, 'id')} = ANY(${ids}::int[])`)
  return new Map(rows.map((row) => [row.id, row.name ?? `${model},${row.id}`]))
}
