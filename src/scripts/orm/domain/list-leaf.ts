import { id, raw, type Sql, sql } from '../../../db/index.js'
import type { OrmScope } from '../orm-scope.js'
import { fieldDomain } from '../select/field-domain.js'
import { type FieldPlace, fieldOf, type Place, resolvePath } from '../select/place.js'
import { manyToMany, oneToMany } from '../select/relation-shape.js'
import { scalar } from '../select/scalar.js'
import { domainSql } from './domain-sql.js'
import { subselect } from './subselect.js'

/** Records whose list holds, or does not hold, one of the ids that `found` selects. */
export async function listIn(
  scope: OrmScope,
  at: FieldPlace,
  found: Sql,
  word: 'IN' | 'NOT IN',
): Promise<Sql> {
  const own = id(at.alias, 'id')
  if (at.field.type === 'many2many') {
    const linked = sql`EXISTS (${linkedTo(at, (other) => sql`${other} IN (${found})`)})`
    return word === 'IN' ? linked : sql`NOT ${linked}`
  }
  const lines = await parentsOf(scope, at, (place) =>
    Promise.resolve(sql`${id(place.alias, 'id')} IN (${found})`),
  )
  return sql`${own} ${raw(word)} (${lines})`
}

/** Records whose list is, or is not, empty. */
export async function listIsEmpty(scope: OrmScope, at: FieldPlace, empty: boolean): Promise<Sql> {
  const word = raw(empty ? 'NOT' : '')
  if (at.field.type === 'many2many') {
    return sql`${word} EXISTS (${linkedTo(at, () => sql`TRUE`)})`
  }
  const lines = await parentsOf(scope, at, () => Promise.resolve(sql`TRUE`))
  return sql`${id(at.alias, 'id')} ${word} IN (${lines})`
}

function linkedTo(at: FieldPlace, condition: (other: Sql) => Sql): Sql {
  const { table, own, other } = manyToMany(at.schema, at.field)
  const alias = at.from.aliases.next()
  return sql`SELECT FROM ${id(table)} AS ${raw(alias)}
     WHERE ${id(alias, own)} = ${id(at.alias, 'id')} AND ${condition(id(alias, other))}`
}

/**
 * The ids that lines of a one2many point to, never null. As in Odoo the field's own domain counts only where
 * the inverse is a plain number.
 */
async function parentsOf(
  scope: OrmScope,
  at: FieldPlace,
  condition: (place: Place) => Promise<Sql>,
): Promise<Sql> {
  const shape = oneToMany(at.schema, at.field)
  const comodel = await scope.catalog.model(shape.model)
  const inverse = fieldOf(comodel, shape.inverse)
  const key = async (place: Place) =>
    scalar(scope, await resolvePath(scope, place, [shape.inverse]))
  const domain = inverse.type === 'many2one' ? undefined : fieldDomain(at.schema, at.field, inverse)
  return subselect(
    scope,
    shape.model,
    at.from.aliases,
    async (place) => {
      const given = sql`${await condition(place)} AND ${await key(place)} IS NOT NULL`
      if (domain === undefined) return given
      return sql`${given} AND ${await domainSql(scope, place, domain)}`
    },
    key,
  )
}
