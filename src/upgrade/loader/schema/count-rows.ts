import { id, join, lit, type Session, sql } from '../../../db/index.js'

/** How many rows tables have, in one statement; without the empty ones. */
export async function countRows(
  session: Session,
  tables: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const unique = [...new Set(tables)]
  if (unique.length === 0) return new Map()
  const { rows } = await session.query<{ name: string; rows: number }>(
    join(
      unique.map((table) => sql`SELECT ${lit(table)} AS name, count(*) AS rows FROM ${id(table)}`),
      ' UNION ALL ',
    ),
  )
  return new Map(rows.filter(({ rows }) => rows > 0).map(({ name, rows }) => [name, rows]))
}
