import { raw, type Sql, sql } from '../../../db/index.js'
import { type Catalog, catalogOid } from './address.js'

/** Where `n` is `pg_namespace`: the schemas that hold users' objects; temporary ones are not among them. */
export const isUserSchema: Sql = sql`(n.nspname !~ '^pg_' AND n.nspname <> 'information_schema')`

/** That no extension brings the row `oid` of `catalog` along. */
export function isNoMember(catalog: Catalog, oid: Sql): Sql {
  return sql`NOT EXISTS (SELECT FROM pg_depend e WHERE e.deptype = 'e'
    AND e.classid = ${literal(catalogOid(catalog))} AND e.objid = ${oid})`
}

/** A number as part of the text, so that a statement without parameters stays one. */
export function literal(value: number): Sql {
  return raw(String(value))
}

/** The qualified name of a collation; `regcollation` is younger than PostgreSQL 12. */
export function collationName(oid: Sql): Sql {
  return sql`(SELECT format('%I.%I', l_n.nspname, l.collname)
    FROM pg_collation l JOIN pg_namespace l_n ON l_n.oid = l.collnamespace WHERE l.oid = ${oid})`
}

/**
 * Where `c` is `pg_class` and `n` its schema: relations of users. An extension's composite type is a
 * member as a type only.
 */
export const isUserRelation: Sql = sql`(${isUserSchema} AND ${isNoMember('relation', sql`c.oid`)}
  AND (c.relkind <> 'c' OR ${isNoMember('type', sql`c.reltype`)}))`
