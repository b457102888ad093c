import { raw, type Sql } from '../../../db/index.js'
import type { FieldSchema } from '../model-schema.js'

const TYPES: Readonly<Record<string, string>> = {
  boolean: 'boolean',
  integer: 'integer',
  many2one: 'integer',
  many2one_reference: 'integer',
  float: 'double precision',
  monetary: 'numeric',
  date: 'date',
  datetime: 'timestamp',
  binary: 'bytea',
  json: 'jsonb',
  properties: 'jsonb',
  properties_definition: 'jsonb',
}

/** The type that values of a field have in a statement: what they are to Odoo, not how they are stored. */
export function sqlType(field: FieldSchema): Sql {
  return raw(TYPES[field.type] ?? 'text')
}

/** Whether the field holds text: `char`, `text`, `html`, `selection`, `reference` and types that only add meaning. */
export function isText(field: FieldSchema): boolean {
  return TYPES[field.type] === undefined && !isList(field)
}

export function isList(field: FieldSchema): boolean {
  return field.type === 'one2many' || field.type === 'many2many'
}

/** Whether the text can be translated: `char`, `text` and `html`. */
export function isTranslatable(field: FieldSchema): boolean {
  return field.type === 'char' || field.type === 'text' || field.type === 'html'
}
