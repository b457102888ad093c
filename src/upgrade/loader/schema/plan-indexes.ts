import { id, raw, type Sql, sql } from '../../../db/index.js'
import type { RegistryField, RegistryModel, WantedColumn } from '../../../odoo/registry/index.js'
import type { LiveSchema } from './live-schema.js'
import { type PlanDraft, storedFields } from './plan-draft.js'
import { indexName, plainIndexName } from './schema-names.js'

/**
 * Plans the indexes that fields ask for. One that is there under the name is left alone, whatever its kind, and
 * so is one that nobody asks for (odoo/modules/registry.py `check_indexes`).
 */
export function planIndexes(model: RegistryModel, draft: PlanDraft): void {
  const { live, rules, indexes, structure } = draft
  for (const { field, column } of storedFields(model, draft.rules)) {
    if (column.index === undefined) continue
    const name = indexName(model.table, column.name, rules)
    if (live.indexes.has(name)) continue
    const old = plainIndexName(model.table, column.name)
    if (!draft.parity && old !== name && live.indexes.get(old) === model.table) {
      structure.push(sql`ALTER INDEX ${id(old)} RENAME TO ${id(name)}`)
      live.indexes.delete(old)
      live.indexes.set(name, model.table)
      continue
    }
    const target = indexTarget(field, column, live)
    if (target === undefined) continue
    live.indexes.set(name, model.table)
    indexes.push({
      name,
      table: model.table,
      statement: sql`CREATE INDEX ${id(name)} ON ${id(model.table)} USING ${target}`,
    })
  }
}

function indexTarget(
  field: RegistryField,
  { index, name, type }: WantedColumn,
  live: LiveSchema,
): Sql | undefined {
  const column = id(name)
  if (index !== 'trigram') {
    if (field.companyDependent && type === 'jsonb') {
      return sql`btree ((${column} IS NOT NULL)) WHERE ${column} IS NOT NULL`
    }
    return index === 'btree_not_null'
      ? sql`btree (${column}) WHERE ${column} IS NOT NULL`
      : sql`btree (${column})`
  }
  if (!live.hasTrigram) return undefined
  const text = type === 'jsonb' ? sql`(jsonb_path_query_array(${column}, '$.*')::text)` : column
  const isUnaccented = live.unaccent === 'indexable' && field.args.unaccent !== false
  const expression = isUnaccented ? sql`(unaccent(${text}::text))` : text
  return sql`gin (${expression} ${raw('gin_trgm_ops')})`
}
