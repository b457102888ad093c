import { id, join, lit, type Session, type Sql, sql } from '../../src/db/index.js'

/** Everything of a database that a backup must bring back, as comparable texts. */
export interface Fingerprint {
  /** Table → number of rows and a checksum over them that does not depend on their order. */
  readonly rows: Readonly<Record<string, string>>
  readonly sequences: Readonly<Record<string, string>>
  readonly columns: readonly string[]
  readonly indexes: readonly string[]
  readonly constraints: readonly string[]
  readonly views: readonly string[]
  readonly comments: readonly string[]
}

/** Reads a fingerprint; definitions are the server's own words, so compare on one engine. */
export async function fingerprint(session: Session): Promise<Fingerprint> {
  const tables = await texts(
    session,
    sql`SELECT c.relname AS text FROM pg_class c
         WHERE c.relkind = 'r' AND c.relnamespace = to_regnamespace('public') ORDER BY 1`,
  )
  const sequences = await texts(
    session,
    sql`SELECT relname AS text FROM pg_class
         WHERE relkind = 'S' AND relnamespace = to_regnamespace('public') ORDER BY 1`,
  )
  return {
    rows: await pairs(
      session,
      tables.map(
        (table) => sql`SELECT ${lit(table)} AS name, count(*) || ' ' ||
          coalesce(sum(('x' || left(md5(t::text), 15))::bit(60)::bigint::numeric), 0) AS value
          FROM ${id('public', table)} t`,
      ),
    ),
    sequences: await pairs(
      session,
      sequences.map(
        (name) => sql`SELECT ${lit(name)} AS name, last_value || ' ' || is_called AS value
          FROM ${id('public', name)}`,
      ),
    ),
    columns: await texts(
      session,
      sql`SELECT c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull
                 || ' ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '') AS text
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
            LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
           WHERE c.relkind = 'r' AND c.relnamespace = to_regnamespace('public') AND a.attnum > 0 AND NOT a.attisdropped
           ORDER BY 1`,
    ),
    indexes: await texts(
      session,
      sql`SELECT indexdef AS text FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1`,
    ),
    constraints: await texts(
      session,
      // PostgreSQL 18 names NOT NULL constraints; older ones do not know them.
      sql`SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) AS text
            FROM pg_constraint WHERE connamespace = to_regnamespace('public') AND contype <> 'n' ORDER BY 1`,
    ),
    views: await texts(
      session,
      sql`SELECT viewname || ' ' || definition AS text FROM pg_views WHERE schemaname = 'public' ORDER BY 1`,
    ),
    comments: await texts(
      session,
      sql`SELECT c.relname || ' ' || d.objsubid || ' ' || d.description AS text
            FROM pg_description d JOIN pg_class c ON c.oid = d.objoid AND d.classoid = 'pg_class'::regclass
           WHERE c.relnamespace = to_regnamespace('public') ORDER BY 1`,
    ),
  }
}

async function texts(session: Session, statement: Sql): Promise<readonly string[]> {
  const { rows } = await session.query<{ text: string }>(statement)
  return rows.map((row) => row.text)
}

const AT_ONCE = 100

async function pairs(
  session: Session,
  selects: readonly Sql[],
): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {}
  for (let at = 0; at < selects.length; at += AT_ONCE) {
    const { rows } = await session.query<{ name: string; value: string }>(
      join(selects.slice(at, at + AT_ONCE), ' UNION ALL '),
    )
    for (const row of rows) found[row.name] = row.value
  }
  return found
}
