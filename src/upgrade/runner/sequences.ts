import { id, join, lit, type Session, type Sql, sql } from '../../db/index.js'

/**
 * Where sequences stand, by qualified name: the last value, or null for one that was never asked.
 * Text, as a sequence may exceed 2^53.
 */
export type SequencePositions = Readonly<Record<string, string | null>>

/** Names and positions of all sequences of the database but moult's own. */
export const POSITIONS: Sql = sql`
    SELECT pg_catalog.format('%I.%I', schemaname, sequencename) AS name, last_value::text AS position
      FROM pg_catalog.pg_sequences WHERE schemaname <> 'moult'`

/** The positions of all sequences of the database but moult's own. */
export async function readSequences(session: Session): Promise<SequencePositions> {
  const { rows } = await session.query<{ name: string; position: string | null }>(POSITIONS)
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
 * killed has moved them; set back, a resumed run gives the ids of an undisturbed one. Where somebody has
 * inserted rows meanwhile, the sequence stays behind their ids.
 */
export async function restoreSequences(
  session: Session,
  positions: SequencePositions,
): Promise<void> {
  const used = await usedBeyond(session, positions)
  await setSequences(session, { ...positions, ...used })
}

interface OwnedSequence extends Record<string, unknown> {
  readonly name: string
  readonly schema: string
  readonly table: string
  readonly column: string
  readonly position: string
}

/** Highest ids in use that are beyond the positions, of sequences that were moved and belong to a column. */
async function usedBeyond(
  session: Session,
  positions: SequencePositions,
): Promise<SequencePositions> {
  const { rows: moved } = await session.query<OwnedSequence>(sql`
    SELECT p.key AS name, n.nspname AS schema, c.relname AS table, a.attname AS column,
           coalesce(p.value, '0') AS position
      FROM pg_catalog.json_each_text(${JSON.stringify(positions)}::json) AS p(key, value)
      JOIN pg_catalog.pg_sequence s ON s.seqrelid = pg_catalog.to_regclass(p.key)
      JOIN pg_catalog.pg_depend d ON d.objid = s.seqrelid AND d.deptype IN ('a', 'i')
                                 AND d.classid = 'pg_catalog.pg_class'::regclass AND d.refobjsubid > 0
      JOIN pg_catalog.pg_class c ON c.oid = d.refobjid
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid
     WHERE s.seqincrement > 0
       AND pg_catalog.pg_sequence_last_value(s.seqrelid) > coalesce(p.value::bigint, 0)`)
  if (moved.length === 0) return {}
  const highest = moved.map(
    ({ name, schema, table, column, position }) =>
      sql`SELECT ${lit(name)} AS name, max(${id(column)})::text AS used FROM ${id(schema)}.${id(table)}
          HAVING max(${id(column)}) > ${lit(position)}::bigint`,
  )
  const { rows } = await session.query<{ name: string; used: string }>(join(highest, ' UNION ALL '))
  return Object.fromEntries(rows.map(({ name, used }) => [name, used]))
}

async function setSequences(session: Session, positions: SequencePositions): Promise<void> {
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
  await setSequences(session, await readSequences(session))
}
