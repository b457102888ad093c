import { sql } from '../../../db/index.js'
import { isUserRelation } from './catalog-scope.js'
import type { CatalogSource } from './catalog-source.js'
import { type Column, readColumns } from './columns.js'
import { together } from './query-queue.js'

/** `pg_class.relkind`: table, partitioned table, view, materialized view, sequence, composite type, index. */
export type RelationKind = 'r' | 'p' | 'v' | 'm' | 'S' | 'c' | 'i' | 'I'

/** A row of `pg_class` with its columns; those of an extension are not among them. */
export interface Relation {
  readonly oid: number
  readonly schema: string
  readonly name: string
  readonly kind: RelationKind
  /** Schema and name as SQL. */
  readonly qualified: string
  readonly unlogged: boolean
  readonly options: readonly string[] | null
  readonly toastOptions: readonly string[] | null
  /** `RANGE (day)`, of a partitioned table. */
  readonly partitionKey: string | null
  /** `FOR VALUES FROM …`, of a partition. */
  readonly partitionBound: string | null
  readonly isPartition: boolean
  /** `pg_class.relreplident`: default, full, nothing, index. */
  readonly replicaIdentity: string
  readonly rowSecurity: boolean
  readonly forcesRowSecurity: boolean
  /** Of a materialized view: whether it has ever been filled. */
  readonly populated: boolean
  /** Of a table: nothing on disk, so no transaction can see a row. */
  readonly empty: boolean
  readonly columns: readonly Column[]
  /** Tables that this one inherits from or is a partition of, in order. */
  readonly parents: readonly Relation[]
}

type RelationRow = Omit<Relation, 'qualified' | 'columns' | 'parents'> & Record<string, unknown>

/** All relations of the database by oid. */
export type Relations = ReadonlyMap<number, Relation>

export async function readRelations(source: CatalogSource): Promise<Relations> {
  const [rows, columns, parentOids] = await together([
    readRows(source),
    readColumns(source),
    readParents(source),
  ])
  const relations = new Map<number, Relation & { parents: readonly Relation[] }>()
  for (const row of rows) {
    relations.set(row.oid, {
      ...row,
      qualified: source.qualify(row.schema, row.name),
      columns: columns.get(row.oid) ?? [],
      parents: [],
    })
  }
  for (const [oid, parents] of parentOids) {
    const child = relations.get(oid)
    if (child === undefined) continue
    child.parents = parents.flatMap((parent) => relations.get(parent) ?? [])
  }
  return relations
}

async function readRows({ query }: CatalogSource): Promise<readonly RelationRow[]> {
  return query<RelationRow>(sql`
    SELECT c.oid, n.nspname AS schema, c.relname AS name, c.relkind AS kind,
           c.relpersistence = 'u' AS unlogged, c.reloptions AS options,
           o.reloptions AS "toastOptions",
           CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END AS "partitionKey",
           CASE WHEN c.relispartition THEN pg_get_expr(c.relpartbound, c.oid) END AS "partitionBound",
           c.relispartition AS "isPartition", c.relreplident AS "replicaIdentity",
           c.relrowsecurity AS "rowSecurity", c.relforcerowsecurity AS "forcesRowSecurity",
           c.relispopulated AS populated,
           c.relkind = 'r' AND pg_relation_size(c.oid) = 0 AS empty
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_class o ON o.oid = c.reltoastrelid AND o.reloptions IS NOT NULL
     WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'c', 'i', 'I') AND ${isUserRelation}`)
}

/** For each table or index the ones it inherits from, in order. */
async function readParents({ query }: CatalogSource): Promise<ReadonlyMap<number, number[]>> {
  const rows = await query<{ child: number; parent: number }>(
    sql`SELECT inhrelid AS child, inhparent AS parent FROM pg_inherits ORDER BY inhrelid, inhseqno`,
  )
  const parents = new Map<number, number[]>()
  for (const { child, parent } of rows) {
    parents.set(child, [...(parents.get(child) ?? []), parent])
  }
  return parents
}

/** The relations of some kinds. */
export function ofKind(relations: Relations, ...kinds: readonly RelationKind[]): Relation[] {
  return [...relations.values()].filter(({ kind }) => kinds.includes(kind))
}
