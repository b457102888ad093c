import { type Session, sql } from '../../../db/index.js'
import type { RegistryModel } from '../../../odoo/registry/index.js'
import {
  constraintRows,
  fieldRows,
  inheritRows,
  modelRows,
  type ReflectionGiven,
  relationRows,
  selectionRows,
} from './reflected-rows.js'
import { upsertRows, type WrittenColumn } from './upsert-rows.js'

type Registry = ReadonlyMap<string, RegistryModel>

/** Columns that are no text. */
const TYPES: Readonly<Record<string, WrittenColumn['type']>> = {
  transient: 'boolean',
  is_mail_thread: 'boolean',
  is_mail_activity: 'boolean',
  is_mail_blacklist: 'boolean',
  index: 'boolean',
  store: 'boolean',
  copied: 'boolean',
  readonly: 'boolean',
  required: 'boolean',
  selectable: 'boolean',
  translate: 'boolean',
  company_dependent: 'boolean',
  sanitize: 'boolean',
  sanitize_overridable: 'boolean',
  sanitize_tags: 'boolean',
  sanitize_attributes: 'boolean',
  sanitize_style: 'boolean',
  sanitize_form: 'boolean',
  strip_style: 'boolean',
  strip_classes: 'boolean',
  size: 'integer',
  tracking: 'integer',
  sequence: 'integer',
}

const MODEL_ID = sql`(SELECT id FROM ir_model WHERE model = w.model)`
const MODULE_ID = sql`(SELECT id FROM ir_module_module WHERE name = w.module)`

/** Writes the rows that reflect models: one statement for each table. */
export async function writeReflection(session: Session, given: ReflectionGiven): Promise<void> {
  const { registry } = given
  const models = modelRows(given)
  const modelColumns = columnsOf(models, 'ir.model', registry)
  await upsertRows(
    session,
    {
      table: 'ir_model',
      key: ['model'],
      columns: modelColumns.map((column) =>
        column.name === 'info' ? { ...column, optional: true } : column,
      ),
    },
    models,
  )
  await writeFields(session, given)
  const selections = selectionRows(given)
  await upsertRows(
    session,
    {
      table: 'ir_model_fields_selection',
      key: ['field_id', 'value'],
      columns: columnsOf(selections, 'ir.model.fields.selection', registry, ['model', 'field']),
      hidden: ['model', 'field'],
      references: [
        [
          'field_id',
          sql`(SELECT id FROM ir_model_fields f WHERE f.model = w.model AND f.name = w.field)`,
        ],
      ],
    },
    selections,
  )
  await writeConstraints(session, given)
  await writeRelations(session, given)
  if (registry.has('ir.model.inherit')) await writeInheritance(session, given)
}

async function writeFields(session: Session, given: ReflectionGiven): Promise<void> {
  const fields = fieldRows(given)
  await upsertRows(
    session,
    {
      table: 'ir_model_fields',
      key: ['model', 'name'],
      columns: columnsOf(fields, 'ir.model.fields', given.registry, ['sparse']),
      hidden: 'sparse' in (fields[0] ?? {}) ? ['sparse'] : [],
      references: [['model_id', MODEL_ID]],
    },
    fields,
  )
  const sparse = fields.filter(({ sparse: serialized }) => typeof serialized === 'string')
  if (sparse.length === 0) return
  await session.query(sql`
    UPDATE ir_model_fields t SET serialization_field_id = s.id
      FROM jsonb_to_recordset(${JSON.stringify(sparse)}::jsonb) AS w(model text, name text, sparse text)
      JOIN ir_model_fields s ON s.model = w.model AND s.name = w.sparse
     WHERE t.model = w.model AND t.name = w.name AND t.serialization_field_id IS DISTINCT FROM s.id`)
}

async function writeConstraints(session: Session, given: ReflectionGiven): Promise<void> {
  const constraints = constraintRows(given).map(({ model, module, ...row }) => ({
    ...row,
    model_name: model ?? null,
    module_name: module ?? null,
  }))
  await upsertRows(
    session,
    {
      table: 'ir_model_constraint',
      key: ['name', 'module'],
      columns: columnsOf(constraints, 'ir.model.constraint', given.registry, [
        'model_name',
        'module_name',
      ]),
      hidden: ['model_name', 'module_name'],
      references: [
        ['module', sql`(SELECT id FROM ir_module_module WHERE name = w.module_name)`],
        ['model', sql`(SELECT id FROM ir_model WHERE model = w.model_name)`],
      ],
      logs: true,
    },
    constraints,
  )
}

async function writeRelations(session: Session, given: ReflectionGiven): Promise<void> {
  const rows = relationRows(given)
  if (rows.length === 0) return
  await session.query(sql`
    INSERT INTO ir_model_relation (name, create_date, write_date, create_uid, write_uid, module, model)
    SELECT w.name, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC', 1, 1, m.id, ${MODEL_ID}
      FROM jsonb_to_recordset(${JSON.stringify(rows.map((row, n) => ({ n, ...row })))}::jsonb)
           AS w(n integer, name text, module text, model text)
      JOIN ir_module_module m ON m.name = w.module
     WHERE NOT EXISTS (SELECT FROM ir_model_relation r WHERE r.name = w.name AND r.module = m.id)
     ORDER BY w.n`)
}

async function writeInheritance(session: Session, given: ReflectionGiven): Promise<void> {
  const rows = inheritRows(given)
  await upsertRows(
    session,
    {
      table: 'ir_model_inherit',
      key: ['model_id', 'parent_id'],
      columns: [],
      hidden: ['model', 'parent', 'link'],
      references: [
        ['model_id', MODEL_ID],
        ['parent_id', sql`(SELECT id FROM ir_model WHERE model = w.parent)`],
        [
          'parent_field_id',
          sql`(SELECT id FROM ir_model_fields f WHERE f.model = w.model AND f.name = w.link)`,
        ],
      ],
    },
    rows,
  )
}

/** Columns of rows, with what the release's own models say of them. */
function columnsOf(
  rows: readonly Readonly<Record<string, unknown>>[],
  model: string,
  registry: Registry,
  without: readonly string[] = [],
): readonly WrittenColumn[] {
  const fields = registry.get(model)?.fields
  return Object.keys(rows[0] ?? {})
    .filter((name) => !without.includes(name))
    .map((name) => {
      const isJson = fields?.get(name)?.column?.type === 'jsonb'
      return {
        name,
        type: TYPES[name] ?? 'text',
        ...(isJson && { translated: 'replaced' as const }),
      }
    })
}

/** Reflects foreign keys that were made: their names are PostgreSQL's. */
export async function reflectForeignKeys(
  session: Session,
  made: readonly {
    readonly table: string
    readonly column: string
    readonly target: string
    readonly model: string
    readonly module: string | undefined
  }[],
  registry: Registry,
): Promise<void> {
  const own = made.filter(({ module }) => module !== undefined)
  if (own.length === 0) return
  const isJson =
    registry.get('ir.model.constraint')?.fields.get('message')?.column?.type === 'jsonb'
  const message = isJson ? sql`jsonb_build_object('en_US', NULL)` : sql`NULL`
  await session.query(sql`
    WITH wanted AS MATERIALIZED (
      SELECT w.n, k.conname AS name, ${MODULE_ID} AS module, ${MODEL_ID} AS model
        FROM jsonb_to_recordset(${JSON.stringify(own.map((key, n) => ({ n, ...key })))}::jsonb)
             AS w(n integer, "table" text, "column" text, target text, model text, module text)
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
     WHERE w.module IS NOT NULL
       AND NOT EXISTS (SELECT FROM ir_model_constraint t WHERE t.name = w.name AND t.module = w.module)
     ORDER BY w.n`)
}
