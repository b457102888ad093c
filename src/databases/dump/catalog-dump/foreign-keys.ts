import { sql } from '../../../db/index.js'
import { addressOf } from './address.js'
import type { CatalogSource } from './catalog-source.js'
import type { Draft } from './draft.js'
import { attachmentsOf } from './indexes.js'
import type { Relations } from './relations.js'

interface ForeignKeyRow {
  readonly oid: number
  readonly table: number
  readonly target: number
  readonly index: number
  readonly name: string
  readonly definition: string
  readonly [column: string]: unknown
}

/** Foreign keys; those that partitions have from their parent come with the parent's. */
export async function readForeignKeys(
  source: CatalogSource,
  relations: Relations,
): Promise<Draft[]> {
  const rows = await source.query<ForeignKeyRow>(sql`
    SELECT k.oid, k.conrelid AS table, k.confrelid AS target, k.conindid AS index, k.conname AS name,
           pg_get_constraintdef(k.oid) AS definition
      FROM pg_constraint k WHERE k.contype = 'f' AND k.conparentid = 0 AND k.conrelid >= 16384`)
  return rows.flatMap((row) => {
    const table = relations.get(row.table)
    if (table === undefined) return []
    const only = table.kind === 'p' ? '' : 'ONLY '
    const toPartitions = relations.get(row.target)?.kind === 'p'
    return {
      address: addressOf('constraint', row.oid),
      section: 'post-data',
      description: 'FK CONSTRAINT',
      namespace: table.schema,
      tag: `${table.name} ${row.name}`,
      needs: [
        addressOf('relation', row.table),
        addressOf('relation', row.target),
        addressOf('relation', row.index),
        ...(toPartitions ? attachmentsOf(relations, row.index) : []),
      ],
      definition: `ALTER TABLE ${only}${table.qualified}\n    ADD CONSTRAINT ${source.quote(row.name)} ${row.definition};`,
    }
  })
}
