import { id, join, lit, raw, type Session, sql } from '../../../db/index.js'
import type { ColumnReference } from './schema-plan.js'

/** In how many rows columns are empty, in one statement; without those that are nowhere. */
export function countEmpty(
  session: Session,
  columns: readonly ColumnReference[],
): Promise<ReadonlyMap<string, number>> {
  return count(session, columns, 'IS NULL')
}

/** In how many rows columns have a value, likewise. */
export function countFilled(
  session: Session,
  columns: readonly ColumnReference[],
): Promise<ReadonlyMap<string, number>> {
  return count(session, columns, 'IS NOT NULL')
}

/** `table.column`. */
export function keyOf({ table, column }: ColumnReference): string {
  return `${table}.${column}`
}

async function count(
  session: Session,
  columns: readonly ColumnReference[],
  condition: string,
): Promise<ReadonlyMap<string, number>> {
  if (columns.length === 0) return new Map()
  const { rows } = await session.query<{ key: string; rows: number }>(
    join(
      columns.map(
        ({ table, column }) =>
          sql`SELECT ${lit(keyOf({ table, column }))} AS key, count(*) AS rows FROM ${id(table)} WHERE ${id(column)} ${raw(condition)}`,
      ),
      ' UNION ALL ',
    ),
  )
  return new Map(rows.filter((row) => row.rows > 0).map((row) => [row.key, row.rows]))
}
