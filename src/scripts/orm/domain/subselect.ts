import { id, type Sql, sql } from '../../../db/index.js'
import type { OrmScope } from '../orm-scope.js'
import type { Aliases } from '../select/from-clause.js'
import { type Place, placeOf } from '../select/place.js'

/** Ids of a model's records that meet a condition, as a subselect of a statement with these aliases. */
export async function subselect(
  scope: OrmScope,
  model: string,
  aliases: Aliases,
  condition: (place: Place) => Promise<Sql>,
  column?: (place: Place) => Promise<Sql>,
): Promise<Sql> {
  const place = placeOf(await scope.catalog.model(model), aliases)
  const where = await condition(place)
  const value = (await column?.(place)) ?? id(place.alias, 'id')
  return sql`SELECT ${value} ${place.from.sql} WHERE ${where}`
}
