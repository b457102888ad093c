import { id, join, type Session, sql } from '../../../db/index.js'
import type { RegistryModel } from '../../../odoo/registry/index.js'

interface StrayRow extends Record<string, unknown> {
  readonly table: string
  readonly columns: readonly string[]
}

/** Lets columns be empty that no field has: nobody writes them any more (`_check_removed_columns`). */
export async function dropStrayNotNulls(
  models: readonly RegistryModel[],
  session: Session,
): Promise<void> {
  const known = new Map<string, Set<string>>()
  for (const { auto, table, fields } of models) {
    if (!auto) continue
    const columns = known.get(table) ?? new Set(['id'])
    for (const { column } of fields.values()) if (column !== undefined) columns.add(column.name)
    known.set(table, columns)
  }
  const { rows } = await session.query<StrayRow>(sql`
    SELECT c.relname AS "table", array_agg(a.attname::text ORDER BY a.attnum) AS columns
      FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_attribute a
        ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attnotnull
     WHERE c.relnamespace = 'public'::pg_catalog.regnamespace AND c.relkind = 'r'
       AND c.relname = ANY(${[...known.keys()]}::text[])
     GROUP BY c.relname ORDER BY c.relname COLLATE "C"`)
  const changes = rows.flatMap(({ table, columns }) => {
    const stray = columns.filter((column) => known.get(table)?.has(column) !== true)
    if (stray.length === 0) return []
    const clauses = stray.map((column) => sql`ALTER COLUMN ${id(column)} DROP NOT NULL`)
    return [sql`ALTER TABLE ${id(table)} ${join(clauses)}`]
  })
  if (changes.length > 0) await session.execute(join(changes, ';\n'))
}
