import { indexName as fullIndexName, objectName } from '../../../odoo/registry/index.js'
import type { SchemaRules } from './schema-rules.js'

/** PostgreSQL's limit for names, in bytes. */
const LONGEST_NAME = 63

/** As PostgreSQL keeps a name: cut off at 63 bytes, at the border of a character. */
export function truncateName(name: string): string {
  const bytes = Buffer.from(name)
  if (bytes.length <= LONGEST_NAME) return name
  let end = LONGEST_NAME
  // A byte 10xxxxxx continues a character.
  while (((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1
  return bytes.subarray(0, end).toString()
}

/** Name that the index of a field has in the database. */
export function indexName(table: string, column: string, rules: SchemaRules): string {
  return truncateName(fullIndexName(table, column, rules.registry))
}

/** The name that releases before 17 give it. */
export function plainIndexName(table: string, column: string): string {
  return truncateName(`${table}_${column}_index`)
}

/** The name in the database of what the ORM calls `<table>_<key>`. */
export function constraintName(name: string, rules: SchemaRules): string {
  return truncateName(objectName(name, rules.registry))
}
