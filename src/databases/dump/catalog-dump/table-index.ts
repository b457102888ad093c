import type { Relation } from './relations.js'

/** An index of a table or materialized view. */
export interface TableIndex {
  readonly oid: number
  readonly table: Relation
  /** The index itself. */
  readonly relation: Relation
  /** CREATE INDEX, or the words of its constraint: `PRIMARY KEY (id)`. */
  readonly definition: string
  readonly clustered: boolean
  readonly isReplicaIdentity: boolean
  readonly valid: boolean
  /** Of an index that enforces a constraint. */
  readonly constraint: number | null
  readonly constraintName: string | null
  /** Primary key, unique, exclusion. */
  readonly constraintType: 'p' | 'u' | 'x' | null
  /** `column number=target` of expressions whose statistics have a target of their own. */
  readonly statistics: readonly string[] | null
}

/** What the table uses the index for, as statements. */
export function indexRoles(index: TableIndex, quote: (name: string) => string): string[] {
  const { table, relation } = index
  const name = quote(relation.name)
  const kind = table.kind === 'm' ? 'MATERIALIZED VIEW' : 'TABLE'
  return [
    ...(index.clustered ? [`ALTER ${kind} ${table.qualified} CLUSTER ON ${name};`] : []),
    ...(index.isReplicaIdentity
      ? [`ALTER TABLE ONLY ${table.qualified} REPLICA IDENTITY USING INDEX ${name};`]
      : []),
  ]
}
