import { id, lit, raw, type Sql, sql } from '../../../db/index.js'
import type { RegistryModel } from '../../../odoo/registry/index.js'
import type { PlanDraft } from './plan-draft.js'
import { constraintName } from './schema-names.js'

/**
 * Plans a model's SQL constraints: the text of the declaration is the comment of the constraint, and one whose
 * comment differs is made anew (odoo/models.py `_add_sql_constraints`). An empty declaration only names an
 * index that `init()` makes.
 */
export function planConstraints(model: RegistryModel, draft: PlanDraft): void {
  const { live, rules, constraints } = draft
  const table = live.tables.get(model.table)
  if (table === undefined) return
  for (const { name, definition } of model.constraints) {
    const real = constraintName(name, rules)
    const written = rules.doublesPercent ? definition.replaceAll('%', '%%') : definition
    const current = table.constraints.get(real)
    if (current === written || (current !== undefined && current === definition)) continue
    // Too long for the reference to find: it leaves what is there.
    if (current !== undefined && real !== name && !rules.registry.hashedNames) continue
    if (current === undefined && definition === '') continue
    constraints.push({
      kind: 'constraint',
      table: model.table,
      name: real,
      statement: replaceConstraint(model.table, real, written, current !== undefined),
    })
    table.constraints.set(real, written)
  }
}

function replaceConstraint(table: string, name: string, definition: string, exists: boolean): Sql {
  const drop = sql`ALTER TABLE ${id(table)} DROP CONSTRAINT ${id(name)}`
  if (definition === '') return drop
  const add = sql`ALTER TABLE ${id(table)} ADD CONSTRAINT ${id(name)} ${raw(definition)};
    COMMENT ON CONSTRAINT ${id(name)} ON ${id(table)} IS ${lit(definition)}`
  return exists ? sql`${drop}; ${add}` : add
}
