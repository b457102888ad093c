import { id, raw, type Sql, sql } from '../../../db/index.js'
import { domainSql } from '../domain/domain-sql.js'
import type { OrmScope } from '../orm-scope.js'
import { fieldDomain } from './field-domain.js'
import { orderBy, orderSql } from './order-sql.js'
import { type FieldPlace, fieldOf, type Place, placeOf, resolvePath, tableOf } from './place.js'
import { manyToMany, oneToMany } from './relation-shape.js'
import { scalar } from './scalar.js'

/**
 * The ids of a list field as an array, from one join for all records: the comodel's order, the field's domain,
 * archived records left out unless asked for. `keys` selects the ids of the records whose lists are wanted.
 */
export async function listJoin(scope: OrmScope, at: FieldPlace, keys: Sql): Promise<Sql> {
  const pairs =
    at.field.type === 'many2many'
      ? await linkedPairs(scope, at, keys)
      : await linePairs(scope, at, keys)
  const alias = at.from.join(
    `${at.alias}.${at.field.name}`,
    (name) => sql`(${pairs}) AS ${raw(name)} ON ${id(name, 'k')} = ${id(at.alias, 'id')}`,
  )
  return sql`COALESCE(${id(alias, 'ids')}, '{}')::int[]`
}

async function linePairs(scope: OrmScope, at: FieldPlace, keys: Sql): Promise<Sql> {
  const shape = oneToMany(at.schema, at.field)
  const schema = await scope.catalog.model(shape.model)
  const place = placeOf(schema, at.from.aliases)
  const key = await scalar(scope, await resolvePath(scope, place, [shape.inverse]))
  const domain = fieldDomain(at.schema, at.field, fieldOf(schema, shape.inverse))
  return arrays(scope, place, { key, keys, domain })
}

async function linkedPairs(scope: OrmScope, at: FieldPlace, keys: Sql): Promise<Sql> {
  const shape = manyToMany(at.schema, at.field)
  const schema = await scope.catalog.model(shape.model)
  const place = placeOf(schema, at.from.aliases)
  tableOf(schema)
  const link = place.from.join(
    'link',
    (name) =>
      sql`${id(shape.table)} AS ${raw(name)} ON ${id(name, shape.other)} = ${id(place.alias, 'id')}`,
  )
  const domain = fieldDomain(at.schema, at.field)
  return arrays(scope, place, { key: id(link, shape.own), keys, domain })
}

async function arrays(
  scope: OrmScope,
  place: Place,
  list: { key: Sql; keys: Sql; domain: ReturnType<typeof fieldDomain> },
): Promise<Sql> {
  const where = await domainSql(scope, place, list.domain ?? [])
  const order = orderBy(await orderSql(scope, place, place.schema.order), place.alias)
  return sql`SELECT ${list.key} AS k, array_agg(${id(place.alias, 'id')} ${order}) AS ids
      ${place.from.sql} WHERE ${list.key} IN (${list.keys}) AND ${where} GROUP BY ${list.key}`
}
