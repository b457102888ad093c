import { id, lit, sql } from '../../../db/index.js'
import type { RegistryModel } from '../../../odoo/registry/index.js'
import type { PlanDraft } from './plan-draft.js'

/** Plans the tables of a model's many2many fields that are missing. */
export function planRelations(model: RegistryModel, draft: PlanDraft): void {
  const { registry, live, structure } = draft
  for (const field of model.fields.values()) {
    const { relation, comodel } = field
    if (field.type !== 'many2many' || !field.store || relation === undefined || field.manual)
      continue
    if (live.tables.has(relation.table)) continue
    const table = id(relation.table)
    const [first, second] = [id(relation.column1), id(relation.column2)]
    const target = registry.get(comodel ?? '')?.table ?? ''
    const between = `RELATION BETWEEN ${model.table} AND ${target}`
    structure.push(
      sql`CREATE TABLE ${table} (${first} INTEGER NOT NULL, ${second} INTEGER NOT NULL, PRIMARY KEY(${first}, ${second}))`,
      sql`COMMENT ON TABLE ${table} IS ${lit(between)}`,
      sql`CREATE INDEX ON ${table} (${second}, ${first})`,
    )
    const column = { type: 'int4', size: undefined, notNull: true }
    live.tables.set(relation.table, {
      kind: 'table',
      columns: new Map([
        [relation.column1, column],
        [relation.column2, column],
      ]),
      constraints: new Map(),
      foreignKeys: new Map(),
      children: [],
    })
  }
}
