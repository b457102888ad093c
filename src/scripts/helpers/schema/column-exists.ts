import { type Session, sql } from '../../../db/index.js'
import type { HelperContext } from '../helper-context.js'

/** Whether a table, view or index of that name has the column. */
export async function columnExists(
  context: HelperContext,
  table: string,
  column: string,
): Promise<boolean> {
  return (await readColumns(context.session, [table])).has(table, column)
}

/** Columns of some tables, with the types that PostgreSQL writes without their modifiers. */
export class KnownColumns {
  readonly #types: ReadonlyMap<string, string>

  constructor(types: ReadonlyMap<string, string>) {
    this.#types = types
  }

  has(table: string, ...columns: readonly string[]): boolean {
    return columns.every((column) => this.#types.has(JSON.stringify([table, column])))
  }

  /** Such as `character varying`, `jsonb`, `integer[]`. */
  typeOf(table: string, column: string): string | undefined {
    return this.#types.get(JSON.stringify([table, column]))
  }
}

/** Reads the columns of several tables at once; tables that do not exist have none. */
export async function readColumns(
  session: Session,
  tables: readonly string[],
): Promise<KnownColumns> {
  const { rows } = await session.query<{ relation: string; name: string; type: string }>(sql`
    SELECT c.relname::text AS relation, a.attname::text AS name, format_type(a.atttypid, NULL) AS type
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE c.relname = ANY(${tables}::text[]) AND NOT a.attisdropped AND n.nspname <> 'moult'
     ORDER BY pg_table_is_visible(c.oid)`)
  return new KnownColumns(
    new Map(rows.map((row) => [JSON.stringify([row.relation, row.name]), row.type])),
  )
}
