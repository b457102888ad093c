import { raw, type Session, sql } from '../../../db/index.js'

/** A table as it is at one moment. */
export interface TablePicture {
  readonly name: string
  /** Columns by their number, which outlives a rename; `name varchar(64)`. */
  readonly columns: Readonly<Record<string, string>>
  /** Rows written since PostgreSQL began to count. */
  readonly inserted: number
  readonly updated: number
  readonly deleted: number
}

/** The tables of a database by their oid, which outlives a rename. */
export type DatabasePicture = Readonly<Record<string, TablePicture>>

/** PostgreSQL 15 lets a session ask for its counts to be written. */
const SINCE_FLUSH = 150_000

interface PictureRow extends TablePicture, Record<string, unknown> {
  readonly oid: string
}

/**
 * Takes down the tables and their columns, and how much PostgreSQL has counted to be written in each
 * (pg_stat_user_tables: rolled back rows are among them); no table is read.
 */
export async function takePicture(session: Session): Promise<DatabasePicture> {
  // The counts of one's own session are up to a second late.
  if (session.serverVersion >= SINCE_FLUSH) {
    await session.execute(raw('SELECT pg_catalog.pg_stat_force_next_flush()'))
  }
  const { rows } = await session.query<PictureRow>(sql`
    SELECT c.oid::text AS oid, c.relname AS name,
           coalesce(s.n_tup_ins, 0)::float8 AS inserted,
           coalesce(s.n_tup_upd, 0)::float8 AS updated,
           coalesce(s.n_tup_del, 0)::float8 AS deleted,
           coalesce((SELECT json_object_agg(a.attnum, a.attname || ' ' ||
                                            pg_catalog.format_type(a.atttypid, a.atttypmod))
                       FROM pg_catalog.pg_attribute a
                      WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped), '{}') AS columns
      FROM pg_catalog.pg_class c
      LEFT JOIN pg_catalog.pg_stat_user_tables s ON s.relid = c.oid
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')`)
  return Object.fromEntries(rows.map(({ oid, ...table }) => [oid, table]))
}
