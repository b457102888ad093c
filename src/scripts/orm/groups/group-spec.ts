import { id, raw, type Sql, sql } from '../../../db/index.js'
import { invalid } from '../guest-errors.js'
import type { OrmScope } from '../orm-scope.js'
import { type FieldPlace, type Place, resolvePath } from '../select/place.js'
import { manyToMany } from '../select/relation-shape.js'
import { scalar } from '../select/scalar.js'
import { sqlType } from '../select/sql-type.js'

export type Granularity = 'day' | 'week' | 'month' | 'quarter' | 'year'

/** `date_order:month` or `partner_id.country_id`, placed in a statement. */
export interface GroupSpec {
  readonly spec: string
  readonly at: FieldPlace
  /** Only for dates; a month when the spec does not say. */
  readonly granularity: Granularity | undefined
  readonly value: Sql
}

const GRANULARITIES: readonly string[] = ['day', 'week', 'month', 'quarter', 'year']

function isGranularity(word: string): word is Granularity {
  return GRANULARITIES.includes(word)
}

/** What records are grouped by. */
export async function groupSpec(scope: OrmScope, place: Place, spec: string): Promise<GroupSpec> {
  const [path = '', word] = spec.split(':')
  const at = await resolvePath(scope, place, path.split('.'))
  const { field } = at
  if (field.type === 'date' || field.type === 'datetime') {
    const granularity = word ?? 'month'
    if (!isGranularity(granularity)) throw invalid(`Invalid granularity in ${spec}`)
    const value = sql`date_trunc(${granularity}::text, (${await scalar(scope, at)})::timestamp)`
    return { spec, at, granularity, value: sql`(${value})::${sqlType(field)}` }
  }
  if (word !== undefined) throw invalid(`Invalid granularity in ${spec}: ${path} is no date`)
  return { spec, at, granularity: undefined, value: await groupValue(scope, at) }
}

async function groupValue(scope: OrmScope, at: FieldPlace): Promise<Sql> {
  if (at.field.type === 'many2many') {
    const { table, own, other } = manyToMany(at.schema, at.field)
    const alias = at.from.join(
      `${at.alias}.${at.field.name}`,
      (name) => sql`${id(table)} AS ${raw(name)} ON ${id(name, own)} = ${id(at.alias, 'id')}`,
    )
    return id(alias, other)
  }
  const value = await scalar(scope, at)
  return at.field.type === 'boolean' ? sql`COALESCE(${value}, false)` : value
}

const FUNCTIONS: Readonly<Record<string, (value: Sql) => Sql>> = {
  sum: (value) => sql`sum(${value})`,
  avg: (value) => sql`avg(${value})`,
  min: (value) => sql`min(${value})`,
  max: (value) => sql`max(${value})`,
  count: (value) => sql`count(${value})`,
  count_distinct: (value) => sql`count(DISTINCT ${value})`,
  bool_and: (value) => sql`bool_and(${value})`,
  bool_or: (value) => sql`bool_or(${value})`,
  array_agg: (value) => sql`array_agg(${value} ORDER BY ${value})`,
  array_agg_distinct: (value) => sql`array_agg(DISTINCT ${value} ORDER BY ${value})`,
  recordset: (value) =>
    sql`COALESCE(array_agg(DISTINCT ${value} ORDER BY ${value}) FILTER (WHERE ${value} IS NOT NULL), '{}')::int[]`,
}

/** `amount_total:sum` or `__count`. */
export async function aggregateSql(scope: OrmScope, place: Place, spec: string): Promise<Sql> {
  if (spec === '__count') return sql`count(*)`
  const [path = '', name = ''] = spec.split(':')
  const make = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined
  if (make === undefined) throw invalid(`Invalid aggregate "${spec}"`)
  return make(await scalar(scope, await resolvePath(scope, place, path.split('.'))))
}
