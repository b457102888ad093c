import { id, type Sql, sql } from '../../../db/index.js'
import type { RegistryField, RegistryModel } from '../../../odoo/registry/index.js'

type Models = ReadonlyMap<string, RegistryModel>

/**
 * The statement that fills a new related column by one join: of two steps, the first a stored many2one, the
 * second a column, neither of them computed (odoo/fields.py `update_db`). Undefined for all other fields.
 */
export function fillRelated(
  field: RegistryField,
  model: RegistryModel,
  models: Models,
): Sql | undefined {
  const join = joinOf(field, model, models)
  if (join === undefined) return undefined
  return sql`
    UPDATE ${id(model.table)} AS x SET ${id(field.name)} = ${id('y', join.column)}
      FROM ${id(join.table)} AS y WHERE ${id('x', join.link)} = y.id`
}

function joinOf(field: RegistryField, model: RegistryModel, models: Models) {
  const [link, target, ...more] = field.related ?? []
  if (link === undefined || target === undefined || more.length > 0) return undefined
  const first = model.fields.get(link)
  if (first?.type !== 'many2one' || !first.store || isComputed(first)) return undefined
  const comodel = models.get(first.comodel ?? '')
  const last = comodel?.fields.get(target)
  if (comodel === undefined || last?.column === undefined || !last.store) return undefined
  if (isComputed(last) || last.attachment === true) return undefined
  return { link, table: comodel.table, column: target }
}

function isComputed(field: RegistryField): boolean {
  return field.compute !== undefined || field.related !== undefined
}
