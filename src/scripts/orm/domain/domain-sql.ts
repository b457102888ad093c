import { type Sql, sql } from '../../../db/index.js'
import type { GuestValue } from '../../values/index.js'
import type { OrmScope } from '../orm-scope.js'
import type { Place } from '../select/place.js'
import { leafSql } from './leaf-sql.js'
import { type DomainNode, firstNames, type Leaf, parseDomain } from './parse-domain.js'

/** Conditions for the rows of `place`: the domain, and that records are not archived unless it speaks of that. */
export async function domainSql(
  scope: OrmScope,
  place: Place,
  domain: GuestValue | DomainNode,
): Promise<Sql> {
  const node = isNode(domain) ? domain : parseDomain(domain)
  const { activeName } = place.schema
  const condition = await nodeSql(scope, place, node)
  if (!scope.context.activeTest || activeName === undefined) return condition
  if (firstNames(node).has(activeName)) return condition
  const active: Leaf = { kind: 'leaf', path: [activeName], operator: '=', value: true }
  return sql`${await nodeSql(scope, place, active)} AND ${condition}`
}

/** The same scope for conditions that also mean archived records. */
export function withArchived(scope: OrmScope): OrmScope {
  return { ...scope, context: { ...scope.context, activeTest: false } }
}

function isNode(domain: GuestValue | DomainNode): domain is DomainNode {
  return typeof domain === 'object' && domain !== null && 'kind' in domain && isKind(domain.kind)
}

function isKind(kind: unknown): boolean {
  return ['leaf', 'constant', 'not', 'and', 'or'].includes(String(kind))
}

async function nodeSql(scope: OrmScope, place: Place, node: DomainNode): Promise<Sql> {
  if (node.kind === 'constant') return node.value ? sql`TRUE` : sql`FALSE`
  if (node.kind === 'leaf') return leafSql(scope, place, node)
  if (node.kind === 'not') return sql`(NOT ${await nodeSql(scope, place, node.part)})`
  if (node.parts.length === 0) return sql`TRUE`
  const parts: Sql[] = []
  for (const part of node.parts) parts.push(await nodeSql(scope, place, part))
  const joined = parts.reduce((all, part) =>
    node.kind === 'and' ? sql`${all} AND ${part}` : sql`${all} OR ${part}`,
  )
  return sql`(${joined})`
}
