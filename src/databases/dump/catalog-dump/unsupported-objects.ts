import { UserError } from '../../../base/index.js'
import { raw, type Sql, sql } from '../../../db/index.js'
import { isUserSchema } from './catalog-scope.js'
import type { CatalogSource } from './catalog-source.js'

interface UnsupportedRow {
  readonly kind: string
  readonly name: string
  readonly [column: string]: unknown
}

/** Objects of a whole catalog that the dump has no words for; `name` is an expression over `o`. */
const CATALOGS: readonly (readonly [kind: string, catalog: string, name: string])[] = [
  ['access method', 'pg_am', 'o.amname'],
  ['cast', 'pg_cast', "format('%s AS %s', o.castsource::regtype, o.casttarget::regtype)"],
  ['conversion', 'pg_conversion', 'o.conname'],
  ['event trigger', 'pg_event_trigger', 'o.evtname'],
  ['foreign-data wrapper', 'pg_foreign_data_wrapper', 'o.fdwname'],
  ['language', 'pg_language', 'o.lanname'],
  ['operator', 'pg_operator', 'o.oid::regoperator::text'],
  ['operator class', 'pg_opclass', 'o.opcname'],
  ['operator family', 'pg_opfamily', 'o.opfname'],
  ['publication', 'pg_publication', 'o.pubname'],
  ['server', 'pg_foreign_server', 'o.srvname'],
  ['text search configuration', 'pg_ts_config', 'o.cfgname'],
  ['text search dictionary', 'pg_ts_dict', 'o.dictname'],
  ['text search parser', 'pg_ts_parser', 'o.prsname'],
  ['text search template', 'pg_ts_template', 'o.tmplname'],
  ['transform', 'pg_transform', "format('FOR %s', o.trftype::regtype)"],
]

/** Refuses a database in which there is anything that the dump would leave out. */
export async function refuseUnsupported(source: CatalogSource): Promise<void> {
  const { query, session } = source
  const rows = await query<UnsupportedRow>(unsupported())
  if (rows.length === 0) return
  const objects = rows.map(({ kind, name }) => `${kind} ${name}`)
  const major = Math.floor(session.serverVersion / 10_000)
  throw new UserError(
    'BUILTIN_DUMP_UNSUPPORTED',
    `"${session.database}" holds objects that moult's own dump cannot write: ${shorten(objects)}`,
    {
      hint: `Install PostgreSQL's client programs (pg_dump) of version ${major} or newer, which moult then uses; or drop the objects if nothing needs them.`,
      data: { objects },
    },
  )
}

const SHOWN = 10

function shorten(objects: readonly string[]): string {
  const more = objects.length - SHOWN
  return `${objects.slice(0, SHOWN).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

function unsupported(): Sql {
  const all = CATALOGS.map(
    ([kind, catalog, name]) =>
      `SELECT '${kind}' AS kind, (${name})::text AS name, '${catalog}'::regclass AS catalog, o.oid
         FROM ${catalog} o WHERE o.oid >= 16384`,
  )
  return sql`
    SELECT w.kind, w.name FROM (${raw(all.join(' UNION ALL '))}) w
     WHERE NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = w.catalog AND e.objid = w.oid
                          AND e.deptype IN ('e', 'i'))
    UNION ALL
    SELECT 'large objects:', count(*)::text FROM pg_largeobject_metadata HAVING count(*) > 0
    UNION ALL
    SELECT 'subscription', subname FROM pg_subscription
     WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
    UNION ALL
    SELECT 'security label on', objoid::text FROM pg_seclabel
    UNION ALL
    ${relations}
    UNION ALL
    ${types}
    UNION ALL
    ${notNulls}
    ORDER BY 1, 2`
}

/** Tables of kinds that CREATE TABLE as it is written here would change. */
const relations = sql`
    SELECT CASE WHEN c.relkind = 'f' THEN 'foreign table' WHEN c.reloftype <> 0 THEN 'typed table'
                ELSE 'table with an access method of its own' END, c.oid::regclass::text
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_am a ON a.oid = c.relam
     WHERE ${isUserSchema}
       AND (c.relkind = 'f' OR c.reloftype <> 0 OR c.relkind IN ('r', 'p', 'm') AND a.amname <> 'heap')
       AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass
                          AND e.objid = c.oid AND e.deptype = 'e')`

/** Base types need functions in C; so do ranges with a canonical form, through a shell type. */
const types = sql`
    SELECT CASE t.typtype WHEN 'b' THEN 'base type' WHEN 'r' THEN 'range type with a canonical function'
                          ELSE 'shell type' END, t.oid::regtype::text
      FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
      LEFT JOIN pg_range r ON r.rngtypid = t.oid
     WHERE ${isUserSchema}
       AND (t.typtype = 'p' OR r.rngcanonical <> 0 OR t.typtype = 'b'
            AND NOT EXISTS (SELECT FROM pg_type b WHERE b.typarray = t.oid))
       AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_type'::regclass
                          AND e.objid = t.oid AND e.deptype = 'e')`

/**
 * Not-null constraints that are more than a property of the column: PostgreSQL 18 can keep one from
 * children or leave it unchecked, older versions let a child do without.
 */
const notNulls = sql`
    SELECT 'not-null constraint with exceptions on', format('%s.%I', a.attrelid::regclass, a.attname)
      FROM pg_inherits i
      JOIN pg_class c ON c.oid = i.inhrelid AND c.relkind = 'r' AND NOT c.relispartition
      JOIN pg_attribute a ON a.attrelid = i.inhparent AND a.attnum > 0 AND a.attnotnull
      JOIN pg_attribute b ON b.attrelid = i.inhrelid AND b.attname = a.attname AND NOT b.attnotnull
    UNION
    SELECT 'not-null constraint with exceptions on', format('%s.%I', k.conrelid::regclass, a.attname)
      FROM pg_constraint k
      JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)
     WHERE k.contype = 'n' AND NOT k.convalidated`
