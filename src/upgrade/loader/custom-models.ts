import { firstRow, type Session, sql } from '../../db/index.js'
import type { SourceValue } from '../../odoo/models/index.js'
import type { CustomField, CustomModel } from '../../odoo/registry/index.js'

/** What a database adds to the models of a release; plain JSON. */
export interface CustomParts {
  readonly models: readonly CustomModel[]
  readonly fields: readonly CustomField[]
}

type ModelRow = {
  readonly model: string
  readonly name: Text
  readonly order: string | null
  readonly transient: boolean | null
  readonly is_view: boolean
}

type FieldRow = {
  readonly model: string
  readonly name: string
  readonly ttype: string
  readonly field_description: Text
  readonly help: Text
  readonly index: boolean | null
  readonly copied: boolean | null
  readonly related: string | null
  readonly required: boolean | null
  readonly readonly: boolean | null
  readonly store: boolean | null
  readonly translate: boolean | string | null
  readonly size: number | null
  readonly relation: string | null
  readonly relation_field: string | null
  readonly on_delete: string | null
  readonly relation_table: string | null
  readonly column1: string | null
  readonly column2: string | null
  readonly compute: string | null
  readonly choices: readonly (readonly [value: string, label: Text])[] | null
}

/** A text, or one per language from 16 on. */
type Text = string | null | Readonly<Record<string, string>>

/** Reads the custom models and fields of a database, of any release, in one statement. */
export async function readCustomParts(session: Session): Promise<CustomParts> {
  const row = await firstRow<{ models: readonly ModelRow[]; fields: readonly FieldRow[] }>(
    session,
    sql`
    SELECT (SELECT coalesce(jsonb_agg(to_jsonb(m) || jsonb_build_object('is_view', EXISTS (
                     SELECT FROM pg_catalog.pg_class c
                      WHERE c.relname = replace(m.model, '.', '_') AND c.relkind NOT IN ('r', 'p')
                        AND c.relnamespace = 'public'::pg_catalog.regnamespace)) ORDER BY m.id), '[]')
              FROM ir_model m WHERE m.state = 'manual') AS models,
           (SELECT coalesce(jsonb_agg(to_jsonb(f) || jsonb_build_object('choices', (
                     SELECT jsonb_agg(jsonb_build_array(s.value, s.name) ORDER BY s.sequence, s.id)
                       FROM ir_model_fields_selection s WHERE s.field_id = f.id)) ORDER BY f.id), '[]')
              FROM ir_model_fields f WHERE f.state = 'manual') AS fields`,
  )
  return {
    models: (row?.models ?? []).map(modelOf),
    fields: (row?.fields ?? []).map(fieldOf),
  }
}

function modelOf({ model, name, order, transient, is_view: isView }: ModelRow): CustomModel {
  return {
    name: model,
    description: english(name) ?? model,
    order: order ?? 'id',
    transient: transient ?? false,
    auto: !isView,
  }
}

/** As `_instanciate_attrs` of odoo/addons/base/models/ir_model.py makes them. */
function fieldOf(row: FieldRow): CustomField {
  const args: Record<string, SourceValue> = {
    string: english(row.field_description) ?? row.name,
    help: english(row.help) ?? null,
    index: row.index ?? false,
    copy: row.copied ?? false,
    required: row.required ?? false,
    readonly: row.readonly ?? false,
    store: row.store ?? false,
    ...(row.related !== null && row.related !== '' && { related: row.related }),
    ...(row.compute !== null && row.compute !== '' && { compute: row.compute }),
    ...argsOfType(row),
  }
  return { model: row.model, name: row.name, fieldClass: classOf(row.ttype), args }
}

function argsOfType(row: FieldRow): Record<string, SourceValue> {
  switch (row.ttype) {
    case 'char':
    case 'text':
    case 'html': {
      const translate = row.translate !== null && row.translate !== false && row.translate !== ''
      const { size } = row
      return { translate, ...(size !== null && size > 0 && { size }) }
    }
    case 'selection':
    case 'reference':
      return {
        selection: (row.choices ?? []).map(([value, label]) => ({
          kind: 'tuple' as const,
          items: [value, english(label) ?? value],
        })),
      }
    case 'many2one':
      return { comodel_name: row.relation ?? '', ondelete: row.on_delete }
    case 'one2many':
      return { comodel_name: row.relation ?? '', inverse_name: row.relation_field }
    case 'many2many':
      return {
        comodel_name: row.relation ?? '',
        relation: row.relation_table,
        column1: row.column1,
        column2: row.column2,
      }
    default:
      return {}
  }
}

/** `many2one_reference` → `Many2oneReference`. */
function classOf(type: string): string {
  return type
    .split('_')
    .map((part) => `${part.slice(0, 1).toUpperCase()}${part.slice(1)}`)
    .join('')
}

function english(text: Text): string | undefined {
  if (text === null || typeof text === 'string') return text ?? undefined
  return text.en_US ?? Object.values(text)[0]
}
