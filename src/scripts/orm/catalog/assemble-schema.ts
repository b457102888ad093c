import type { GuestValue } from '../../values/index.js'
import { readPythonLiteral } from '../domain/python-literal.js'
import type {
  FieldFacts,
  FieldKind,
  FieldSchema,
  ModelFacts,
  ModelSchema,
  TableColumn,
} from '../model-schema.js'
import type { ColumnRow, FieldRow, ModelRow } from './catalog-rows.js'

/** What one model's schema is made of. */
export interface SchemaParts {
  readonly row: ModelRow
  readonly fields: readonly FieldRow[]
  /** The table that exists, and its columns. */
  readonly table: string | undefined
  readonly columns: readonly ColumnRow[]
  readonly inherits: ReadonlyMap<string, string>
  readonly facts: ModelFacts
}

const NO_FACTS: FieldFacts = {}

/** For models whose fields are not all reflected yet. */
const ID: FieldSchema = {
  id: 0,
  name: 'id',
  type: 'integer',
  kind: 'column',
  translate: false,
  required: false,
  readonly: true,
  copied: false,
  companyDependent: false,
}

/** Puts together what the reflection tables, the catalog and the source say about a model. */
export function assembleSchema(parts: SchemaParts): ModelSchema {
  const { row, table, facts } = parts
  const columns = new Map(parts.columns.map((column) => [column.name, columnOf(column)]))
  const inherits = facts.inherits ?? parts.inherits
  const names = new Set(parts.fields.map((field) => field.name))
  const fields = new Map(
    parts.fields.map((field) => [
      field.name,
      fieldOf(field, {
        columns,
        inherits,
        names,
        facts: facts.fields?.get(field.name) ?? NO_FACTS,
      }),
    ]),
  )
  if (!fields.has('id') && columns.has('id')) fields.set('id', ID)
  const first = (...candidates: (string | undefined)[]): string | undefined =>
    candidates.find((name) => name !== undefined && fields.has(name))
  const parent = fields.get(facts.parentName ?? 'parent_id')
  return {
    model: row.model,
    ...defined('table', table),
    order: facts.order ?? row.order ?? 'id',
    ...defined('recName', first(facts.recName, 'name', 'x_name')),
    ...defined('activeName', first(facts.activeName, 'active', 'x_active')),
    ...defined('parentName', parent?.relation === row.model ? parent.name : undefined),
    transient: row.transient,
    fields,
    inherits,
    columns,
    mailThread: row.mail_thread,
    mailActivity: row.mail_activity,
  }
}

interface FieldSurroundings {
  readonly columns: ReadonlyMap<string, TableColumn>
  readonly inherits: ReadonlyMap<string, string>
  readonly names: ReadonlySet<string>
  readonly facts: FieldFacts
}

function fieldOf(row: FieldRow, around: FieldSurroundings): FieldSchema {
  const { facts, names } = around
  const link = inheritedThrough(row, around.inherits)
  const kind = kindOf(row, around, link)
  return {
    id: row.id,
    name: row.name,
    type: row.ttype,
    kind,
    ...defined('relation', row.relation),
    ...defined('relationField', row.relation_field),
    ...defined('relationTable', row.relation_table),
    ...defined('column1', row.column1),
    ...defined('column2', row.column2),
    ...defined('related', row.related),
    ...defined('inherited', link),
    translate: row.translate,
    required: row.required,
    readonly: row.readonly,
    copied: row.copied,
    companyDependent: kind === 'property' || row.company_dependent,
    ...defined('digits', facts.digits),
    ...defined('domain', facts.domain ?? literalDomain(row.domain)),
    ...defined('modelField', facts.modelField ?? modelFieldOf(row, names)),
    ...defined(
      'selection',
      row.selection?.map(([value, label]) => [value, label ?? value] as const),
    ),
    ...defined('default', facts.default ?? defaultOf(row)),
    ...defined('onDelete', row.on_delete),
  }
}

function inheritedThrough(
  row: FieldRow,
  inherits: ReadonlyMap<string, string>,
): string | undefined {
  return [...inherits.values()].find((link) => row.related === `${link}.${row.name}`)
}

function kindOf(row: FieldRow, around: FieldSurroundings, link: string | undefined): FieldKind {
  const isList = row.ttype === 'one2many' || row.ttype === 'many2many'
  if (!isList && around.columns.has(row.name)) return 'column'
  if (link !== undefined) return 'related'
  if (row.ttype === 'many2many' && row.store && row.relation_exists) return 'many2many'
  if (row.ttype === 'binary' && row.store) return 'attachment'
  if (row.related !== null) return 'related'
  if (row.ttype === 'one2many' && row.store && row.relation_field !== null) return 'one2many'
  if (isList) return 'none'
  return isProperty(row, around.facts) ? 'property' : 'none'
}

/** Up to 17 a company-dependent field shows only by its values, or by the name that most of them have. */
function isProperty(row: FieldRow, facts: FieldFacts): boolean {
  if (facts.companyDependent !== undefined) return facts.companyDependent
  return !row.store && (row.has_properties || row.name.startsWith('property_'))
}

/** The reflection does not name the field with the model; in Odoo's own models it is one of these. */
function modelFieldOf(row: FieldRow, names: ReadonlySet<string>): string | undefined {
  if (row.ttype !== 'many2one_reference') return undefined
  const candidates = [row.name.replace(/_id$/, '_model'), 'res_model', 'model']
  return candidates.find((name) => names.has(name))
}

/** The one default that all models share: records are made unarchived. */
function defaultOf(row: FieldRow): GuestValue | undefined {
  const archives = row.name === 'active' || row.name === 'x_active'
  return archives && row.ttype === 'boolean' ? true : undefined
}

/** Only custom fields have their domain in the database. */
function literalDomain(text: string | null): GuestValue | undefined {
  if (text === null || text.trim() === '' || text.trim() === '[]') return undefined
  return readPythonLiteral(text)
}

function columnOf(row: ColumnRow): TableColumn {
  return {
    name: row.name,
    type: row.type,
    notNull: row.not_null,
    ...defined('default', row.default),
  }
}

/** A property only where there is a value. */
function defined<K extends string, V>(
  key: K,
  value: V | null | undefined,
): { readonly [P in K]?: V } {
  if (value === null || value === undefined) return {}
  return { [key]: value } as { readonly [P in K]: V }
}
