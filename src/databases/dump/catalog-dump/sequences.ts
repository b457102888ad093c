import { sql } from '../../../db/index.js'
import { addressOf } from './address.js'
import { isNoMember, isUserSchema } from './catalog-scope.js'
import type { CatalogSource } from './catalog-source.js'
import type { Draft } from './draft.js'
import type { Relation, Relations } from './relations.js'

interface SequenceRow {
  readonly oid: number
  readonly type: string
  readonly start: number | bigint
  readonly increment: number | bigint
  readonly minimum: number | bigint
  readonly maximum: number | bigint
  readonly cache: number | bigint
  readonly cycles: boolean
  readonly ownerTable: number | null
  readonly ownerColumn: number | null
  /** `a` always, `d` by default, for the sequence of an identity column. */
  readonly identity: string | null
  readonly [column: string]: unknown
}

/** Sequences; that of an identity column is made by the statement that makes the column one. */
export async function readSequences(source: CatalogSource, relations: Relations): Promise<Draft[]> {
  const rows = await source.query<SequenceRow>(sql`
    SELECT c.oid, format_type(s.seqtypid, NULL) AS type, s.seqstart AS start,
           s.seqincrement AS increment, s.seqmin AS minimum, s.seqmax AS maximum,
           s.seqcache AS cache, s.seqcycle AS cycles,
           d.refobjid AS "ownerTable", d.refobjsubid AS "ownerColumn",
           CASE WHEN d.deptype = 'i' THEN a.attidentity END AS identity
      FROM pg_sequence s
      JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid
       AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
      LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
     WHERE ${isUserSchema} AND ${isNoMember('relation', sql`c.oid`)}`)
  return rows.flatMap((row) => {
    const sequence = relations.get(row.oid)
    return sequence === undefined ? [] : draftSequence(sequence, row, ownerOf(relations, row))
  })
}

/** The column that a sequence belongs to. */
interface Owner {
  readonly table: Relation
  readonly column: string
}

function ownerOf(relations: Relations, row: SequenceRow): Owner | undefined {
  const table = row.ownerTable === null ? undefined : relations.get(row.ownerTable)
  const column = table?.columns.find(({ number }) => number === row.ownerColumn)
  return table && column && { table, column: column.quoted }
}

function draftSequence(sequence: Relation, row: SequenceRow, owner: Owner | undefined): Draft {
  const common = {
    address: addressOf('relation', row.oid),
    section: 'pre-data',
    description: 'SEQUENCE',
    namespace: sequence.schema,
    tag: sequence.name,
  } as const
  const parameters = sequenceParameters(row).map((parameter) => `\n    ${parameter}`)
  if (row.identity !== null && owner !== undefined) {
    const when = row.identity === 'a' ? 'ALWAYS' : 'BY DEFAULT'
    return {
      ...common,
      definition: `ALTER TABLE ${owner.table.qualified} ALTER COLUMN ${owner.column} ADD GENERATED ${when} AS IDENTITY (\n    SEQUENCE NAME ${sequence.qualified}${parameters.join('')}\n);`,
    }
  }
  const type = row.type === 'bigint' ? '' : `\n    AS ${row.type}`
  return {
    ...common,
    definition: `CREATE ${sequence.unlogged ? 'UNLOGGED ' : ''}SEQUENCE ${sequence.qualified}${type}${parameters.join('')};`,
    followers:
      owner === undefined
        ? []
        : [
            {
              description: 'SEQUENCE OWNED BY',
              tag: sequence.name,
              definition: `ALTER SEQUENCE ${sequence.qualified} OWNED BY ${owner.table.qualified}.${owner.column};`,
            },
          ],
  }
}

const LIMITS: Readonly<Record<string, readonly [bigint, bigint]>> = {
  smallint: [-(2n ** 15n), 2n ** 15n - 1n],
  integer: [-(2n ** 31n), 2n ** 31n - 1n],
  bigint: [-(2n ** 63n), 2n ** 63n - 1n],
}

function sequenceParameters(row: SequenceRow): string[] {
  const [least, greatest] = LIMITS[row.type] ?? [0n, 0n]
  const ascending = BigInt(row.increment) > 0n
  const usualMinimum = ascending ? 1n : least
  const usualMaximum = ascending ? greatest : -1n
  return [
    `START WITH ${row.start}`,
    `INCREMENT BY ${row.increment}`,
    BigInt(row.minimum) === usualMinimum ? 'NO MINVALUE' : `MINVALUE ${row.minimum}`,
    BigInt(row.maximum) === usualMaximum ? 'NO MAXVALUE' : `MAXVALUE ${row.maximum}`,
    `CACHE ${row.cache}`,
    ...(row.cycles ? ['CYCLE'] : []),
  ]
}
