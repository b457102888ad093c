import type { ModuleLoad } from '../module-load.js'
import type { DeleteRule, RegistryField, RelationTable } from '../registry-field.js'
import type { RegistryModel } from '../registry-model.js'
import type { RegistryRules } from '../registry-rules.js'
import { hasTable, storedFieldsOf } from './wanted-table.js'

type Models = ReadonlyMap<string, RegistryModel>

/** A foreign key that Odoo makes or checks while a module is loaded. */
export interface WantedForeignKey {
  readonly table: string
  readonly column: string
  readonly referencedTable: string
  /** Always `id`. */
  readonly referencedColumn: string
  readonly onDelete: DeleteRule
  readonly model: string
  /** Of the field; undefined for custom fields. */
  readonly module: string | undefined
}

/** The table of a many2many field that is loaded. */
export interface WantedRelation extends RelationTable {
  readonly model: string
  readonly field: string
  readonly module: string | undefined
  /** Comment on the table. */
  readonly comment: string
}

/** No foreign key leads to this table: others inherit from it in PostgreSQL. */
const INHERITED_TABLE = 'ir_actions'

/**
 * Foreign keys of the models that a load initialises, in Odoo's order. Of two sides that share a
 * relation table the outcome depends on which was loaded last, so they have to be followed load by load:
 * a later load's key for the same table and column replaces an earlier one.
 */
export function foreignKeysOf(
  load: ModuleLoad,
  models: Models,
  rules: RegistryRules,
): readonly WantedForeignKey[] {
  const keys = new Map<string, WantedForeignKey>()
  const put = (key: WantedForeignKey, isForced: boolean): void => {
    const name = `${key.table}.${key.column}`
    if (isForced || !keys.has(name)) keys.set(name, key)
  }
  for (const model of load.initialised) {
    if (!hasTable(model)) continue
    for (const field of storedFieldsOf(model, rules)) {
      const comodel = models.get(field.comodel ?? '')
      if (field.type === 'many2one' && field.column?.type === 'int4') {
        if (comodel === undefined || !hasTable(comodel) || comodel.table === INHERITED_TABLE)
          continue
        put(
          keyOf(model, field, model.table, field.name, comodel, field.onDelete ?? 'set null'),
          true,
        )
      }
      const { relation } = field
      if (relation === undefined) continue
      const { table, column1, column2 } = relation
      put(keyOf(model, field, table, column1, model, 'cascade'), false)
      if (comodel === undefined || !hasTable(comodel)) continue
      put(keyOf(model, field, table, column2, comodel, field.onDelete ?? 'cascade'), true)
    }
  }
  return [...keys.values()]
}

/** Relation tables of the models that a load initialises. */
export function relationsOf(
  load: ModuleLoad,
  models: Models,
  rules: RegistryRules,
): readonly WantedRelation[] {
  return load.initialised.filter(hasTable).flatMap((model) =>
    storedFieldsOf(model, rules).flatMap((field) => {
      if (field.relation === undefined) return []
      const other = models.get(field.comodel ?? '')?.table ?? '_unknown'
      return [
        {
          ...field.relation,
          model: model.name,
          field: field.name,
          module: field.manual ? undefined : field.module,
          comment: `RELATION BETWEEN ${model.table} AND ${other}`,
        },
      ]
    }),
  )
}

function keyOf(
  { name: model }: RegistryModel,
  { module }: RegistryField,
  table: string,
  column: string,
  { table: referencedTable }: RegistryModel,
  onDelete: DeleteRule,
): WantedForeignKey {
  return { table, column, referencedTable, referencedColumn: 'id', onDelete, model, module }
}
