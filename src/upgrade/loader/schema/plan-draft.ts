import type { Sql } from '../../../db/index.js'
import type { RegistryField, RegistryModel, WantedColumn } from '../../../odoo/registry/index.js'
import type { LiveSchema } from './live-schema.js'
import type {
  ColumnReference,
  PlannedConstraint,
  PlannedForeignKey,
  PlannedIndex,
  SchemaPlan,
  UnfilledColumn,
} from './schema-plan.js'
import type { SchemaRules } from './schema-rules.js'

/** From what a schema is planned. */
export interface SchemaGiven {
  /** Models to bring up to the release, in Odoo's order. */
  readonly models: readonly RegistryModel[]
  /** All models. */
  readonly registry: ReadonlyMap<string, RegistryModel>
  readonly live: LiveSchema
  readonly rules: SchemaRules
  /** `model.field` of fields that were translated in the database before the hop. */
  readonly translatedBefore: ReadonlySet<string>
  /**
   * Texts of methods `_init_column` that models have of their own, by model: a column that one names is filled by it.
   */
  readonly ownInitColumns: ReadonlyMap<string, string>
  /** Columns that a type change made nullable stay so, and old names of indexes are not taken up. */
  readonly parity: boolean
}

/** A plan in the making; `live` follows it. */
export interface PlanDraft extends SchemaGiven, SchemaPlan {
  readonly converted: ColumnReference[]
  readonly structure: Sql[]
  readonly fills: Sql[]
  readonly unfilled: UnfilledColumn[]
  readonly constraints: PlannedConstraint[]
  readonly notNulls: PlannedConstraint[]
  readonly indexes: PlannedIndex[]
  readonly foreignKeys: PlannedForeignKey[]
}

/** A field with the column that it is to have now. */
export interface StoredField {
  readonly field: RegistryField
  readonly column: WantedColumn
}

/** How much room types take: the order of columns in new tables from 16 on (`SQL_ORDER_BY_TYPE`). */
const TYPE_ORDER: readonly string[] = [
  'int4',
  'varchar',
  'date',
  'jsonb',
  'text',
  'numeric',
  'bool',
  'timestamp',
  'float8',
]
const LAST = 16

/** An empty plan. */
export function startDraft(given: SchemaGiven): PlanDraft {
  return {
    ...given,
    converted: [],
    structure: [],
    fills: [],
    unfilled: [],
    constraints: [],
    notNulls: [],
    indexes: [],
    foreignKeys: [],
  }
}

/**
 * The fields of a model that have columns, but `id`, in the order in which Odoo takes them. A field that was
 * translated before stays so until all modules are loaded, for scripts that read it
 * (odoo/models.py `_setup_base`, `_database_translated_fields`).
 */
export function storedFields(
  model: RegistryModel,
  given: Pick<SchemaGiven, 'translatedBefore' | 'rules'>,
): readonly StoredField[] {
  const stored = [...model.fields.values()].flatMap((field): StoredField[] => {
    const { column, name } = field
    if (column === undefined || !field.store || name === 'id') return []
    return [{ field, column: staysTranslated(field, given) ? translated(column) : column }]
  })
  return given.rules.columnOrder === 'fields'
    ? stored
    : stored.sort((a, b) => placeOf(a.column) - placeOf(b.column))
}

/** Whether a field counts as translated because the database says so. */
export function staysTranslated(
  field: RegistryField,
  { translatedBefore, rules }: Pick<SchemaGiven, 'translatedBefore' | 'rules'>,
): boolean {
  if (!rules.translatesInColumn || field.translate) return false
  const isText = field.type === 'char' || field.type === 'text' || field.type === 'html'
  return isText && translatedBefore.has(`${field.model}.${field.name}`)
}

function translated(column: WantedColumn): WantedColumn {
  const index = column.index === 'trigram' ? column.index : undefined
  return { ...column, type: 'jsonb', ddlType: 'jsonb', index }
}

function placeOf({ type }: WantedColumn): number {
  const place = TYPE_ORDER.indexOf(type)
  return place < 0 ? LAST : place + 1
}
