import { type Session, type Sql, sql } from '../../../db/index.js'
import type { ModuleReflection, RegistryModel } from '../../../odoo/registry/index.js'
import { type GivenRow, upsertRows, type WrittenColumn } from './upsert-rows.js'

type Registry = ReadonlyMap<string, RegistryModel>

const MODEL_ID = sql`(SELECT id FROM ir_model m WHERE m.model = w.model_name)`
const MODULE_ID = sql`(SELECT id FROM ir_module_module m WHERE m.name = w.module_name)`
const FIELD_ID = sql`(SELECT id FROM ir_model_fields f WHERE f.model = w.model_name AND f.name = w.field_name)`

/** Writes the rows that reflect models: one statement for each table. */
export async function writeReflection(
  session: Session,
  reflection: ModuleReflection,
  registry: Registry,
): Promise<void> {
  await writeModels(session, reflection, registry)
  await writeFields(session, reflection, registry)
  await writeSelections(session, reflection, registry)
  await writeConstraints(session, reflection, registry)
  await writeInheritance(session, reflection)
}

async function writeModels(
  session: Session,
  { models }: ModuleReflection,
  registry: Registry,
): Promise<void> {
  const rows = models.map(({ mail, info, ...row }) => ({
    ...row,
    info: info ?? null,
    ...(mail !== undefined && {
      is_mail_thread: mail.thread,
      is_mail_activity: mail.activity,
      is_mail_blacklist: mail.blacklist,
    }),
  }))
  const columns = columnsOf(rows, 'ir.model', registry).map((column) =>
    column.name === 'info' ? { ...column, optional: true } : column,
  )
  await upsertRows(session, { table: 'ir_model', key: ['model'], columns }, rows)
}

async function writeFields(
  session: Session,
  { fields }: ModuleReflection,
  registry: Registry,
): Promise<void> {
  const rows = fields.map(({ more, ...row }) => ({ ...row, ...more, model_name: row.model }))
  await upsertRows(
    session,
    {
      table: 'ir_model_fields',
      key: ['model', 'name'],
      columns: columnsOf(rows, 'ir.model.fields', registry, ['model_name']),
      hidden: ['model_name'],
      references: [['model_id', MODEL_ID]],
    },
    rows,
  )
  const hasSparse = registry.get('ir.model.fields')?.fields.has('serialization_field_id') === true
  if (hasSparse) await writeSparse(session, fields, registry)
}

/** Fields whose values lie in another one (`base_sparse_field`). */
async function writeSparse(
  session: Session,
  fields: ModuleReflection['fields'],
  registry: Registry,
): Promise<void> {
  const rows = fields.map(({ model, name }) => {
    const sparse = registry.get(model)?.fields.get(name)?.args.sparse
    return { model, name, sparse: typeof sparse === 'string' ? sparse : null }
  })
  await session.query(sql`
    UPDATE ir_model_fields t SET serialization_field_id = s.id
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS w(model text, name text, sparse text)
      LEFT JOIN ir_model_fields s ON s.model = w.model AND s.name = w.sparse
     WHERE t.model = w.model AND t.name = w.name AND t.serialization_field_id IS DISTINCT FROM s.id`)
}

async function writeSelections(
  session: Session,
  { selections }: ModuleReflection,
  registry: Registry,
): Promise<void> {
  const rows = selections.map(({ model, field, ...row }) => ({
    ...row,
    model_name: model,
    field_name: field,
  }))
  const hidden = ['model_name', 'field_name']
  await upsertRows(
    session,
    {
      table: 'ir_model_fields_selection',
      key: ['field_id', 'value'],
      columns: columnsOf(rows, 'ir.model.fields.selection', registry, hidden),
      hidden,
      references: [['field_id', FIELD_ID]],
    },
    rows,
  )
}

async function writeConstraints(
  session: Session,
  { constraints, relations }: ModuleReflection,
  registry: Registry,
): Promise<void> {
  const along = relations.length === 0 ? undefined : newRelations(relations)
  if (constraints.length === 0) {
    if (along !== undefined) await session.query(along)
    return
  }
  const rows = constraints.map(({ name, definition, message, model, module }) => ({
    ...{ name, type: 'u', definition, message },
    model_name: model,
    module_name: module,
  }))
  const hidden = ['model_name', 'module_name']
  await upsertRows(
    session,
    {
      table: 'ir_model_constraint',
      key: ['name', 'module'],
      columns: columnsOf(rows, 'ir.model.constraint', registry, hidden),
      hidden,
      references: [
        ['module', MODULE_ID],
        ['model', MODEL_ID],
      ],
      keeps: ['model'],
      logs: true,
      ...(along !== undefined && { along }),
    },
    rows,
  )
}

/** Relation tables that have no row yet. */
function newRelations(relations: ModuleReflection['relations']): Sql {
  const rows = JSON.stringify(
    relations.map(({ name, model, module }, n) => ({
      ...{ n, name },
      model_name: model,
      module_name: module,
    })),
  )
  return sql`
    INSERT INTO ir_model_relation (name, create_date, write_date, create_uid, write_uid, module, model)
    SELECT w.name, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC', 1, 1, o.id, ${MODEL_ID}
      FROM jsonb_to_recordset(${rows}::jsonb)
           AS w(n integer, name text, module_name text, model_name text)
      JOIN ir_module_module o ON o.name = w.module_name
     WHERE NOT EXISTS (SELECT FROM ir_model_relation r WHERE r.name = w.name AND r.module = o.id)
     ORDER BY w.n`
}

async function writeInheritance(session: Session, { inherits }: ModuleReflection): Promise<void> {
  await upsertRows(
    session,
    {
      table: 'ir_model_inherit',
      key: ['model_id', 'parent_id'],
      columns: [],
      hidden: ['model_name', 'parent_name', 'field_name'],
      references: [
        ['model_id', MODEL_ID],
        ['parent_id', sql`(SELECT id FROM ir_model m WHERE m.model = w.parent_name)`],
        ['parent_field_id', FIELD_ID],
      ],
    },
    inherits.map(({ model, parent, parentField }) => ({
      model_name: model,
      parent_name: parent,
      field_name: parentField,
    })),
  )
}

/** Columns of rows, with what the release's own models say of them. */
function columnsOf(
  rows: readonly GivenRow[],
  model: string,
  registry: Registry,
  without: readonly string[] = [],
): readonly WrittenColumn[] {
  const fields = registry.get(model)?.fields
  return Object.keys(rows[0] ?? {})
    .filter((name) => !without.includes(name))
    .map((name): WrittenColumn => {
      const type = fields?.get(name)?.column?.type
      if (type === 'bool') return { name, type: 'boolean' }
      if (type === 'int4') return { name, type: 'integer' }
      return { name, type: 'text', ...(type === 'jsonb' && { translated: 'replaced' as const }) }
    })
}
