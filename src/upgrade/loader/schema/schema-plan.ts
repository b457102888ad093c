import type { Sql } from '../../../db/index.js'
import type { DeleteRule } from '../../../odoo/registry/index.js'
import type { Attempt } from './attempt.js'

/** A column of a table. */
export interface ColumnReference {
  readonly table: string
  readonly column: string
}

/** A constraint, or NOT NULL, that data may stand against. */
export interface PlannedConstraint extends Attempt {
  readonly kind: 'not null' | 'constraint'
  readonly table: string
  /** Name of the column, or of the constraint. */
  readonly name: string
}

/** A foreign key that is missing or another than wanted, and whose it is. */
export interface PlannedForeignKey extends Attempt, ColumnReference {
  readonly target: string
  readonly rule: DeleteRule
  readonly model: string
  /** The module that the reflected constraint belongs to; undefined for custom fields. */
  readonly module: string | undefined
}

export interface PlannedIndex extends Attempt {
  readonly name: string
  readonly table: string
}

/** A column that only Python can fill, in a table that was there before. */
export interface UnfilledColumn extends ColumnReference {
  readonly model: string
  readonly kind: 'default' | 'compute' | 'init-column'
}

/** What one module's models want changed; in the order in which it is to be sent. */
export interface SchemaPlan {
  /** Columns whose type changes: views on them are in the way. */
  readonly converted: readonly ColumnReference[]
  /** Tables and columns. */
  readonly structure: readonly Sql[]
  /** Defaults, parent paths and related values of columns that are new. */
  readonly fills: readonly Sql[]
  readonly unfilled: readonly UnfilledColumn[]
  /** SQL constraints, in the order of models. */
  readonly constraints: readonly PlannedConstraint[]
  readonly notNulls: readonly PlannedConstraint[]
  readonly indexes: readonly PlannedIndex[]
  readonly foreignKeys: readonly PlannedForeignKey[]
}
