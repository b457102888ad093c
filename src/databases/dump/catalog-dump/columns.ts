import { sql } from '../../../db/index.js'
import { collationName, isUserRelation } from './catalog-scope.js'
import { type CatalogSource, since } from './catalog-source.js'

/** A column of a table, view or composite type. */
export interface Column {
  readonly relation: number
  readonly number: number
  readonly name: string
  /** The name as SQL. */
  readonly quoted: string
  readonly type: string
  /** As SQL, when it is not the type's own. */
  readonly collation: string | null
  readonly notNull: boolean
  readonly identity: boolean
  /** `s` stored, `v` virtual (PostgreSQL 18), empty for ordinary columns. */
  readonly generated: '' | 's' | 'v'
  /** Declared by the table itself, be it inherited as well. */
  readonly isLocal: boolean
  readonly default: string | null
  readonly defaultOid: number | null
  readonly statistics: number | null
  /** `pg_attribute.attstorage`, when it is not the type's own. */
  readonly storage: string | null
  /** `p` or `l`, when chosen. */
  readonly compression: string
  readonly options: readonly string[] | null
  /** Values of the type may be written by names, which look different under another search path. */
  readonly holdsNames: boolean
}

type ColumnRow = Omit<Column, 'quoted'> & Record<string, unknown>

/** The columns of all relations that have columns of their own, by relation, in order. */
export async function readColumns(source: CatalogSource): Promise<ReadonlyMap<number, Column[]>> {
  const rows = await source.query<ColumnRow>(sql`
    SELECT a.attrelid AS relation, a.attnum AS number, a.attname AS name,
           format_type(a.atttypid, a.atttypmod) AS type,
           CASE WHEN a.attcollation <> t.typcollation
                THEN ${collationName(sql`a.attcollation`)} END AS collation,
           a.attnotnull AS "notNull", a.attidentity <> '' AS identity, a.attgenerated AS generated,
           a.attislocal AS "isLocal", d.oid AS "defaultOid", pg_get_expr(d.adbin, d.adrelid) AS "default",
           nullif(a.attstattarget, -1) AS statistics,
           CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage END AS storage,
           ${since(source, 140_000, sql`a.attcompression`, sql`''::text`)} AS compression,
           a.attoptions AS options,
           t.typnamespace <> 'pg_catalog'::regnamespace OR t.typname ~ '^_?reg' AS "holdsNames"
      FROM pg_attribute a
      JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_type t ON t.oid = a.atttypid
      LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum AND a.atthasdef
     WHERE c.relkind IN ('r', 'p', 'v', 'm', 'c') AND a.attnum > 0 AND NOT a.attisdropped
       AND ${isUserRelation}
     ORDER BY a.attrelid, a.attnum`)
  const columns = new Map<number, Column[]>()
  for (const row of rows) {
    const column = Object.assign(row, { quoted: source.quote(row.name) })
    const list = columns.get(row.relation)
    if (list === undefined) columns.set(row.relation, [column])
    else list.push(column)
  }
  return columns
}
