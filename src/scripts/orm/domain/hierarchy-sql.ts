import { id, raw, type Sql, sql } from '../../../db/index.js'
import type { GuestValue } from '../../values/index.js'
import { invalid, needsOdoo } from '../guest-errors.js'
import type { ModelSchema } from '../model-schema.js'
import type { OrmScope } from '../orm-scope.js'
import { type FieldPlace, tableOf } from '../select/place.js'
import { scalar } from '../select/scalar.js'
import { isList } from '../select/sql-type.js'
import { idsOf } from './leaf-values.js'
import { listIn } from './list-leaf.js'
import { itemsOf } from './parse-domain.js'

/**
 * `child_of` and `parent_of`, by walking the hierarchy's many2one: right also where `parent_path` is not filled
 * yet. A field to the model itself is the hierarchy that is walked.
 */
export async function hierarchySql(
  scope: OrmScope,
  at: FieldPlace,
  operator: 'child_of' | 'parent_of',
  value: GuestValue,
): Promise<Sql> {
  const { schema, field } = at
  if (typeof value === 'string' || itemsOf(value)?.some((item) => typeof item === 'string')) {
    throw needsOdoo(field.relation ?? schema.model, 'name_search')
  }
  const ids = value === false || value === null ? [] : idsOf(value)
  if (ids.length === 0) return sql`FALSE`
  if (field.name === 'id') {
    return sql`${id(at.alias, 'id')} IN (${tree(at, schema, schema.parentName, operator, ids)})`
  }
  if (field.relation === undefined) throw invalid(`Invalid operator ${operator} on ${field.name}`)
  if (field.relation === schema.model && field.type === 'many2one') {
    return sql`${id(at.alias, 'id')} IN (${tree(at, schema, field.name, operator, ids)})`
  }
  const comodel = await scope.catalog.model(field.relation)
  const found = tree(at, comodel, comodel.parentName, operator, ids)
  if (isList(field)) return listIn(scope, at, found, 'IN')
  return sql`${await scalar(scope, at)} IN (${found})`
}

function tree(
  at: FieldPlace,
  schema: ModelSchema,
  parentName: string | undefined,
  operator: 'child_of' | 'parent_of',
  ids: readonly number[],
): Sql {
  const parent = parentName === undefined ? undefined : schema.fields.get(parentName)
  if (parent?.kind !== 'column' || parent.relation !== schema.model) {
    throw invalid(`Invalid parent field: ${schema.model}.${parentName ?? 'parent_id'}`)
  }
  const table = id(tableOf(schema))
  const name = raw(at.from.aliases.next())
  const up = id('n', parent.name)
  const step =
    operator === 'child_of'
      ? sql`SELECT n.id FROM ${table} n JOIN ${name} ON ${up} = ${name}.id`
      : sql`SELECT ${up} FROM ${table} n JOIN ${name} ON n.id = ${name}.id WHERE ${up} IS NOT NULL`
  return sql`WITH RECURSIVE ${name}(id) AS (SELECT unnest(${ids}::int[]) UNION ${step})
      SELECT ${name}.id FROM ${name}`
}
