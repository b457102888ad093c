import { raw, sql } from '../../../db/index.js'
import { type Address, catalogOid, catalogOids } from './address.js'
import { literal } from './catalog-scope.js'
import { type CatalogSource, since } from './catalog-source.js'

/** `of` cannot be made before `on`. */
export interface Edge {
  readonly of: Address
  readonly on: Address
}

interface EdgeRow {
  readonly catalog: number
  readonly oid: number
  readonly onCatalog: number
  readonly onOid: number
  readonly [column: string]: unknown
}

const CATALOGS = raw(catalogOids.join(', '))

/**
 * What depends on what, as `pg_depend` has it. Foreign keys are left out, which know their two tables
 * and their index, and so are the triggers by which they work: together they are most of the rows.
 */
export async function readEdges({ query }: CatalogSource): Promise<Edge[]> {
  const rows = await query<EdgeRow>(sql`
    SELECT DISTINCT d.classid AS catalog, d.objid AS oid,
           d.refclassid AS "onCatalog", d.refobjid AS "onOid"
      FROM pg_depend d
     WHERE d.deptype <> 'e' AND d.objid >= 16384 AND d.refobjid >= 16384
       AND d.classid IN (${CATALOGS}) AND d.refclassid IN (${CATALOGS})
       AND (d.classid, d.objid) <> (d.refclassid, d.refobjid)
       AND NOT (d.classid = ${literal(catalogOid('trigger'))} AND d.deptype = 'i')
       AND NOT (d.classid = ${literal(catalogOid('constraint'))} AND EXISTS
            (SELECT FROM pg_constraint k WHERE k.oid = d.objid AND k.contype = 'f'))`)
  return rows.map(({ catalog, oid, onCatalog, onOid }) => ({
    of: `${catalog}/${oid}`,
    on: `${onCatalog}/${onOid}`,
  }))
}

/**
 * Rows of the catalog that are made by the statement for another row: a table's row type, a type's
 * array type, what an extension brings along.
 */
export async function readCompanions(
  source: CatalogSource,
): Promise<ReadonlyMap<Address, Address>> {
  const type = literal(catalogOid('type'))
  const rows = await source.query<EdgeRow>(sql`
    SELECT ${type} AS catalog, t.oid, ${literal(catalogOid('relation'))} AS "onCatalog",
           t.typrelid AS "onOid"
      FROM pg_type t WHERE t.oid >= 16384 AND t.typrelid <> 0
    UNION ALL
    SELECT ${type}, t.typarray, ${type}, t.oid
      FROM pg_type t WHERE t.oid >= 16384 AND t.typarray <> 0
    UNION ALL
    ${since(
      source,
      140_000,
      sql`SELECT ${type}, r.rngmultitypid, ${type}, r.rngtypid FROM pg_range r WHERE r.rngtypid >= 16384 UNION ALL`,
      sql``,
    )}
    SELECT d.classid, d.objid, d.refclassid, d.refobjid FROM pg_depend d
     WHERE d.objid >= 16384 AND (d.deptype = 'e' OR d.deptype = 'i'
           AND d.classid = ${literal(catalogOid('function'))} AND d.refclassid = ${type})`)
  return new Map(
    rows.map(({ catalog, oid, onCatalog, onOid }) => [
      `${catalog}/${oid}`,
      `${onCatalog}/${onOid}`,
    ]),
  )
}
