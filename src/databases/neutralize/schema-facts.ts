import { type Session, sql } from '../../db/index.js'

/** The tables of schema public and the types of their columns, as far as rules look at them. */
export class SchemaFacts {
  readonly #tables: ReadonlyMap<string, ReadonlyMap<string, string>>

  constructor(tables: ReadonlyMap<string, ReadonlyMap<string, string>>) {
    this.#tables = tables
  }

  /** Whether the table exists with all of these columns. */
  has(table: string, ...columns: readonly string[]): boolean {
    const known = this.#tables.get(table)
    return known !== undefined && columns.every((column) => known.has(column))
  }

  /** Columns of a table by name, with their types; empty for an unknown table. */
  columns(table: string): ReadonlyMap<string, string> {
    return this.#tables.get(table) ?? new Map()
  }

  tables(): Iterable<string> {
    return this.#tables.keys()
  }
}

export async function readSchemaFacts(session: Session): Promise<SchemaFacts> {
  const { rows } = await session.query<{ table: string; columns: Record<string, string> }>(sql`
    SELECT c.relname AS table,
           jsonb_object_agg(a.attname, format_type(a.atttypid, NULL)) AS columns
      FROM pg_class c
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE c.relnamespace = to_regnamespace('public') AND c.relkind IN ('r', 'p')
     GROUP BY c.relname`)
  return new SchemaFacts(
    new Map(rows.map((row) => [row.table, new Map(Object.entries(row.columns))])),
  )
}
