import { id, raw, type Sql, sql } from '../../../db/index.js'
import { invalid } from '../guest-errors.js'
import type { OrmScope } from '../orm-scope.js'
import { type FieldPlace, fieldOf, type Place, resolvePath, tableOf } from './place.js'
import { scalar } from './scalar.js'
import { isList } from './sql-type.js'

interface Term {
  readonly path: readonly string[]
  readonly descending: boolean
  readonly nulls: string
}

const TERM = /^"?([\w.]+)"?(?:\s+(asc|desc))?(?:\s+nulls\s+(first|last))?$/i

/** Parts of ORDER BY for an order such as `sequence, partner_id desc`; empty when nothing of it can be sorted by. */
export async function orderSql(
  scope: OrmScope,
  place: Place,
  order: string,
): Promise<readonly Sql[]> {
  return termsSql(scope, place, parseOrder(order), { reverse: false, seen: new Set() })
}

interface Walk {
  readonly reverse: boolean
  /** Many2ones already followed: orders of models may lead to each other. */
  readonly seen: ReadonlySet<string>
}

async function termsSql(
  scope: OrmScope,
  place: Place,
  terms: readonly Term[],
  walk: Walk,
): Promise<readonly Sql[]> {
  const parts: Sql[] = []
  for (const term of terms) parts.push(...(await termSql(scope, place, term, walk)))
  return parts
}

function parseOrder(order: string): readonly Term[] {
  return order.split(',').map((part) => {
    const match = TERM.exec(part.trim())
    if (match === null) throw invalid(`Invalid order "${order}"`)
    const [, name = '', direction = 'asc', nulls] = match
    return {
      path: name.split('.'),
      descending: direction.toLowerCase() === 'desc',
      nulls: nulls === undefined ? '' : `NULLS ${nulls.toUpperCase()}`,
    }
  })
}

async function termSql(
  scope: OrmScope,
  place: Place,
  term: Term,
  walk: Walk,
): Promise<readonly Sql[]> {
  fieldOf(place.schema, term.path[0] ?? '')
  const at = await resolvePath(scope, place, term.path)
  const descending = term.descending !== walk.reverse
  // What is no column cannot be sorted by: Odoo leaves it out too.
  if (at.field.kind !== 'column' || isList(at.field)) return []
  if (at.field.type === 'many2one' && at.field.relation !== undefined) {
    return many2oneSql(scope, at, { reverse: descending, seen: walk.seen })
  }
  const value = await scalar(scope, at)
  const key = at.field.type === 'boolean' ? sql`COALESCE(${value}, false)` : value
  return [sql`${key} ${raw(`${descending ? 'DESC' : 'ASC'} ${term.nulls}`.trim())}`]
}

/** Records go by the order of the records that they point to. */
async function many2oneSql(scope: OrmScope, at: FieldPlace, walk: Walk): Promise<readonly Sql[]> {
  const { field, schema } = at
  const key = `${schema.model}.${field.name}`
  if (walk.seen.has(key) || field.relation === undefined) return []
  const comodel = await scope.catalog.model(field.relation)
  const value = await scalar(scope, at)
  const terms = parseOrder(comodel.order)
  if (terms.length === 1 && terms[0]?.path[0] === 'id') {
    const descending = (terms[0]?.descending ?? false) !== walk.reverse
    return [sql`${value} ${raw(descending ? 'DESC' : 'ASC')}`]
  }
  const alias = at.from.joinById(`${at.alias}.${field.name}`, tableOf(comodel), value)
  return termsSql(scope, { schema: comodel, from: at.from, alias }, terms, {
    reverse: walk.reverse,
    seen: new Set([...walk.seen, key]),
  })
}

/** `ORDER BY …`, ending with the id so that the same records always come in the same order. */
export function orderBy(parts: readonly Sql[], alias: string): Sql {
  const own = id(alias, 'id')
  const ends = parts.some(({ text }) => text === `${own.text} ASC` || text === `${own.text} DESC`)
  const all = ends ? parts : [...parts, own]
  return sql`ORDER BY ${all.reduce((before, part) => sql`${before}, ${part}`)}`
}
