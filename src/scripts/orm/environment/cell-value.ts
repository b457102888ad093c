import type { FieldSchema } from '../model-schema.js'

/** A value as a TypeScript script reads it. */
export type ReadValue =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | readonly number[]
  | { readonly [key: string]: unknown }
  | readonly unknown[]

/**
 * PostgreSQL's text as a value: numbers as numbers, dates and moments as ISO text, a many2one as its id, lists as
 * ids, binary values as their content, no value as null.
 */
export function cellValue(field: FieldSchema, cell: string | null): ReadValue {
  if (cell === null) return null
  switch (field.type) {
    case 'boolean':
      return cell === 't' || cell === 'true'
    case 'integer':
    case 'many2one':
    case 'many2one_reference':
    case 'float':
    case 'monetary':
      return Number(cell)
    case 'one2many':
    case 'many2many':
      return cell === '{}' ? [] : cell.slice(1, -1).split(',').map(Number)
    case 'json':
    case 'properties':
    case 'properties_definition':
      return JSON.parse(cell) as ReadValue
    case 'binary':
      return Buffer.from(Buffer.from(cell.slice(2), 'hex').toString('latin1'), 'base64')
    default:
      return field.name === 'id' ? Number(cell) : cell
  }
}
