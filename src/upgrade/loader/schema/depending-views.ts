import { id, join, raw, type Session, type Sql, sql } from '../../../db/index.js'
import type { ColumnReference } from './schema-plan.js'

/** A view that was dropped because a column below it changes its type. */
export interface DroppedView {
  readonly name: string
  readonly materialized: boolean
  /** Its `SELECT`. */
  readonly definition: string
}

type ViewRow = { name: string; materialized: boolean; definition: string }

/**
 * Drops the views that read columns, and the views on those; PostgreSQL refuses to change the columns otherwise.
 * Returns them, the lowest first.
 */
export async function dropDependingViews(
  session: Session,
  columns: readonly ColumnReference[],
): Promise<readonly DroppedView[]> {
  if (columns.length === 0) return []
  const pairs = JSON.stringify(columns)
  const { rows } = await session.query<ViewRow>(sql`
    WITH RECURSIVE reading(oid, depth) AS (
      SELECT w.ev_class, 1
        FROM jsonb_to_recordset(${pairs}::jsonb) AS x("table" text, "column" text)
        JOIN pg_catalog.pg_class t ON t.relname = x."table" AND t.relnamespace = 'public'::pg_catalog.regnamespace
        JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attname = x."column"
        JOIN pg_catalog.pg_depend d ON d.refobjid = t.oid AND d.refobjsubid = a.attnum
        JOIN pg_catalog.pg_rewrite w ON w.oid = d.objid
       UNION
      SELECT w.ev_class, r.depth + 1
        FROM reading r
        JOIN pg_catalog.pg_depend d ON d.refobjid = r.oid
        JOIN pg_catalog.pg_rewrite w ON w.oid = d.objid AND w.ev_class <> r.oid)
    SELECT c.relname AS name, c.relkind = 'm' AS materialized,
           pg_catalog.pg_get_viewdef(c.oid) AS definition
      FROM reading r JOIN pg_catalog.pg_class c ON c.oid = r.oid AND c.relkind IN ('v', 'm')
     GROUP BY c.oid, c.relname, c.relkind ORDER BY max(r.depth), c.relname COLLATE "C"`)
  if (rows.length === 0) return []
  await session.execute(join([...rows].reverse().map(dropView), ';\n'))
  return rows
}

function dropView({ name, materialized }: DroppedView): Sql {
  return sql`DROP ${raw(materialized ? 'MATERIALIZED VIEW' : 'VIEW')} IF EXISTS ${id(name)} CASCADE`
}

/** Makes a view again as it was. */
export function restoreView({ name, materialized, definition }: DroppedView): Sql {
  const kind = raw(materialized ? 'MATERIALIZED VIEW' : 'VIEW')
  return sql`CREATE ${kind} ${id(name)} AS ${raw(definition.replace(/;\s*$/, ''))}`
}
