import { type Session, sql } from '../../../db/index.js'
import type { HelperContext } from '../helper-context.js'

/**
 * Whether a relation of that name exists in any schema: a table, view, index or sequence, as in
 * openupgradelib, whose scripts ask for `x_id_seq` this way. Tables of the journal do not count.
 */
export async function tableExists(context: HelperContext, table: string): Promise<boolean> {
  return (await existingRelations(context.session, [table])).has(table)
}

/** Those of the names that are relations. */
export async function existingRelations(
  session: Session,
  names: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await session.query<{ relname: string }>(sql`
    SELECT DISTINCT c.relname::text AS relname
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relname = ANY(${names}::text[]) AND n.nspname <> 'moult'`)
  return new Set(rows.map((row) => row.relname))
}
