import type { RegistryModel } from '../../../odoo/registry/index.js'
import { planConstraints } from './plan-constraints.js'
import { type SchemaGiven, startDraft, storedFields } from './plan-draft.js'
import { planForeignKeys } from './plan-foreign-keys.js'
import { planIndexes } from './plan-indexes.js'
import { planRelations } from './plan-relations.js'
import { planTable } from './plan-tables.js'
import type { SchemaScope } from './read-live-schema.js'
import { indexName, plainIndexName } from './schema-names.js'
import type { SchemaPlan } from './schema-plan.js'

/** Plans what brings the tables of models to what their fields want; pure, but that `live` follows the plan. */
export function planSchema(given: SchemaGiven): SchemaPlan {
  const draft = startDraft(given)
  const kept = given.models.filter(({ auto }) => auto)
  for (const model of kept) {
    planTable(model, draft)
    planRelations(model, draft)
    planConstraints(model, draft)
  }
  for (const model of kept) planIndexes(model, draft)
  planForeignKeys(kept, draft)
  return draft
}

/** What of the database {@link planSchema} has to know. */
export function schemaScope(given: Omit<SchemaGiven, 'live'>): SchemaScope {
  const tables = new Set<string>()
  const indexes = new Set<string>()
  const addTable = (model: RegistryModel | undefined): void => {
    if (model !== undefined) tables.add(model.table)
  }
  for (const model of given.models) {
    addTable(model)
    for (const field of model.fields.values()) {
      if (field.comodel !== undefined) addTable(given.registry.get(field.comodel))
      if (field.relation !== undefined) tables.add(field.relation.table)
    }
    if (!model.auto) continue
    for (const { column } of storedFields(model, given.rules)) {
      indexes.add(plainIndexName(model.table, column.name))
      indexes.add(indexName(model.table, column.name, given.rules))
    }
  }
  return { tables: [...tables], indexes: [...indexes] }
}
