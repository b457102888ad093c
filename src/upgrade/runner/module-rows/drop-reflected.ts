import { id, join, raw, type Session, sql } from '../../../db/index.js'

interface Reflected extends Record<string, unknown> {
  readonly table: string
  readonly name: string
}

/** Rows of a reflection model that only these modules have an xml id on. */
const onlyOf = (model: string, modules: readonly string[]) => sql`
  SELECT d.res_id FROM ir_model_data d
   WHERE d.model = ${model} AND d.module = ANY(${[...modules]}::text[])
     AND NOT EXISTS (SELECT FROM ir_model_data o WHERE o.model = d.model AND o.res_id = d.res_id
                        AND o.module <> ALL(${[...modules]}::text[]))`

/**
 * Drops what modules alone have brought into the schema: constraints, many2many tables, columns, tables, and
 * the rows that describe them. Tables of a fixed kind: one statement for each.
 */
export async function dropReflected(session: Session, modules: readonly string[]): Promise<void> {
  await dropConstraints(session, modules)
  await dropRelations(session, modules)
  await dropColumns(session, modules)
  await dropTables(session, modules)
}

async function dropConstraints(session: Session, modules: readonly string[]): Promise<void> {
  const { rows } = await session.query<Reflected>(sql`
    SELECT DISTINCT x.conrelid::regclass::text AS "table", x.conname AS name
      FROM ir_model_constraint c
      JOIN ir_module_module m ON m.id = c.module AND m.name = ANY(${[...modules]}::text[])
      JOIN pg_catalog.pg_constraint x ON x.conname = c.name
       AND x.connamespace = 'public'::regnamespace AND x.contype IN ('c', 'u', 'f', 'x')
     WHERE NOT EXISTS (SELECT FROM ir_model_constraint o WHERE o.name = c.name AND o.module <> c.module)`)
  const drops = rows.map(
    (row) => sql`ALTER TABLE ${raw(row.table)} DROP CONSTRAINT IF EXISTS ${id(row.name)}`,
  )
  if (drops.length > 0) await session.execute(join(drops, '; '))
  await session.query(sql`
    DELETE FROM ir_model_constraint c USING ir_module_module m
     WHERE m.id = c.module AND m.name = ANY(${[...modules]}::text[])`)
}

async function dropRelations(session: Session, modules: readonly string[]): Promise<void> {
  const { rows } = await session.query<Reflected>(sql`
    SELECT DISTINCT r.name AS "table", r.name
      FROM ir_model_relation r
      JOIN ir_module_module m ON m.id = r.module AND m.name = ANY(${[...modules]}::text[])
     WHERE to_regclass(quote_ident(r.name)) IS NOT NULL
       AND NOT EXISTS (SELECT FROM ir_model_relation o WHERE o.name = r.name AND o.module <> r.module)`)
  const drops = rows.map((row) => sql`DROP TABLE IF EXISTS ${id(row.table)}`)
  if (drops.length > 0) await session.execute(join(drops, '; '))
  await session.query(sql`
    DELETE FROM ir_model_relation r USING ir_module_module m
     WHERE m.id = r.module AND m.name = ANY(${[...modules]}::text[])`)
}

async function dropColumns(session: Session, modules: readonly string[]): Promise<void> {
  const { rows } = await session.query<Reflected>(sql`
    SELECT a.attrelid::regclass::text AS "table", a.attname AS name
      FROM ir_model_fields f
      JOIN pg_catalog.pg_attribute a
        ON a.attrelid = to_regclass(quote_ident(replace(f.model, '.', '_')))
       AND a.attname = f.name AND NOT a.attisdropped AND a.attnum > 0
     WHERE f.id IN (${onlyOf('ir.model.fields', modules)}) AND f.name <> 'id'`)
  const drops = rows.map(
    (row) => sql`ALTER TABLE ${raw(row.table)} DROP COLUMN IF EXISTS ${id(row.name)} CASCADE`,
  )
  if (drops.length > 0) await session.execute(join(drops, '; '))
  await session.query(
    sql`DELETE FROM ir_model_fields WHERE id IN (${onlyOf('ir.model.fields', modules)})`,
  )
}

async function dropTables(session: Session, modules: readonly string[]): Promise<void> {
  const { rows } = await session.query<Reflected & { kind: string }>(sql`
    SELECT c.oid::regclass::text AS "table", c.relname AS name, c.relkind AS kind
      FROM ir_model m
      JOIN pg_catalog.pg_class c ON c.oid = to_regclass(quote_ident(replace(m.model, '.', '_')))
       AND c.relkind IN ('r', 'v')
     WHERE m.id IN (${onlyOf('ir.model', modules)})`)
  const drops = rows.map((row) =>
    row.kind === 'v'
      ? sql`DROP VIEW IF EXISTS ${raw(row.table)} CASCADE`
      : sql`DROP TABLE IF EXISTS ${raw(row.table)} CASCADE`,
  )
  if (drops.length > 0) await session.execute(join(drops, '; '))
  await session.query(sql`DELETE FROM ir_model WHERE id IN (${onlyOf('ir.model', modules)})`)
}
