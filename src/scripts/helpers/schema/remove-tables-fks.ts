import { id, join, sql } from '../../../db/index.js'
import type { HelperContext } from '../helper-context.js'

/** Drops the foreign keys that are declared on tables; tables that do not exist are passed over. */
export async function removeTablesFks(
  context: HelperContext,
  tables: readonly string[],
): Promise<void> {
  const { rows } = await context.session.query<{ owner: string; name: string }>(sql`
    SELECT t.relname::text AS owner, k.conname::text AS name
      FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid
     WHERE k.contype = 'f' AND t.relname = ANY(${tables}::text[]) AND pg_table_is_visible(t.oid)
     ORDER BY 1, 2`)
  if (rows.length === 0) return
  const statements = rows.map(
    ({ owner, name }) => sql`ALTER TABLE ${id(owner)} DROP CONSTRAINT ${id(name)}`,
  )
  await context.session.execute(join(statements, ';\n'))
}
