import { id, join, raw, type Session, type Sql, sql } from '../../../db/index.js'

/** A row: values of its columns, and names that references are found by. */
export type GivenRow = Readonly<Record<string, string | number | boolean | null>>

/** A column to write. */
export interface WrittenColumn {
  readonly name: string
  /** Type of the value in the rows given. */
  readonly type: 'text' | 'integer' | 'boolean'
  /** The column is jsonb: other languages go with the next loading of translations, or stay. */
  readonly translated?: 'replaced' | 'kept'
  /** A value of null leaves the column of a row that is there as it is. */
  readonly optional?: boolean
}

/** Which rows go where. */
export interface Upsert {
  readonly table: string
  readonly columns: readonly WrittenColumn[]
  /** Columns by which rows are found; they are unique. */
  readonly key: readonly string[]
  /** A column that refers to a row by names: the expression reads from `w`. */
  readonly references?: readonly (readonly [column: string, expression: Sql])[]
  /** Names of text columns that only the expressions read. */
  readonly hidden?: readonly string[]
  /** Columns that a row keeps as it has them. */
  readonly keeps?: readonly string[]
  /** The table keeps who wrote its rows, and when. */
  readonly logs?: boolean
  /** A statement on another table that is sent along. */
  readonly along?: Sql
}

const STAMP = raw("1, 1, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'")
const LOG_COLUMNS = ['create_uid', 'write_uid', 'create_date', 'write_date'] as const

/**
 * Inserts rows that are not there and updates those that differ, in one statement; rows that are equal are not
 * touched. New rows get their ids in the order given.
 */
export async function upsertRows(
  session: Session,
  upsert: Upsert,
  rows: readonly GivenRow[],
): Promise<void> {
  if (rows.length === 0) return
  const {
    table,
    columns,
    key,
    references = [],
    hidden = [],
    keeps = [],
    logs = false,
    along,
  } = upsert
  const record = join([
    raw('n integer'),
    ...columns.map(({ name, type }) => sql`${id(name)} ${raw(type)}`),
    ...hidden.map((name) => sql`${id(name)} text`),
  ])
  const given = JSON.stringify(rows.map((row, n) => ({ n, ...row })))
  const own = columns.map((column) => ({ ...column, value: writtenValue(column) }))
  const referring = references.map(([name]) => ({
    name,
    value: id('w', name),
    seen: id('t', name),
  }))
  const all = [...own.map((column) => ({ ...column, seen: seenOf(column) })), ...referring]
  const compared = all.filter(({ name }) => !key.includes(name) && !keeps.includes(name))
  const found = join(
    key.map((name) => sql`${id('t', name)} = ${id('w', name)}`),
    ' AND ',
  )
  const names = [...all.map(({ name }) => name), ...(logs ? LOG_COLUMNS : [])]
  await session.query(sql`
    WITH wanted AS MATERIALIZED (
      SELECT w.*${join(
        references.map(([name, expression]) => sql`, ${expression} AS ${id(name)}`),
        '',
      )}
        FROM jsonb_to_recordset(${given}::jsonb) AS w(${record})),
    ${along === undefined ? raw('') : sql`along AS (${along}),`}
    changed AS (
      UPDATE ${id(table)} t
         SET ${join([...compared.map((column) => assignment(column)), ...(logs ? [raw("write_uid = 1, write_date = now() AT TIME ZONE 'UTC'")] : [])])}
        FROM wanted w
       WHERE ${found} AND (${join(compared.map(differs), ' OR ')}))
    INSERT INTO ${id(table)} (${join(names.map((name) => id(name)))})
    SELECT ${join([...all.map(({ value }) => value), ...(logs ? [STAMP] : [])])}
      FROM wanted w
     WHERE NOT EXISTS (SELECT FROM ${id(table)} t WHERE ${found})
     ORDER BY w.n`)
}

interface Compared {
  readonly name: string
  readonly value: Sql
  readonly seen: Sql
  readonly translated?: 'replaced' | 'kept'
  readonly optional?: boolean
}

function writtenValue({ name, translated }: WrittenColumn): Sql {
  const value = id('w', name)
  if (translated === undefined) return value
  return sql`CASE WHEN ${value} IS NOT NULL THEN jsonb_build_object('en_US', ${value}) END`
}

/** The value in the table, in the form of the rows given. */
function seenOf({ name, translated }: WrittenColumn): Sql {
  const seen = id('t', name)
  return translated === undefined ? seen : sql`${seen} ->> 'en_US'`
}

function differs({ name, seen, optional }: Compared): Sql {
  const given = id('w', name)
  const unequal = sql`${seen} IS DISTINCT FROM ${given}`
  return optional === true ? sql`(${given} IS NOT NULL AND ${unequal})` : unequal
}

function assignment({ name, value, translated, optional }: Compared): Sql {
  const column = id(name)
  const old = id('t', name)
  if (translated === 'kept') return sql`${column} = coalesce(${old}, '{}') || ${value}`
  return optional === true ? sql`${column} = coalesce(${value}, ${old})` : sql`${column} = ${value}`
}
