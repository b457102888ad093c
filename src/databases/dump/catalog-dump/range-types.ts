import { sql } from '../../../db/index.js'
import { addressOf } from './address.js'
import { collationName, isNoMember, isUserSchema } from './catalog-scope.js'
import { type CatalogSource, since } from './catalog-source.js'
import type { Draft } from './draft.js'

interface RangeRow {
  readonly oid: number
  readonly schema: string
  readonly name: string
  readonly subtype: string
  readonly operatorClass: string | null
  readonly collation: string | null
  readonly difference: string | null
  readonly multirangeSchema: string | null
  readonly multirange: string | null
  readonly [column: string]: unknown
}

/** Range types. Those with a canonical function are refused: such a function needs a shell type. */
export async function readRangeTypes(source: CatalogSource): Promise<Draft[]> {
  const hasMultirange = source.session.serverVersion >= 140_000
  const rows = await source.query<RangeRow>(sql`
    SELECT t.oid, n.nspname AS schema, t.typname AS name,
           format_type(r.rngsubtype, NULL) AS subtype,
           CASE WHEN NOT o.opcdefault
                THEN format('%I.%I', o_n.nspname, o.opcname) END AS "operatorClass",
           CASE WHEN r.rngcollation <> s.typcollation
                THEN ${collationName(sql`r.rngcollation`)} END AS collation,
           CASE WHEN r.rngsubdiff <> 0 THEN r.rngsubdiff::text END AS difference,
           ${hasMultirange ? sql`m_n.nspname` : sql`NULL`} AS "multirangeSchema",
           ${hasMultirange ? sql`m.typname` : sql`NULL`} AS multirange
      FROM pg_range r
      JOIN pg_type t ON t.oid = r.rngtypid JOIN pg_namespace n ON n.oid = t.typnamespace
      JOIN pg_type s ON s.oid = r.rngsubtype
      JOIN pg_opclass o ON o.oid = r.rngsubopc JOIN pg_namespace o_n ON o_n.oid = o.opcnamespace
      ${since(
        source,
        140_000,
        sql`JOIN pg_type m ON m.oid = r.rngmultitypid JOIN pg_namespace m_n ON m_n.oid = m.typnamespace`,
        sql``,
      )}
     WHERE ${isUserSchema} AND ${isNoMember('type', sql`t.oid`)}`)
  return rows.map((row) => ({
    address: addressOf('type', row.oid),
    section: 'pre-data',
    description: 'TYPE',
    namespace: row.schema,
    tag: row.name,
    definition: `CREATE TYPE ${source.qualify(row.schema, row.name)} AS RANGE (\n${attributes(
      source,
      row,
    )
      .map((attribute) => `    ${attribute}`)
      .join(',\n')}\n);`,
  }))
}

function attributes(source: CatalogSource, row: RangeRow): string[] {
  return [
    `subtype = ${row.subtype}`,
    ...(namesMultirange(row)
      ? [`multirange_type_name = ${source.qualify(row.multirangeSchema, row.multirange)}`]
      : []),
    ...(row.operatorClass === null ? [] : [`subtype_opclass = ${row.operatorClass}`]),
    ...(row.collation === null ? [] : [`collation = ${row.collation}`]),
    ...(row.difference === null ? [] : [`subtype_diff = ${row.difference}`]),
  ]
}

/** PostgreSQL 12 and 13 know no multiranges, so one is only named when it is not called as usual. */
function namesMultirange(
  row: RangeRow,
): row is RangeRow & { readonly multirangeSchema: string; readonly multirange: string } {
  if (row.multirange === null) return false
  const usual = row.name.includes('range')
    ? row.name.replace('range', 'multirange')
    : `${row.name}_multirange`
  return row.multirange !== usual || row.multirangeSchema !== row.schema
}
