import type { DeleteRule } from '../../../odoo/registry/index.js'

export interface LiveColumn {
  /** `udt_name`: `varchar`, `int4`, … */
  readonly type: string
  /** Of a `varchar` with a limit. */
  readonly size: number | undefined
  readonly notNull: boolean
}

export interface LiveForeignKey {
  readonly name: string
  readonly target: string
  readonly targetColumn: string
  /** Undefined for rules that Odoo does not use. */
  readonly rule: DeleteRule | undefined
}

export interface LiveTable {
  readonly kind: 'table' | 'view' | 'materialized view' | 'other'
  readonly columns: Map<string, LiveColumn>
  /** The comment on each constraint, or its definition where it has none. */
  readonly constraints: Map<string, string>
  /** By column; of several on one column the last. */
  readonly foreignKeys: Map<string, LiveForeignKey>
  /** Tables that inherit from it, as those of actions do: what is done to its columns is done to theirs. */
  readonly children: readonly string[]
}

/**
 * What the database has of the tables that a module works on. Planning keeps it up to date with what it plans, so
 * that a second model of the same table finds what the first one did.
 */
export interface LiveSchema {
  readonly tables: Map<string, LiveTable>
  /** Tables by the names of their indexes. */
  readonly indexes: Map<string, string>
  /** `pg_trgm` is there. */
  readonly hasTrigram: boolean
  /** A function `unaccent` is there, and whether indexes may use it. */
  readonly unaccent: 'missing' | 'present' | 'indexable'
}

/** Notes what a column is now; undefined for one that is gone. */
export function noteColumn(
  live: LiveSchema,
  table: string,
  name: string,
  column: LiveColumn | undefined,
): void {
  const known = live.tables.get(table)
  if (known === undefined) return
  if (column === undefined) known.columns.delete(name)
  else known.columns.set(name, column)
  for (const child of known.children) noteColumn(live, child, name, column)
}
