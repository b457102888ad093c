import { id, join, sql } from '../../../db/index.js'
import { addressOf } from './address.js'
import { literal } from './catalog-scope.js'
import type { CatalogSource } from './catalog-source.js'
import type { Draft } from './draft.js'
import type { Relation } from './relations.js'
import { stringLiteral } from './string-literal.js'

type Sequence = Pick<Relation, 'oid' | 'schema' | 'name' | 'qualified'>

interface ValueRow {
  readonly oid: number
  /** Null where the server's function for many sequences does not tell. */
  readonly value: number | bigint | null
  readonly called: boolean
  readonly [column: string]: unknown
}

const SINCE_18 = 180_000

/** Sequences read by one statement: PostgreSQL plans a UNION of very many slowly. */
const AT_ONCE = 1000

/** Where sequences stand. */
export async function readSequenceValues(
  source: CatalogSource,
  sequences: readonly Sequence[],
): Promise<Draft[]> {
  if (sequences.length === 0) return []
  const values = new Map<number, ValueRow>()
  for (const row of await readTogether(source, sequences)) values.set(row.oid, row)
  const unknown = sequences.filter(({ oid }) => (values.get(oid)?.value ?? null) === null)
  for (let at = 0; at < unknown.length; at += AT_ONCE) {
    for (const row of await readEach(source, unknown.slice(at, at + AT_ONCE))) {
      values.set(row.oid, row)
    }
  }
  return sequences.flatMap((sequence) => {
    const row = values.get(sequence.oid)
    return row === undefined ? [] : draftValue(sequence, row)
  })
}

/** Before PostgreSQL 18 there is a function only for sequences that have been called. */
async function readTogether(
  { query, session }: CatalogSource,
  sequences: readonly Sequence[],
): Promise<readonly ValueRow[]> {
  const oids = sequences.map(({ oid }) => oid)
  const rows = await query<ValueRow>(
    session.serverVersion >= SINCE_18
      ? sql`SELECT s.oid, v.last_value AS value, v.is_called AS called
              FROM unnest(${oids}::oid[]) AS s(oid), pg_get_sequence_data(s.oid) AS v`
      : sql`SELECT s.oid, pg_sequence_last_value(s.oid) AS value, true AS called
              FROM unnest(${oids}::oid[]) AS s(oid)`,
  )
  return rows
}

async function readEach(
  { query }: CatalogSource,
  sequences: readonly Sequence[],
): Promise<readonly ValueRow[]> {
  const selects = sequences.map(
    ({ oid, schema, name }) =>
      sql`SELECT ${literal(oid)} AS oid, last_value AS value, is_called AS called FROM ${id(schema, name)}`,
  )
  const rows = await query<ValueRow>(join(selects, ' UNION ALL '))
  return rows
}

function draftValue(sequence: Sequence, { oid, value, called }: ValueRow): Draft {
  return {
    address: addressOf('relation', oid, 'value'),
    section: 'data',
    description: 'SEQUENCE SET',
    namespace: sequence.schema,
    tag: sequence.name,
    needs: [addressOf('relation', oid)],
    definition: `SELECT pg_catalog.setval(${stringLiteral(sequence.qualified)}, ${value}, ${called});`,
  }
}
