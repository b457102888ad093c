import { firstRow, id, join, type Session, sql } from '../../../db/index.js'

/** How much a database holds; moult's own journal does not count. */
export interface DatabaseMeasure {
  readonly tables: number
  readonly columns: number
  readonly rows: number
}

/** Counts tables, columns and rows, in two statements. */
export async function measureDatabase(session: Session): Promise<DatabaseMeasure> {
  const { rows: tables } = await session.query<{ name: string; columns: number }>(sql`
    SELECT c.relname::text AS name, count(a.attnum)::int AS columns
      FROM pg_class c
      LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
     GROUP BY c.relname ORDER BY c.relname`)
  const counts = tables.map(({ name }) => sql`SELECT count(*) AS n FROM ${id('public', name)}`)
  const counted = await firstRow<{ rows: number }>(
    session,
    sql`SELECT sum(n)::int AS rows FROM (${join(counts, ' UNION ALL ')}) tables`,
  )
  return {
    tables: tables.length,
    columns: tables.reduce((sum, { columns }) => sum + columns, 0),
    rows: counted?.rows ?? 0,
  }
}
