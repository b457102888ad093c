/** What happens to rows whose foreign key loses its target. */
export type OnDelete = 'no action' | 'restrict' | 'cascade' | 'set null' | 'set default'

export interface CatalogColumn {
  readonly name: string
  /** As `format_type` writes it: `character varying(64)`, `timestamp without time zone`. */
  readonly type: string
  readonly notNull: boolean
  /** The default's expression: `nextval('res_partner_id_seq'::regclass)`. */
  readonly default?: string
  /** The expression of a column that PostgreSQL computes; it has no default. */
  readonly generated?: string
  readonly identity?: 'always' | 'by default'
  /** Counted from 1; gaps are columns that were dropped. */
  readonly position: number
}

/** A primary key or unique constraint. */
export interface CatalogKey {
  readonly name: string
  readonly columns: readonly string[]
}

export interface CatalogCheck {
  readonly name: string
  /** Columns that it names, in the table's order. */
  readonly columns: readonly string[]
  /** `CHECK ((amount > 0))` */
  readonly definition: string
  /** False for one that was added NOT VALID: older rows may break it. */
  readonly validated: boolean
}

export interface CatalogForeignKey {
  readonly name: string
  readonly columns: readonly string[]
  /** A table of schema public, or `schema.table`. */
  readonly target: string
  readonly targetColumns: readonly string[]
  readonly onDelete: OnDelete
  readonly validated: boolean
}

export interface CatalogIndex {
  readonly name: string
  /** The whole `CREATE INDEX` statement. */
  readonly definition: string
  readonly unique: boolean
  /** The constraint that it serves: dropping that drops the index. */
  readonly constraint?: string
  /** False for the remains of a failed `CREATE INDEX CONCURRENTLY`. */
  readonly valid: boolean
}

export interface CatalogTable {
  readonly name: string
  /** In the order of their positions. */
  readonly columns: readonly CatalogColumn[]
  readonly primaryKey?: CatalogKey
  readonly uniques: readonly CatalogKey[]
  readonly checks: readonly CatalogCheck[]
  readonly foreignKeys: readonly CatalogForeignKey[]
  readonly indexes: readonly CatalogIndex[]
  /** PostgreSQL's estimate; absent when the table was never analyzed. */
  readonly estimatedRows?: number
  /** Size of the rows, with what is stored out of line. */
  readonly tableBytes: number
  readonly indexBytes: number
}

export interface CatalogSequence {
  readonly name: string
  /** Absent when no value was taken yet. */
  readonly lastValue?: number | bigint
  readonly start: number | bigint
  readonly increment: number | bigint
  /** The column with which the sequence is dropped. */
  readonly owner?: { readonly table: string; readonly column: string }
}

export interface CatalogView {
  readonly name: string
  readonly materialized: boolean
  /** The `SELECT`. */
  readonly definition: string
}

/**
 * Schema public of one database, as it was when it was read: without what belongs to extensions. The
 * names are in byte order.
 */
export interface Catalog {
  readonly tables: ReadonlyMap<string, CatalogTable>
  readonly views: ReadonlyMap<string, CatalogView>
  readonly sequences: ReadonlyMap<string, CatalogSequence>
}
