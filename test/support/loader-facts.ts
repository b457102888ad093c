import { id, type Session, sql } from '../../src/db/index.js'
import { type Fingerprint, fingerprint } from './fingerprint.js'

/** All that two upgrades of one database by the release's own loader have in common. */
export interface LoaderFacts {
  readonly database: Fingerprint
  readonly owners: readonly string[]
  /** Roles that runs make for their scripts and remove at their end. */
  readonly scriptRoles: readonly string[]
  /** Name and status of every step, in the order in which they were done. */
  readonly journal: readonly string[]
  /** Files of attachments; what the bench makes of them are those that are missing. */
  readonly files: readonly string[]
}

/** Columns that hold the moment of the run, besides the one that every table has. */
const MOMENTS = ['create_date', 'write_date', 'nextcall']

/**
 * Reads the facts. The database is changed by it: moments that the run wrote are all made the same, and external
 * identifiers are numbered by their names.
 */
export async function readLoaderFacts(session: Session): Promise<LoaderFacts> {
  await levelMoments(session)
  await levelXmlIds(session)
  const texts = async (statement: Parameters<Session['query']>[0]): Promise<readonly string[]> => {
    const { rows } = await session.query<{ text: string }>(statement)
    return rows.map(({ text }) => text)
  }
  return {
    database: await fingerprint(session),
    owners: await texts(sql`
      SELECT DISTINCT pg_get_userbyid(relowner)::text AS text FROM pg_class
       WHERE relnamespace = 'public'::regnamespace`),
    scriptRoles: await texts(
      sql`SELECT rolname::text AS text FROM pg_roles WHERE rolname LIKE 'moult_scripts_%'`,
    ),
    journal: await texts(
      sql`SELECT name || ' ' || status AS text FROM moult.journal_step ORDER BY hop, finished_at, step`,
    ),
    files: await texts(
      sql`SELECT DISTINCT store_fname AS text FROM ir_attachment WHERE store_fname IS NOT NULL ORDER BY 1`,
    ),
  }
}

async function levelMoments(session: Session): Promise<void> {
  const { rows } = await session.query<{ of_table: string; of_column: string }>(sql`
    SELECT c.relname::text AS of_table, a.attname::text AS of_column
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
     WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
       AND a.atttypid = 'timestamp'::regtype AND a.attname = ANY(${MOMENTS}) ORDER BY 1, 2`)
  for (const { of_table, of_column } of rows) {
    await session.execute(sql`
      UPDATE ${id('public', of_table)} SET ${id(of_column)} = 'infinity'
       WHERE ${id(of_column)} >= (SELECT date_trunc('second', min(started_at) AT TIME ZONE 'UTC')
                                    FROM moult.journal_run)`)
  }
}

/**
 * Odoo reads models and fields without an order before it writes their external identifiers
 * (`_reflect_models`): which of those of one statement comes first depends on where rows lie on disk. Nothing
 * refers to these ids; how many there are is compared with the sequence.
 */
async function levelXmlIds(session: Session): Promise<void> {
  await session.execute(sql`
    UPDATE ir_model_data d SET id = -numbered.number
      FROM (SELECT id, row_number() OVER (ORDER BY module, name) AS number FROM ir_model_data) numbered
     WHERE d.id = numbered.id`)
}
