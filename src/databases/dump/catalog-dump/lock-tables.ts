import { id, join, sql } from '../../../db/index.js'
import { isNoMember, isUserSchema } from './catalog-scope.js'
import type { CatalogSource } from './catalog-source.js'

interface TableRow {
  readonly schema: string
  readonly name: string
  readonly [column: string]: unknown
}

/**
 * Locks all tables against changes of their shape until the transaction ends. The functions that
 * describe objects look at the catalog of this moment, not at that of the transaction's snapshot.
 */
export async function lockTables({ query, session }: CatalogSource): Promise<void> {
  const rows = await query<TableRow>(sql`
    SELECT n.nspname AS schema, c.relname AS name
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p') AND ${isUserSchema} AND ${isNoMember('relation', sql`c.oid`)}
     ORDER BY 1, 2`)
  if (rows.length === 0) return
  const tables = join(rows.map(({ schema, name }) => sql`ONLY ${id(schema, name)}`))
  await session.execute(sql`LOCK TABLE ${tables} IN ACCESS SHARE MODE`)
}
