import { id, raw, type Session, sql } from '../../src/db/index.js'
import { type Fingerprint, fingerprint } from './fingerprint.js'

/** All that two runs of the same upgrade have in common. */
export interface RunFacts {
  readonly database: Fingerprint
  readonly owners: readonly string[]
  /** Roles that runs make for their scripts and remove at their end. */
  readonly scriptRoles: readonly string[]
  readonly journal: readonly unknown[]
}

/** The example's own rows are from this day; what is later was written by the run. */
const EXAMPLE_WRITTEN = "timestamp '2025-03-01 08:00:00'"

/**
 * What differs between any two runs, and therefore is not compared. Everything else is: ids, positions of
 * sequences, plans, statements, rows and findings of the journal.
 */
export const NOT_COMPARED: Readonly<Record<string, readonly string[]>> = {
  journal_run: ['token_hash', 'started_at', 'finished_at'],
  journal_hop: ['started_at', 'finished_at', 'picture', 'changes'],
  journal_step: [
    ...['milliseconds', 'started_at', 'finished_at', 'scripts[].milliseconds'],
    "state: the clock of the run's data files",
  ],
  'every table': ['create_date and write_date, where the run wrote them: that it did is compared'],
}

/**
 * Reads the facts of an upgraded database. The database is changed by it: moments that the run wrote are all
 * made the same.
 */
export async function readRunFacts(session: Session): Promise<RunFacts> {
  const journal = await readJournalFacts(session)
  await levelMoments(session)
  const owners = await session.query<{ owner: string }>(sql`
    SELECT DISTINCT pg_get_userbyid(owner)::text AS owner FROM (
      SELECT relowner AS owner FROM pg_class WHERE relnamespace = 'public'::regnamespace
       UNION ALL SELECT datdba FROM pg_database WHERE datname = current_database()) all_owners ORDER BY 1`)
  const roles = await session.query<{ name: string }>(
    sql`SELECT rolname::text AS name FROM pg_roles WHERE rolname LIKE 'moult_scripts_%' ORDER BY 1`,
  )
  return {
    database: await fingerprint(session),
    owners: owners.rows.map(({ owner }) => owner),
    scriptRoles: roles.rows.map(({ name }) => name),
    journal,
  }
}

/** The journal's rows without what NOT_COMPARED lists. */
async function readJournalFacts(session: Session): Promise<readonly unknown[]> {
  const { rows } = await session.query<{ fact: unknown }>(sql`
    SELECT to_jsonb(r) - 'token_hash' - 'started_at' - 'finished_at' AS fact FROM moult.journal_run r
     UNION ALL
    SELECT to_jsonb(h) - 'started_at' - 'finished_at' - 'picture' - 'changes' FROM moult.journal_hop h
     UNION ALL
    SELECT to_jsonb(s) - 'milliseconds' - 'started_at' - 'finished_at' || jsonb_build_object('scripts', (
             SELECT coalesce(jsonb_agg(script - 'milliseconds'), '[]') FROM jsonb_array_elements(s.scripts) script))
      FROM moult.journal_step s`)
  const order = (fact: unknown): string => {
    const { run, hop = -1, step = -1 } = fact as Record<string, number>
    return [run, hop, step].map((n) => String((n ?? 0) + 1).padStart(4, '0')).join()
  }
  return rows.map(({ fact }) => withoutClock(fact)).sort((a, b) => (order(a) < order(b) ? -1 : 1))
}

/** The moment that all expressions with dates of a hop are worked out for is kept with its first step. */
function withoutClock(fact: unknown): unknown {
  const { state, ...rest } = fact as Record<string, unknown>
  if (typeof state !== 'string') return fact
  return { ...rest, state: state.replace(/("part":"records","value":)\d+/, '$1"clock"') }
}

async function levelMoments(session: Session): Promise<void> {
  const { rows } = await session.query<{ of_table: string; of_column: string }>(sql`
    SELECT c.relname::text AS of_table, a.attname::text AS of_column
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
     WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
       AND a.attname IN ('create_date', 'write_date') ORDER BY 1, 2`)
  for (const { of_table, of_column } of rows) {
    await session.execute(sql`
      UPDATE ${id('public', of_table)} SET ${id(of_column)} = 'infinity'
       WHERE ${id(of_column)} > ${raw(EXAMPLE_WRITTEN)}`)
  }
}
