import { id, join, sql } from '../../../db/index.js'
import type { HelperContext } from '../helper-context.js'

/**
 * Drops all constraints on a column, and the foreign keys of other tables that reference it. Odoo makes
 * them again when it loads the models. NOT NULL, a constraint since PostgreSQL 18, stays.
 *
 * @throws DatabaseError for a primary key that others depend on, unless `cascade`
 */
export async function liftConstraints(
  context: HelperContext,
  table: string,
  column: string,
  cascade = false,
): Promise<void> {
  const { rows } = await context.session.query<{ owner: string; names: readonly string[] }>(sql`
    SELECT owner.relname::text AS owner, array_agg(DISTINCT k.conname::text) AS names
      FROM pg_class t
      JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname <> 'moult'
      JOIN pg_attribute a ON a.attrelid = t.oid
      JOIN pg_constraint k ON a.attnum = ANY(k.conkey) AND t.oid IN (k.conrelid, k.confrelid)
                          AND k.contype <> 'n'
      JOIN pg_class owner ON owner.oid = k.conrelid
     WHERE t.relname = ${table} AND a.attname = ${column}
     GROUP BY 1 ORDER BY 1`)
  if (rows.length === 0) return
  const ending = cascade ? sql` CASCADE` : sql``
  const statements = rows.map(({ owner, names }) => {
    const drops = names.map((name) => sql`DROP CONSTRAINT IF EXISTS ${id(name)}${ending}`)
    return sql`ALTER TABLE IF EXISTS ${id(owner)} ${join(drops)}`
  })
  await context.session.execute(join(statements, ';\n'))
}
