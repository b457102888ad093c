import { id, join, type Session, sql } from '../../../db/index.js'

interface ReferenceRow extends Record<string, unknown> {
  readonly name: string
  readonly table: string
  readonly column: string
}

/** Records of a table that rows elsewhere hold: id → name of the foreign key. Two statements. */
export async function heldRecords(
  table: string,
  ids: readonly number[],
  session: Session,
): Promise<ReadonlyMap<number, string>> {
  const { rows } = await session.query<ReferenceRow>(sql`
    SELECT k.conname AS name, c.relname AS table, a.attname AS column
      FROM pg_catalog.pg_constraint k
      JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
      JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
     WHERE k.contype = 'f' AND k.confdeltype IN ('r', 'a') AND array_length(k.conkey, 1) = 1
       AND k.confrelid = ${`"${table}"`}::regclass AND pg_catalog.pg_table_is_visible(c.oid)
     ORDER BY k.conname`)
  if (rows.length === 0) return new Map()
  const parts = rows.map(
    ({ name, table: holder, column }) => sql`
      SELECT DISTINCT ${id('h', column)} AS id, ${name}::text AS name FROM ${id(holder)} h
       WHERE ${id('h', column)} = ANY(${ids}::int[])`,
  )
  const found = await session.query<{ id: number; name: string }>(join(parts, ' UNION ALL '))
  return new Map(found.rows.map((row) => [row.id, row.name]))
}
