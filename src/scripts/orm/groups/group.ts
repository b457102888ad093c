import { id, join, raw, type Sql, sql } from '../../../db/index.js'
import type { GuestResult, GuestValue } from '../../values/index.js'
import { domainSql } from '../domain/domain-sql.js'
import { textOf } from '../domain/leaf-values.js'
import { type DomainNode, parseDomain } from '../domain/parse-domain.js'
import { invalid } from '../guest-errors.js'
import type { OrmScope } from '../orm-scope.js'
import { orderBy, orderSql } from '../select/order-sql.js'
import { placeOf } from '../select/place.js'
import { limitSql } from '../select/search.js'
import { statementText } from '../select/statement-text.js'
import { aggregateSql, type GroupSpec, groupSpec } from './group-spec.js'

export interface GroupOptions {
  readonly limit?: number
  readonly offset?: number
  /** Of group fields and aggregates, such as `amount:sum desc`. */
  readonly order?: string
  /** Conditions on aggregates, such as `[('__count', '>', 1)]`. */
  readonly having?: GuestValue
}

/** Groups of records, every cell PostgreSQL's text; columns are named as the groups and aggregates were given. */
export interface GroupPage {
  readonly result: GuestResult
  readonly specs: readonly GroupSpec[]
}

/** Groups records by fields and computes aggregates, in one statement. */
export async function group(
  scope: OrmScope,
  query: {
    readonly model: string
    readonly domain: GuestValue
    readonly groupBy: readonly string[]
    readonly aggregates: readonly string[]
  },
  options: GroupOptions = {},
): Promise<GroupPage> {
  const place = placeOf(await scope.catalog.model(query.model))
  const specs: GroupSpec[] = []
  const columns: Sql[] = []
  for (const spec of query.groupBy) {
    const one = await groupSpec(scope, place, spec)
    specs.push(one)
    columns.push(sql`${one.value} AS ${id(spec)}`)
  }
  for (const spec of query.aggregates) {
    columns.push(sql`${await aggregateSql(scope, place, spec)} AS ${id(spec)}`)
  }
  const where = await domainSql(scope, place, query.domain)
  const by =
    specs.length === 0 ? sql`` : sql`GROUP BY ${join(specs.map((_, at) => raw(`${at + 1}`)))}`
  const names = [...query.groupBy, ...query.aggregates]
  const selected = columns.length === 0 ? sql`count(*) AS "__count"` : join(columns)
  const statement = sql`
    WITH g AS (SELECT ${selected} ${place.from.sql} WHERE ${where} ${by})
    SELECT g.* FROM g ${await ranks(scope, specs)} WHERE ${havingSql(options.having, names)}
    ${orderOfGroups(specs, names, options.order)} ${limitSql(options)}`
  return { result: await scope.session.send(statementText(statement)), specs }
}

/** Groups by a many2one come in the order of the records that they point to. */
async function ranks(scope: OrmScope, specs: readonly GroupSpec[]): Promise<Sql> {
  let joins = sql``
  for (const [at, { spec, at: field }] of specs.entries()) {
    const model = rankedModel(field)
    if (model === undefined) continue
    const place = placeOf(await scope.catalog.model(model))
    const order = orderBy(await orderSql(scope, place, place.schema.order), place.alias)
    joins = sql`${joins} LEFT JOIN (
        SELECT ${id(place.alias, 'id')} AS id, row_number() OVER (${order}) AS rank ${place.from.sql}
         WHERE ${id(place.alias, 'id')} IN (SELECT ${id(spec)} FROM g)) ${raw(`r${at}`)}
      ON ${raw(`r${at}`)}.id = ${id('g', spec)}`
  }
  return joins
}

function rankedModel({ field }: GroupSpec['at']): string | undefined {
  return field.type === 'many2one' || field.type === 'many2many' ? field.relation : undefined
}

function orderOfGroups(
  specs: readonly GroupSpec[],
  names: readonly string[],
  order: string | undefined,
): Sql {
  const keyOf = (name: string): Sql => {
    const at = specs.findIndex(({ spec }) => spec === name || spec.split(':')[0] === name)
    const found = specs[at]
    if (found !== undefined && rankedModel(found.at) !== undefined) return raw(`r${at}.rank`)
    const named = found?.spec ?? names.find((one) => one === name || one.split(':')[0] === name)
    if (named === undefined) throw invalid(`Invalid order of groups: ${name}`)
    return id('g', named)
  }
  if (order === undefined || order.trim() === '') {
    return specs.length === 0 ? sql`` : sql`ORDER BY ${join(specs.map(({ spec }) => keyOf(spec)))}`
  }
  const terms = order.split(',').map((part) => {
    const [name = '', direction = 'asc', ...nulls] = part.trim().split(/\s+/)
    const tail = [direction, ...nulls].join(' ').toUpperCase()
    if (!/^(ASC|DESC)( NULLS (FIRST|LAST))?$/.test(tail)) throw invalid(`Invalid order "${order}"`)
    return sql`${keyOf(name)} ${raw(tail)}`
  })
  return sql`ORDER BY ${join(terms)}`
}

const COMPARISONS: readonly string[] = ['=', '!=', '<', '>', '<=', '>=']

function havingSql(having: GuestValue | undefined, names: readonly string[]): Sql {
  if (having === undefined) return sql`TRUE`
  const nodeSql = (node: DomainNode): Sql => {
    switch (node.kind) {
      case 'constant':
        return node.value ? sql`TRUE` : sql`FALSE`
      case 'not':
        return sql`(NOT ${nodeSql(node.part)})`
      case 'leaf': {
        const name = node.path.join('.')
        if (!names.includes(name) || !COMPARISONS.includes(node.operator)) {
          throw invalid(`Invalid condition on groups: ${name} ${node.operator}`)
        }
        return sql`${id('g', name)} ${raw(node.operator)} ${textOf(node.value)}::numeric`
      }
      default: {
        const word = node.kind === 'and' ? 'AND' : 'OR'
        const [first = sql`TRUE`, ...rest] = node.parts.map(nodeSql)
        return sql`(${rest.reduce((all, part) => sql`${all} ${raw(word)} ${part}`, first)})`
      }
    }
  }
  return nodeSql(parseDomain(having))
}
