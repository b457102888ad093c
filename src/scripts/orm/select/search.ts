import { id, type Sql, sql } from '../../../db/index.js'
import type { GuestValue } from '../../values/index.js'
import { domainSql } from '../domain/domain-sql.js'
import type { OrmScope } from '../orm-scope.js'
import { orderBy, orderSql } from './order-sql.js'
import { type Place, placeOf } from './place.js'

export interface SearchOptions {
  readonly limit?: number
  readonly offset?: number
  /** Such as `name desc, id`; the model's own order when absent. */
  readonly order?: string
}

/** The ids of a model's records that meet a domain, in order. */
export async function search(
  scope: OrmScope,
  model: string,
  domain: GuestValue,
  options: SearchOptions = {},
): Promise<readonly number[]> {
  const place = placeOf(await scope.catalog.model(model))
  const { rows } = await scope.session.query<{ id: number }>(
    await searchSql(scope, place, domain, options),
  )
  return rows.map((row) => row.id)
}

/** The number of records, at most `limit`. */
export async function count(
  scope: OrmScope,
  model: string,
  domain: GuestValue,
  limit?: number,
): Promise<number> {
  const place = placeOf(await scope.catalog.model(model))
  const where = await domainSql(scope, place, domain)
  const found = sql`SELECT ${place.from.sql} WHERE ${where} ${limitSql({ ...(limit !== undefined && { limit }) })}`
  const { rows } = await scope.session.query<{ n: number }>(
    sql`SELECT count(*) AS n FROM (${found}) found`,
  )
  return rows[0]?.n ?? 0
}

/** `SELECT id …` of a search. */
export async function searchSql(
  scope: OrmScope,
  place: Place,
  domain: GuestValue,
  options: SearchOptions,
): Promise<Sql> {
  const where = await domainSql(scope, place, domain)
  const order = await orderSql(scope, place, options.order || place.schema.order)
  return sql`SELECT ${id(place.alias, 'id')} ${place.from.sql} WHERE ${where}
     ${orderBy(order, place.alias)} ${limitSql(options)}`
}

/** As in Odoo, a limit or offset of 0 is none. */
export function limitSql({ limit, offset }: SearchOptions): Sql {
  const limited = limit ? sql`LIMIT ${limit}::bigint` : sql``
  return offset ? sql`${limited} OFFSET ${offset}::bigint` : limited
}
