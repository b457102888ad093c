import type { Sql } from '../../../db/index.js'
import {
  type RegistryField,
  type RegistryModel,
  storedFieldsOf,
  type WantedColumn,
} from '../../../odoo/registry/index.js'
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

/** The fields of a model that have columns, but `id`, in the order in which Odoo takes them. */
export function storedFields(model: RegistryModel, rules: SchemaRules): readonly StoredField[] {
  return storedFieldsOf(model, rules.registry).flatMap((field) => {
    const { column, name } = field
    return column === undefined || name === 'id' ? [] : [{ field, column }]
  })
}
