import { id, join, raw, type Session, type Sql, sql } from '../../../../db/index.js'
import type { RegistryModel } from '../../../../odoo/registry/index.js'
import type { Cell } from './lower-value.js'

/** A row to write: cells by column. */
export interface Row {
  readonly id: number
  readonly cells: Readonly<Record<string, Cell>>
}

const NOW = raw("now() AT TIME ZONE 'UTC'")
const LOGGED = ['create_uid', 'create_date', 'write_uid', 'write_date'] as const

/** Inserts rows in their order; a column that a row does not give takes its default. One statement. */
export async function insertRows(
  session: Session,
  model: RegistryModel,
  rows: readonly Row[],
  defaults: ReadonlyMap<string, Sql>,
): Promise<void> {
  if (rows.length === 0) return
  const given = new Set(rows.flatMap(({ cells }) => Object.keys(cells)))
  const logged: readonly string[] = model.logAccess ? LOGGED : []
  const columns = [...new Set([...given, ...defaults.keys()])].filter(
    (column) => column !== 'id' && !logged.includes(column),
  )
  const values = columns.map((column) => {
    const fallback = defaults.get(column)
    if (fallback === undefined) return id('r', column)
    return given.has(column)
      ? sql`CASE WHEN e.j ? ${raw(quoted(column))} THEN ${id('r', column)} ELSE ${fallback} END`
      : fallback
  })
  const stamps = logged.map((column) => {
    const own = column.endsWith('_uid') ? raw('1') : NOW
    return given.has(column) ? sql`coalesce(${id('r', column)}, ${own})` : own
  })
  const names = ['id', ...columns, ...logged].map((column) => id(column))
  await session.query(sql`
    INSERT INTO ${id(model.table)} (${join(names)})
    SELECT ${join([id('r', 'id'), ...values, ...stamps])}
      FROM jsonb_array_elements(${jsonOf(rows)}::jsonb) WITH ORDINALITY AS e(j, n),
           jsonb_populate_record(NULL::${id(model.table)}, e.j) AS r
     ORDER BY e.n`)
}

/** Updates the columns that each row gives. Translated ones keep their other languages. One statement. */
export async function updateRows(
  session: Session,
  model: RegistryModel,
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return
  const columns = [...new Set(rows.flatMap(({ cells }) => Object.keys(cells)))].filter(
    (column) => column !== 'id',
  )
  const names = columns.map((column) => id(column))
  const values = columns.map((column) => {
    const field = model.fields.get(column)
    if (field?.translate !== true || field.column?.type !== 'jsonb') return id('r', column)
    const key = raw(quoted(column))
    return sql`CASE WHEN jsonb_typeof(e.j -> ${key}) = 'object'
      THEN coalesce(${id('t', column)}, '{}') || (e.j -> ${key}) ELSE ${id('r', column)} END`
  })
  if (model.logAccess) {
    for (const [name, value] of [
      ['write_uid', raw('1')],
      ['write_date', NOW],
    ] as const) {
      if (columns.includes(name)) continue
      names.push(id(name))
      values.push(value)
    }
  }
  if (names.length === 0) return
  await session.query(sql`
    UPDATE ${id(model.table)} t
       SET (${join(names)}) = (SELECT ${join(values)} FROM jsonb_populate_record(t, e.j) AS r)
      FROM jsonb_array_elements(${jsonOf(rows)}::jsonb) AS e(j)
     WHERE t.id = (e.j ->> 'id')::int`)
}

function jsonOf(rows: readonly Row[]): string {
  return JSON.stringify(rows.map(({ id: number, cells }) => ({ ...cells, id: number })))
}

function quoted(name: string): string {
  return `'${name.replaceAll("'", "''")}'`
}
