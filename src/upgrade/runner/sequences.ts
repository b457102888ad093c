import { type Session, sql } from '../../db/index.js'

/**
 * Where sequences stand, by qualified name: the last value, or null for one that was never asked.
 * Text, as a sequence may exceed 2^53.
 */
export type SequencePositions = Readonly<Record<string, string | null>>

/** The positions of all sequences of the database but moult's own. */
export async function readSequences(session: Session): Promise<SequencePositions> {
  const { rows } = await session.query<{ name: string; position: string | null }>(sql`
    SELECT format('%I.%I', schemaname, sequencename) AS name, last_value::text AS position
      FROM pg_catalog.pg_sequences WHERE schemaname <> 'moult'`)
  return Object.fromEntries(rows.map(({ name, position }) => [name, position]))
}

/** What of `now` differs from `before`. */
export function movedSequences(
  before: SequencePositions,
  now: SequencePositions,
): SequencePositions {
  return Object.fromEntries(
    Object.entries(now).filter(([name, position]) => before[name] !== position),
  )
}

/**
 * Sets sequences back. They do not roll back with a transaction, so that a step which failed or was
 * killed has moved them; set back, a resumed run gives the ids of an undisturbed one.
 */
export async function restoreSequences(
  session: Session,
  positions: SequencePositions,
): Promise<void> {
  await session.query(sql`
    SELECT pg_catalog.setval(s.seqrelid::regclass,
                             coalesce(p.value::bigint, s.seqstart), p.value IS NOT NULL)
      FROM pg_catalog.json_each_text(${JSON.stringify(positions)}::json) AS p(key, value)
      JOIN pg_catalog.pg_sequence s ON s.seqrelid = pg_catalog.to_regclass(p.key)`)
}

/**
 * Writes the positions down as they are. PostgreSQL logs a sequence some values ahead, which a crash of the
 * server turns into a gap; a position that was set is logged exactly.
 */
export async function settleSequences(session: Session): Promise<void> {
  await restoreSequences(session, await readSequences(session))
}
