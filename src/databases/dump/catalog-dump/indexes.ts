import { sql } from '../../../db/index.js'
import { type Address, addressOf } from './address.js'
import type { CatalogSource } from './catalog-source.js'
import type { Draft } from './draft.js'
import { draftKeyConstraint, hasConstraint } from './key-constraints.js'
import { ofKind, type Relations } from './relations.js'
import { indexRoles, type TableIndex } from './table-index.js'

type IndexRow = Omit<TableIndex, 'table' | 'relation'> & { table: number } & Record<string, unknown>

/** Indexes of tables and materialized views, and the constraints that indexes enforce. */
export async function readIndexes(source: CatalogSource, relations: Relations): Promise<Draft[]> {
  const rows = await source.query<IndexRow>(sql`
    SELECT i.indexrelid AS oid, i.indrelid AS table, i.indisclustered AS clustered,
           i.indisreplident AS "isReplicaIdentity", i.indisvalid AS valid, k.oid AS "constraint",
           k.conname AS "constraintName", k.contype AS "constraintType", s.statistics,
           CASE WHEN k.oid IS NULL THEN pg_get_indexdef(i.indexrelid)
                ELSE pg_get_constraintdef(k.oid) END AS definition
      FROM pg_index i
      LEFT JOIN pg_constraint k ON k.conindid = i.indexrelid AND k.conrelid = i.indrelid
       AND k.contype IN ('p', 'u', 'x')
      LEFT JOIN (SELECT a.attrelid,
                        array_agg(format('%s=%s', a.attnum, a.attstattarget) ORDER BY a.attnum) AS statistics
                   FROM pg_attribute a WHERE a.attrelid >= 16384 AND a.attstattarget >= 0
                  GROUP BY 1) s ON s.attrelid = i.indexrelid
     WHERE i.indexrelid >= 16384`)
  return rows.flatMap((row) => {
    const table = relations.get(row.table)
    const relation = relations.get(row.oid)
    if (table === undefined || relation === undefined) return []
    const index: TableIndex = { ...row, table, relation }
    return hasConstraint(index) ? draftKeyConstraint(source, index) : draftIndex(source, index)
  })
}

/** An index that enforces no constraint; what a failed build has left behind is reported. */
function draftIndex({ findings, quote }: CatalogSource, index: TableIndex): Draft | [] {
  const { relation, table } = index
  // The index of a partitioned table counts as invalid until every partition has one.
  if (!index.valid && relation.kind === 'i') {
    findings.add({
      code: 'INVALID_INDEX_LEFT_OUT',
      severity: 'info',
      message: `The index ${relation.qualified} on ${table.qualified} is invalid and not in the dump`,
      place: { object: relation.qualified },
      hint: 'A build with CONCURRENTLY has failed; REINDEX it or drop it.',
    })
    return []
  }
  const statistics = (index.statistics ?? []).map((pair) => {
    const [column, target] = pair.split('=')
    return `ALTER INDEX ${relation.qualified} ALTER COLUMN ${column} SET STATISTICS ${target};`
  })
  return {
    address: addressOf('relation', index.oid),
    section: 'post-data',
    description: 'INDEX',
    namespace: relation.schema,
    tag: relation.name,
    needs: [addressOf('relation', table.oid)],
    definition: [`${index.definition};`, ...statistics, ...indexRoles(index, quote)].join('\n\n'),
  }
}

/** Joins the indexes of partitions to that of the partitioned table, constraints' indexes as well. */
export function draftIndexAttachments(relations: Relations): Draft[] {
  return ofKind(relations, 'i', 'I').flatMap((index) => {
    const [parent] = index.parents
    if (parent === undefined) return []
    return {
      address: addressOf('relation', index.oid, 'attach'),
      section: 'post-data',
      description: 'INDEX ATTACH',
      namespace: index.schema,
      tag: index.name,
      needs: [addressOf('relation', index.oid), addressOf('relation', parent.oid)],
      definition: `ALTER INDEX ${parent.qualified} ATTACH PARTITION ${index.qualified};`,
    }
  })
}

/** All attachments that the index of a partitioned table waits for until it is valid. */
export function attachmentsOf(relations: Relations, index: number): Address[] {
  return ofKind(relations, 'i', 'I')
    .filter(({ parents }) => parents.some(({ oid }) => oid === index))
    .flatMap(({ oid }) => [addressOf('relation', oid, 'attach'), ...attachmentsOf(relations, oid)])
}
