import { id, raw, sql } from '../../../db/index.js'
import type { DeleteRule, RegistryField, RegistryModel } from '../../../odoo/registry/index.js'
import { type PlanDraft, storedFields } from './plan-draft.js'
import type { PlannedForeignKey } from './schema-plan.js'

interface Registered {
  readonly target: string
  readonly rule: DeleteRule
  readonly model: string
  readonly module: string | undefined
}

/**
 * Plans foreign keys: of many2one columns and of both columns of many2many tables. Which rule a shared table ends
 * up with depends on the order in which fields register, within one module: the first side of a table yields to what
 * is registered, the second one replaces it (odoo/modules/registry.py `add_foreign_key`).
 */
export function planForeignKeys(models: readonly RegistryModel[], draft: PlanDraft): void {
  const registered = new Map<string, Registered>()
  for (const model of models) {
    if (model.auto) register(model, draft, registered)
  }
  for (const [key, wanted] of registered) {
    const [table = '', column = ''] = key.split('\n')
    const live = draft.live.tables.get(table)?.foreignKeys
    const current = live?.get(column)
    const isThere = current?.target === wanted.target && current.targetColumn === 'id'
    if (isThere && current.rule === wanted.rule) continue
    draft.foreignKeys.push(planned(table, column, wanted, current?.name))
    // Its name is PostgreSQL's matter, and nobody asks for it before the next reading.
    live?.set(column, { name: '', target: wanted.target, targetColumn: 'id', rule: wanted.rule })
  }
}

function planned(
  table: string,
  column: string,
  wanted: Registered,
  old: string | undefined,
): PlannedForeignKey {
  const add = sql`ADD FOREIGN KEY (${id(column)}) REFERENCES ${id(wanted.target)}(id) ON DELETE ${raw(wanted.rule)}`
  const drop = sql`ALTER TABLE ${id(table)} DROP CONSTRAINT ${id(old ?? '')};`
  // In one statement the old name would still be taken.
  const statement = sql`${old === undefined ? raw('') : drop} ALTER TABLE ${id(table)} ${add}`
  return { table, column, ...wanted, statement }
}

function register(model: RegistryModel, draft: PlanDraft, to: Map<string, Registered>): void {
  const { registry } = draft
  const isTable = isOrdinary(model, draft)
  // Fields without a column come before all others in Odoo's order of types.
  for (const field of model.fields.values()) {
    if (!isStoredMany2many(field)) continue
    const { relation } = field
    if (relation === undefined) continue
    const comodel = registry.get(field.comodel ?? '')
    const owner = { model: model.name, module: field.module }
    const first = `${relation.table}\n${relation.column1}`
    if (isTable && !to.has(first)) {
      to.set(first, { ...owner, target: model.table, rule: 'cascade' })
    }
    if (comodel !== undefined && isOrdinary(comodel, draft)) {
      const rule = field.onDelete ?? 'cascade'
      to.set(`${relation.table}\n${relation.column2}`, { ...owner, target: comodel.table, rule })
    }
  }
  if (!isTable) return
  for (const { field } of storedFields(model, draft.rules)) {
    if (field.type !== 'many2one' || field.manual) continue
    const comodel = registry.get(field.comodel ?? '')
    if (comodel === undefined || !comodel.auto || !isOrdinary(comodel, draft)) continue
    // Tables that inherit from it have their own rows: PostgreSQL does not see them.
    if (comodel.table === 'ir_actions') continue
    to.set(`${model.table}\n${field.name}`, {
      target: comodel.table,
      rule: field.onDelete ?? 'set null',
      model: model.name,
      module: field.module,
    })
  }
}

function isStoredMany2many(field: RegistryField): boolean {
  return field.type === 'many2many' && field.store && !field.manual
}

function isOrdinary({ table }: RegistryModel, { live }: PlanDraft): boolean {
  return live.tables.get(table)?.kind === 'table'
}
