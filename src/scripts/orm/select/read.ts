import { id, type Sql, sql } from '../../../db/index.js'
import type { GuestValue } from '../../values/index.js'
import type { FieldSchema, ModelSchema } from '../model-schema.js'
import type { OrmScope } from '../orm-scope.js'
import { attachmentCell, attachmentSql } from './attachment-cell.js'
import { listJoin } from './list-join.js'
import { fieldOf, type Place, placeOf, resolvePath } from './place.js'
import { scalar } from './scalar.js'
import { type SearchOptions, searchSql } from './search.js'
import { isList, sqlType } from './sql-type.js'
import { statementText } from './statement-text.js'

/** Values of records, every cell PostgreSQL's text; the first column is the id. */
export interface ReadPage {
  readonly columns: readonly (readonly [name: string, oid: number])[]
  /** The field whose type each column has: for a related one, the field at the end of the path. */
  readonly fields: readonly FieldSchema[]
  readonly rows: readonly (readonly (string | null)[])[]
}

const BYTEA = 17

/**
 * Reads fields of records in one statement, in the order of the ids; records that do not exist have no row. A name
 * may be a path of many2ones: `partner_id.country_id.code`.
 */
export async function read(
  scope: OrmScope,
  model: string,
  ids: readonly number[],
  names: readonly string[] | undefined,
): Promise<ReadPage> {
  const schema = await scope.catalog.model(model)
  const wanted = names ?? (await readableFields(scope, schema))
  const once = [...new Set(ids)]
  const keys = sql`SELECT unnest(${once}::int[])`
  return readRows(scope, schema, wanted, keys, sql`${once}::int[]`)
}

/** Reads fields of the records that a search finds, in one statement, in the search's order. */
export async function searchRead(
  scope: OrmScope,
  model: string,
  domain: GuestValue,
  names: readonly string[] | undefined,
  options: SearchOptions = {},
): Promise<ReadPage> {
  const schema = await scope.catalog.model(model)
  const wanted = names ?? (await readableFields(scope, schema))
  const found = await searchSql(scope, placeOf(schema), domain, options)
  const keys = sql`SELECT unnest(found.ids) FROM found`
  return readRows(
    scope,
    schema,
    wanted,
    keys,
    sql`(SELECT ids FROM found)`,
    sql`WITH found AS MATERIALIZED (SELECT ARRAY(${found})::int[] AS ids) `,
  )
}

/** All fields that a read without names gives: what can be read, binary values left out. */
export async function readableFields(
  scope: OrmScope,
  schema: ModelSchema,
): Promise<readonly string[]> {
  await scope.catalog.load([...schema.fields.values()].flatMap(({ relation }) => relation ?? []))
  const readable: string[] = []
  for (const field of schema.fields.values()) {
    if (field.name === 'id' || field.kind === 'none' || field.type === 'binary') continue
    if (field.kind === 'related' && !(await isReachable(scope, schema, field.name))) continue
    if (isList(field) && !(await hasTable(scope, field))) continue
    readable.push(field.name)
  }
  return readable
}

async function isReachable(scope: OrmScope, schema: ModelSchema, name: string): Promise<boolean> {
  try {
    const { field } = await resolvePath(scope, placeOf(schema), [name])
    if (field.kind === 'none' || field.type === 'binary') return false
    return !isList(field) || hasTable(scope, field)
  } catch {
    return false
  }
}

async function hasTable(scope: OrmScope, field: FieldSchema): Promise<boolean> {
  if (field.kind === 'related') return true
  const comodel = await scope.catalog.find(field.relation ?? '')
  if (comodel?.table === undefined) return false
  if (field.kind === 'many2many') return true
  const inverse = comodel.fields.get(field.relationField ?? '')
  return inverse !== undefined && inverse.kind !== 'none'
}

async function readRows(
  scope: OrmScope,
  schema: ModelSchema,
  names: readonly string[],
  keys: Sql,
  order: Sql,
  start: Sql = sql``,
): Promise<ReadPage> {
  const place = placeOf(schema)
  const fields: FieldSchema[] = []
  const attached: number[] = []
  const columns: Sql[] = []
  for (const name of new Set(names)) {
    if (name === 'id') continue
    const { value, field, isAttached } = await cellSql(scope, place, name, keys)
    if (isAttached) attached.push(columns.length + 1)
    fields.push(field)
    columns.push(sql`${value} AS ${id(name)}`)
  }
  const own = id(place.alias, 'id')
  const list = columns.reduce((all, column) => sql`${all}, ${column}`, sql`${own} AS id`)
  const statement = sql`${start}SELECT ${list} ${place.from.sql}
      JOIN unnest(${order}) WITH ORDINALITY AS wanted(id, n) ON wanted.id = ${own} ORDER BY wanted.n`
  const result = await scope.session.send(statementText(statement))
  const rows = attached.length === 0 ? result.rows : await withFiles(scope, result.rows, attached)
  return {
    columns: result.columns.map(([name, oid], at) => [name, attached.includes(at) ? BYTEA : oid]),
    fields: [fieldOf(schema, 'id'), ...fields],
    rows,
  }
}

async function cellSql(
  scope: OrmScope,
  place: Place,
  name: string,
  keys: Sql,
): Promise<{ value: Sql; field: FieldSchema; isAttached: boolean }> {
  const at = await resolvePath(scope, place, name.split('.'))
  const { field } = at
  if (field.kind === 'attachment') {
    return { value: attachmentSql(at), field, isAttached: true }
  }
  if (!isList(field)) {
    const value = await scalar(scope, at)
    // What Odoo calls a text may be a citext, a date a timestamp: the guest casts by the field's own type.
    const plain = field.type === 'float' || field.type === 'binary' || field.name === 'id'
    return { value: plain ? value : sql`(${value})::${sqlType(field)}`, field, isAttached: false }
  }
  if (at.alias === place.alias) {
    return { value: await listJoin(scope, at, keys), field, isAttached: false }
  }
  const again = placeOf(place.schema, place.from.aliases)
  const there = await resolvePath(scope, again, name.split('.'))
  const owners = sql`SELECT ${id(there.alias, 'id')} ${again.from.sql}
      WHERE ${id(again.alias, 'id')} IN (${keys})`
  return { value: await listJoin(scope, at, owners), field, isAttached: false }
}

async function withFiles(
  scope: OrmScope,
  rows: ReadPage['rows'],
  attached: readonly number[],
): Promise<ReadPage['rows']> {
  const filled: (string | null)[][] = []
  for (const row of rows) {
    const copy = [...row]
    for (const at of attached) copy[at] = await attachmentCell(scope.files, row[at] ?? null)
    filled.push(copy)
  }
  return filled
}

/** Which of the ids exist, in the given order. */
export async function exists(
  scope: OrmScope,
  model: string,
  ids: readonly number[],
): Promise<readonly number[]> {
  const place = placeOf(await scope.catalog.model(model))
  const { rows } = await scope.session.query<{ id: number }>(sql`
    SELECT ${id(place.alias, 'id')} AS id ${place.from.sql}
     WHERE ${id(place.alias, 'id')} = ANY(${ids}::int[])`)
  const found = new Set(rows.map((row) => row.id))
  return [...new Set(ids)].filter((one) => found.has(one))
}
