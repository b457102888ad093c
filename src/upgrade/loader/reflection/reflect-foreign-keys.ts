import { type Session, sql } from '../../../db/index.js'
import type { RegistryModel } from '../../../odoo/registry/index.js'
import type { PlannedForeignKey } from '../schema/schema-plan.js'

type Registry = ReadonlyMap<string, RegistryModel>

/** Writes rows of `ir_model_constraint` for foreign keys that were made: their names are PostgreSQL's. */
export async function reflectForeignKeys(
  session: Session,
  made: readonly PlannedForeignKey[],
  registry: Registry,
): Promise<void> {
  const own = made.filter(({ module }) => module !== undefined)
  if (own.length === 0) return
  const isJson =
    registry.get('ir.model.constraint')?.fields.get('message')?.column?.type === 'jsonb'
  const rows = own.map(({ table, column, target, model, module }, n) => ({
    ...{ n, table, column, target, model, module },
  }))
  const message = isJson ? sql`jsonb_build_object('en_US', NULL)` : sql`NULL`
  await session.query(sql`
    WITH wanted AS MATERIALIZED (
      SELECT w.n, k.conname AS name, m.id AS module,
             (SELECT id FROM ir_model o WHERE o.model = w.model) AS model
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
             AS w(n integer, "table" text, "column" text, target text, model text, module text)
        JOIN ir_module_module m ON m.name = w.module
        JOIN pg_catalog.pg_class t ON t.relname = w."table" AND t.relnamespace = 'public'::pg_catalog.regnamespace
        JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attname = w."column"
        JOIN pg_catalog.pg_constraint k ON k.conrelid = t.oid AND k.contype = 'f' AND k.conkey = ARRAY[a.attnum]
        JOIN pg_catalog.pg_class f ON f.oid = k.confrelid AND f.relname = w.target),
    changed AS (
      UPDATE ir_model_constraint t
         SET type = 'f', definition = NULL, message = ${message}, write_uid = 1,
             write_date = now() AT TIME ZONE 'UTC'
        FROM wanted w
       WHERE t.name = w.name AND t.module = w.module AND (t.type <> 'f' OR t.definition IS NOT NULL))
    INSERT INTO ir_model_constraint
           (name, module, model, type, definition, message, create_uid, write_uid, create_date, write_date)
    SELECT w.name, w.module, w.model, 'f', NULL, ${message}, 1, 1,
           now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
      FROM wanted w
     WHERE NOT EXISTS (SELECT FROM ir_model_constraint t WHERE t.name = w.name AND t.module = w.module)
     ORDER BY w.n`)
}
