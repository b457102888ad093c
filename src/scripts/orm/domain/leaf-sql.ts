import { type Sql, sql } from '../../../db/index.js'
import { needsOdoo } from '../guest-errors.js'
import type { OrmScope } from '../orm-scope.js'
import { type FieldPlace, fieldOf, type Place, resolvePath } from '../select/place.js'
import { scalar } from '../select/scalar.js'
import { isList } from '../select/sql-type.js'
import { attachmentLeaf } from './attachment-leaf.js'
import { domainSql, withArchived } from './domain-sql.js'
import { hierarchySql } from './hierarchy-sql.js'
import { idsOf } from './leaf-values.js'
import { listIn, listIsEmpty } from './list-leaf.js'
import { isHierarchy, isNegative, type Operator } from './operators.js'
import { itemsOf, type Leaf } from './parse-domain.js'
import { scalarLeaf } from './scalar-leaf.js'
import { subselect } from './subselect.js'

/** The condition of one leaf, as a boolean expression that is never null for negative operators. */
export async function leafSql(scope: OrmScope, place: Place, leaf: Leaf): Promise<Sql> {
  const [name = '', ...rest] = leaf.path
  const field = fieldOf(place.schema, name)
  if (field.kind === 'related') {
    const related = (field.related ?? '').split('.')
    if (field.inherited === undefined)
      return leafSql(scope, place, { ...leaf, path: [...related, ...rest] })
    const owner = await resolvePath(scope, place, related)
    return leafSql(scope, owner, { ...leaf, path: [owner.field.name, ...rest] })
  }
  const at: FieldPlace = { ...place, field }
  if (rest.length > 0) return throughSql(scope, at, { ...leaf, path: rest }, 'IN')
  if (leaf.operator === 'any' || leaf.operator === 'not any') {
    const word = leaf.operator === 'any' ? 'IN' : 'NOT IN'
    return throughSql(scope, at, { kind: 'any', value: leaf.value }, word)
  }
  if (isHierarchy(leaf.operator)) return hierarchySql(scope, at, leaf.operator, leaf.value)
  if (isList(field)) return listLeaf(scope, at, leaf)
  if (field.kind === 'attachment') return attachmentLeaf(at, leaf)
  if (field.type === 'many2one') refuseNames(at, leaf)
  return scalarLeaf(await scalar(scope, at), field, leaf.operator, leaf.value)
}

/** `field.rest`, or a condition on the comodel: records whose field leads to one that meets it. */
async function throughSql(
  scope: OrmScope,
  at: FieldPlace,
  condition: Leaf | { readonly kind: 'any'; readonly value: Leaf['value'] },
  word: 'IN' | 'NOT IN',
): Promise<Sql> {
  const { field, schema } = at
  if (field.relation === undefined) throw needsOdoo(schema.model, field.name)
  const single = field.type === 'many2one'
  // Archived records count where a many2one leads; lists leave them out, as Odoo's searches do.
  const inner = single ? withArchived(scope) : scope
  const domain = condition.kind === 'any' ? condition.value : condition
  const found = await subselect(inner, field.relation, at.from.aliases, (place) =>
    domainSql(inner, place, domain),
  )
  if (!single) return listIn(scope, at, found, word)
  const value = await scalar(scope, at)
  return word === 'IN'
    ? sql`${value} IN (${found})`
    : sql`(${value} NOT IN (${found}) OR ${value} IS NULL)`
}

async function listLeaf(scope: OrmScope, at: FieldPlace, leaf: Leaf): Promise<Sql> {
  refuseNames(at, leaf)
  const negative = isNegative(leaf.operator)
  if (leaf.value === false || leaf.value === null) {
    if (leaf.operator === '=?') return sql`TRUE`
    return listIsEmpty(scope, at, !negative)
  }
  const ids = idsOf(leaf.value)
  return listIn(scope, at, sql`SELECT unnest(${ids}::int[])`, negative ? 'NOT IN' : 'IN')
}

const ORDERINGS: readonly Operator[] = ['<', '>', '<=', '>=']

/** A text compared with a record means its name, which `name_search` finds: model code. */
function refuseNames({ field, schema }: FieldPlace, { operator, value }: Leaf): void {
  const items = itemsOf(value)
  const isName = typeof value === 'string' && !(ORDERINGS.includes(operator) && value === '')
  if (isName || items?.some((item) => typeof item === 'string')) {
    throw needsOdoo(field.relation ?? schema.model, 'name_search')
  }
}
