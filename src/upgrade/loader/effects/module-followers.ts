import { id, sql } from '../../../db/index.js'
import type { RegistryField, RegistryModel } from '../../../odoo/registry/index.js'
import type { EffectsScope } from './effects-scope.js'
import { computeStored } from './stored-computes.js'

/**
 * Brings columns that follow the module list up to it, such as the state in which a payment provider's module is, and
 * what is computed of them. One statement for each such field.
 */
export async function followModules(scope: EffectsScope): Promise<void> {
  const modules = scope.models.get('ir.module.module')
  if (modules === undefined) return
  for (const model of scope.models.values()) {
    for (const field of model.fields.values()) {
      const column = followed(field, model, modules)
      if (column === undefined) continue
      const [link = ''] = field.related ?? []
      const { rows } = await scope.session.query<{ id: number }>(sql`
        UPDATE ${id(model.table)} t SET ${id(field.name)} = ${id('m', column)} FROM ir_module_module m
         WHERE m.id = ${id('t', link)} AND ${id('t', field.name)} IS DISTINCT FROM ${id('m', column)}
        RETURNING t.id`)
      const ids = rows.map((row) => row.id)
      await computeStored(model, ids, new Set([field.name]), scope)
    }
  }
}

/** The column of the module list that a stored field copies. */
function followed(
  field: RegistryField,
  model: RegistryModel,
  modules: RegistryModel,
): string | undefined {
  const [link = '', name = '', ...more] = field.related ?? []
  if (field.column === undefined || !field.store || field.inherited || more.length > 0) {
    return undefined
  }
  if (model.fields.get(link)?.comodel !== modules.name) return undefined
  const column = modules.fields.get(name)?.column
  return column?.type === field.column.type ? column.name : undefined
}
