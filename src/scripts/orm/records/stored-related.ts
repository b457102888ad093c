import { id, raw, type Sql, sql } from '../../../db/index.js'
import type { ModelSchema } from '../model-schema.js'
import type { OrmScope } from '../orm-scope.js'
import { type FieldPlace, placeOf, resolvePath, tableOf } from '../select/place.js'
import { scalar } from '../select/scalar.js'
import { type RelatedColumn, relatedColumns } from './related-index.js'

/** Changes that follow from one write may lead to others; longer chains do not occur. */
const DEEPEST = 5

/**
 * Keeps stored related fields equal to what they follow, after some fields of some records got values: those of
 * the records themselves and those of records whose path leads through them. One statement per field.
 */
export async function fillStoredRelated(
  scope: OrmScope,
  schema: ModelSchema,
  ids: readonly number[],
  fields: readonly string[],
  depth = 0,
): Promise<void> {
  if (ids.length === 0 || depth > DEEPEST) return
  for (const column of await relatedColumns(scope.catalog)) {
    const at = column.steps.findIndex(
      (step) => step.model === schema.model && fields.includes(step.field),
    )
    const given = at === 0 && column.model === schema.model && fields.includes(column.field)
    if (at < 0 || given) continue
    const changed = await refresh(scope, column, at, ids)
    const owner = await scope.catalog.model(column.model)
    await fillStoredRelated(scope, owner, changed, [column.field], depth + 1)
  }
}

/** Refreshes a column where the record at step `at` of its path is one of the ids; returns what changed. */
async function refresh(
  scope: OrmScope,
  column: RelatedColumn,
  at: number,
  ids: readonly number[],
): Promise<readonly number[]> {
  const schema = await scope.catalog.model(column.model)
  const place = placeOf(schema)
  const path = column.steps.map(({ field }) => field)
  const through =
    at === 0
      ? id(place.alias, 'id')
      : await scalar(scope, await resolvePath(scope, place, path.slice(0, at)))
  const end = await resolvePath(scope, place, path)
  const value = await storedValue(scope, schema, column.field, end)
  const { rows } = await scope.session.query<{ id: number }>(sql`
    UPDATE ${id(tableOf(schema))} t SET ${id(column.field)} = s.value
      FROM (SELECT ${id(place.alias, 'id')} AS id, ${value} AS value ${place.from.sql}
             WHERE ${through} = ANY(${ids}::int[])) s
     WHERE s.id = t.id AND ${id('t', column.field)} IS DISTINCT FROM s.value RETURNING t.id`)
  return rows.map((row) => row.id)
}

/** The column itself where both are stored alike, so that all languages and companies come along. */
async function storedValue(
  scope: OrmScope,
  schema: ModelSchema,
  field: string,
  end: FieldPlace,
): Promise<Sql> {
  const type = schema.columns.get(field)?.type ?? 'text'
  const value = end.schema.columns.get(end.field.name)?.type
  if (value === type) return id(end.alias, end.field.name)
  return sql`(${await scalar(scope, end)})::${raw(type)}`
}
