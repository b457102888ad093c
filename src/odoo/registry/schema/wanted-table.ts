import { isUnevaluated, type SourcePlace, type SourceValue } from '../../models/index.js'
import type { IndexKind, RegistryField, WantedColumn } from '../registry-field.js'
import { definersOf, type RegistryModel, type SqlConstraint } from '../registry-model.js'
import type { RegistryRules } from '../registry-rules.js'
import { indexName } from './object-names.js'

/** The table that Odoo keeps for a model. */
export interface WantedTable {
  readonly name: string
  readonly model: string
  /** Comment on the table, set when it is made. */
  readonly comment: string
  /** In the order in which they are made; `id` is the first. */
  readonly columns: readonly WantedColumn[]
  readonly constraints: readonly SqlConstraint[]
  /** Has a `parent_path` that is kept. */
  readonly parentStore: boolean
}

/** An index that a field asks for. */
export interface WantedIndex {
  readonly name: string
  readonly table: string
  readonly column: string
  readonly kind: IndexKind
}

/** A model without a table: a view that its code makes, or a query with no object in the database. */
export interface WantedView {
  readonly model: string
  readonly table: string
  readonly kind: 'view' | 'query'
  /** `init` or `_table_query` of its classes, most derived first. */
  readonly methods: readonly { readonly name: string; readonly place: SourcePlace }[]
}

/** Types in the order in which 16 and later make their columns. */
const TYPE_ORDER: readonly string[] = [
  ...['int4', 'varchar', 'date', 'jsonb', 'text', 'numeric', 'bool', 'timestamp', 'float8'],
]
const OTHER_TYPES = 16

/** The model's table; undefined for abstract models, views and queries. */
export function tableOf(model: RegistryModel, rules: RegistryRules): WantedTable | undefined {
  if (!hasTable(model)) return undefined
  return {
    name: model.table,
    model: model.name,
    comment: model.description,
    columns: columnsOf(model, rules),
    constraints: model.constraints,
    parentStore: model.parentStore,
  }
}

/** Whether Odoo itself keeps a table for the model. */
export function hasTable(model: RegistryModel): boolean {
  return model.auto && model.kind !== 'abstract' && !model.isQuery
}

/** Fields that Odoo brings to the database, in its order: those without a column are among them. */
export function storedFieldsOf(
  model: RegistryModel,
  rules: RegistryRules,
): readonly RegistryField[] {
  const stored = [...model.fields.values()].filter((field) => field.store)
  if (!rules.columnsByType) return stored
  return stored.sort((a, b) => rankOf(a) - rankOf(b))
}

/** Indexes that the model's fields ask for. */
export function indexesOf(model: RegistryModel, rules: RegistryRules): readonly WantedIndex[] {
  if (!hasTable(model)) return []
  return storedFieldsOf(model, rules).flatMap(({ column }) => {
    if (column?.index === undefined || column.name === 'id') return []
    const name = indexName(model.table, column.name, rules)
    return [{ name, table: model.table, column: column.name, kind: column.index }]
  })
}

/** What stands for a table where the model has none of Odoo's; undefined for all others. */
export function viewOf(model: RegistryModel): WantedView | undefined {
  if (model.kind === 'abstract' || hasTable(model)) return undefined
  const name = model.isQuery ? '_table_query' : 'init'
  const methods = definersOf(model, name).flatMap((definition) => {
    const method = definition.methods.find((one) => one.name === name)
    if (method === undefined) return []
    return [{ name, place: { file: definition.place.file, line: method.line } }]
  })
  return { model: model.name, table: model.table, kind: model.isQuery ? 'query' : 'view', methods }
}

/**
 * The default of a field that is the same for all rows and known without running Python; undefined for
 * none, and for defaults that only Python knows.
 */
export function staticDefaultOf(field: RegistryField): SourceValue | undefined {
  const value = field.default
  if (!isUnevaluated(value)) return value
  return value.shape === 'constant' ? value.value : undefined
}

function columnsOf(model: RegistryModel, rules: RegistryRules): readonly WantedColumn[] {
  const columns = storedFieldsOf(model, rules).flatMap(({ column }) =>
    column === undefined ? [] : [column],
  )
  const isId = ({ name }: WantedColumn): boolean => name === 'id'
  return [...columns.filter(isId), ...columns.filter((column) => !isId(column))]
}

function rankOf({ column }: RegistryField): number {
  const rank = column === undefined ? -1 : TYPE_ORDER.indexOf(column.type)
  return rank < 0 ? OTHER_TYPES : rank
}
