import { raw } from '../sql.js'

/**
 * The statements that read a catalog, one for each kind of object. Functions are qualified: a database
 * may hold functions of the same names.
 */

/** A relation `c` of schema public that no extension brought along. */
const OWN = `c.relnamespace = 'public'::pg_catalog.regnamespace
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                    WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                      AND d.objid = c.oid AND d.deptype = 'e')`

const ORDER = 'ORDER BY c.relname COLLATE "C"'

/** The names of a constraint's columns in its own order; key and table are columns of k. */
const namesOf = (key: string, table: string): string => `
  ARRAY(SELECT a.attname::text
          FROM pg_catalog.unnest(k.${key}) WITH ORDINALITY AS p(attnum, place)
          JOIN pg_catalog.pg_attribute a ON a.attrelid = k.${table} AND a.attnum = p.attnum
         ORDER BY p.place)`

export const TABLES = raw(`
  SELECT c.relname AS name,
         CASE WHEN c.reltuples > 0 OR c.reltuples = 0 AND c.relpages > 0 THEN c.reltuples::float8 END AS rows,
         pg_catalog.pg_table_size(c.oid) AS table_bytes,
         pg_catalog.pg_indexes_size(c.oid) AS index_bytes
    FROM pg_catalog.pg_class c
   WHERE c.relkind IN ('r', 'p') AND ${OWN}
   ${ORDER}`)

export const COLUMNS = raw(`
  SELECT c.relname AS table, a.attname AS name, a.attnum AS position, a.attnotnull AS not_null,
         pg_catalog.format_type(a.atttypid, a.atttypmod) AS type,
         pg_catalog.pg_get_expr(e.adbin, e.adrelid) AS expression,
         a.attgenerated AS generated, a.attidentity AS identity
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_catalog.pg_attrdef e ON e.adrelid = a.attrelid AND e.adnum = a.attnum
   WHERE c.relkind IN ('r', 'p') AND ${OWN}
   ${ORDER}, a.attnum`)

export const CONSTRAINTS = raw(`
  SELECT c.relname AS table, k.conname AS name, k.contype AS kind, k.convalidated AS validated,
         ${namesOf('conkey', 'conrelid')} AS columns,
         CASE WHEN k.contype = 'c' THEN pg_catalog.pg_get_constraintdef(k.oid) END AS definition,
         CASE WHEN t.relnamespace <> c.relnamespace
              THEN t.relnamespace::pg_catalog.regnamespace::text || '.' ELSE '' END || t.relname AS target,
         ${namesOf('confkey', 'confrelid')} AS target_columns,
         k.confdeltype AS on_delete
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_constraint k ON k.conrelid = c.oid AND k.contype IN ('p', 'u', 'c', 'f')
    LEFT JOIN pg_catalog.pg_class t ON t.oid = k.confrelid
   WHERE c.relkind IN ('r', 'p') AND ${OWN}
   ${ORDER}, k.conname COLLATE "C"`)

export const INDEXES = raw(`
  SELECT c.relname AS table, n.relname AS name, pg_catalog.pg_get_indexdef(i.indexrelid) AS definition,
         i.indisunique AS unique, i.indisvalid AS valid, k.conname AS constraint
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_index i ON i.indrelid = c.oid
    JOIN pg_catalog.pg_class n ON n.oid = i.indexrelid
    LEFT JOIN pg_catalog.pg_constraint k
           ON k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x')
   WHERE c.relkind IN ('r', 'p') AND ${OWN}
   ${ORDER}, n.relname COLLATE "C"`)

export const SEQUENCES = raw(`
  SELECT c.relname AS name,
         CASE WHEN pg_catalog.has_sequence_privilege(c.oid, 'SELECT,USAGE')
              THEN pg_catalog.pg_sequence_last_value(c.oid) END AS last_value,
         s.seqstart AS start, s.seqincrement AS increment,
         o.relname AS owner_table, a.attname AS owner_column
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_sequence s ON s.seqrelid = c.oid
    LEFT JOIN pg_catalog.pg_depend w
           ON w.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND w.objid = c.oid
          AND w.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND w.deptype IN ('a', 'i')
    LEFT JOIN pg_catalog.pg_class o ON o.oid = w.refobjid
    LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = o.oid AND a.attnum = w.refobjsubid
   WHERE c.relkind = 'S' AND ${OWN}
   ${ORDER}`)

export const VIEWS = raw(`
  SELECT c.relname AS name, c.relkind = 'm' AS materialized,
         pg_catalog.pg_get_viewdef(c.oid) AS definition
    FROM pg_catalog.pg_class c
   WHERE c.relkind IN ('v', 'm') AND ${OWN}
   ${ORDER}`)
