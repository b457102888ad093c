import { needsOdoo } from '../guest-errors.js'
import type { FieldSchema, ModelSchema } from '../model-schema.js'

/** Table and columns of a many2many; fails for one that only Odoo can compute. */
export function manyToMany(
  schema: ModelSchema,
  field: FieldSchema,
): {
  readonly table: string
  readonly own: string
  readonly other: string
  readonly model: string
} {
  const { kind, relation, relationTable: table, column1: own, column2: other } = field
  if (kind !== 'many2many' || !relation || !table || !own || !other) {
    throw needsOdoo(schema.model, field.name)
  }
  return { table, own, other, model: relation }
}

/** Comodel and inverse field of a one2many; fails for one that only Odoo can compute. */
export function oneToMany(
  schema: ModelSchema,
  field: FieldSchema,
): { readonly model: string; readonly inverse: string } {
  const { kind, relation, relationField } = field
  if (kind !== 'one2many' || !relation || !relationField) throw needsOdoo(schema.model, field.name)
  return { model: relation, inverse: relationField }
}
