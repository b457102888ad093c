import type { Finding } from '../../../base/index.js'
import { firstRow, id, type Session, sql } from '../../../db/index.js'
import type { Need, NeedKind } from '../needs.js'
import type { Refused } from './attempt.js'
import type { DroppedView } from './depending-views.js'
import type { PlannedConstraint, PlannedForeignKey, PlannedIndex } from './schema-plan.js'

/** How many ids of rows a finding names. */
const SAMPLE = 10

interface Offenders {
  readonly rows: number
  readonly ids: readonly number[] | null
}

/** A constraint that the data stands against: of NOT NULL with the rows that do. */
export async function constraintRefused(
  { attempt, error }: Refused<PlannedConstraint>,
  session: Session,
): Promise<Finding> {
  const { kind, table, name } = attempt
  if (kind === 'not null') {
    const found = await firstRow<Offenders & Record<string, unknown>>(
      session,
      sql`SELECT count(*) AS rows, (array_agg(id ORDER BY id))[1:${SAMPLE}] AS ids
            FROM ${id(table)} WHERE ${id(name)} IS NULL`,
    )
    return {
      code: 'NOT_NULL_NOT_SET',
      severity: 'warning',
      message: `${table}.${name} must not be empty, and is in ${found?.rows ?? 0} rows`,
      hint: 'Odoo works with it, but treats the field as required. Fill the rows, best by a script before the module loads.',
      data: { table, column: name, rows: found?.rows ?? 0, ids: found?.ids ?? [] },
    }
  }
  return {
    code: 'CONSTRAINT_NOT_ADDED',
    severity: 'warning',
    message: `Constraint ${name} of ${table} could not be added: ${error.message}`,
    hint: 'Rows stand against it. Mend them, best by a script before the module loads.',
    data: { table, constraint: name, sqlState: error.sqlState },
  }
}

/** A foreign key that rows stand against, with how many. */
export async function foreignKeyRefused(
  { attempt, error }: Refused<PlannedForeignKey>,
  session: Session,
): Promise<Finding> {
  const { table, column, target } = attempt
  const found = await firstRow<Offenders & Record<string, unknown>>(
    session,
    sql`SELECT count(*) AS rows FROM ${id(table)} x
         WHERE ${id('x', column)} IS NOT NULL
           AND NOT EXISTS (SELECT FROM ${id(target)} y WHERE y.id = ${id('x', column)})`,
  )
  return {
    code: 'FOREIGN_KEY_NOT_ADDED',
    severity: 'warning',
    message: `${table}.${column} refers to rows of ${target} that are not there: ${found?.rows ?? 0} times`,
    hint: 'Mend the rows; the reference fails here and undoes the whole upgrade.',
    data: { table, column, target, rows: found?.rows ?? 0, sqlState: error.sqlState },
  }
}

export function indexRefused({ attempt, error }: Refused<PlannedIndex>): Finding {
  return {
    code: 'INDEX_NOT_CREATED',
    severity: 'warning',
    message: `Index ${attempt.name} of ${attempt.table} could not be created: ${error.message}`,
    hint: 'Odoo works without it, more slowly.',
    data: { table: attempt.table, index: attempt.name, sqlState: error.sqlState },
  }
}

/** A view that is nobody's model and cannot be made again. */
export function viewLost({ name, definition }: DroppedView, error: Error): Finding {
  return {
    code: 'VIEW_NOT_RESTORED',
    severity: 'warning',
    message: `View ${name} was in the way of a column that changed its type, and cannot be made again: ${error.message}`,
    hint: 'Make it anew for the release; its definition is in the data of this finding.',
    data: { view: name, definition },
  }
}

/** Something that nobody has done, because there is no guest. */
export function needDeferred({ kind, module, model, field, rows }: Need): Finding {
  const what = field === undefined ? model : `${model}.${field}`
  return {
    code: 'VALUE_DEFERRED',
    severity: 'warning',
    message: `${module}: ${DEFERRED[kind](what, rows ?? 0)}`,
    hint: 'Only the code of the release knows it: fill it by a script, or load the module with the loader odoo.',
    data: { kind, module, model, field: field ?? null, rows: rows ?? null },
  }
}

const DEFERRED: Readonly<Record<NeedKind, (what: string, rows: number) => string>> = {
  default: (what, rows) => `the default of ${what} is not known; ${rows} rows have none`,
  compute: (what, rows) => `${what} is new and computed; it is empty in ${rows} rows`,
  'init-column': (what, rows) =>
    `the model fills ${what} in its own way; it is empty in ${rows} rows`,
  init: (what) => `init() of ${what} was not run: a view, an index or records may be missing`,
  'auto-init': (what) => `_auto_init() of ${what} was not run: a column or an index may be missing`,
}
