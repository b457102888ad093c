import { crc32 } from 'node:zlib'
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

/** Name of the index of a field: odoo/modules/registry.py, from 17 on `make_index_name`. */
export function indexName(table: string, column: string, rules: SchemaRules): string {
  return rules.indexNames === 'plain'
    ? truncateName(plainIndexName(table, column))
    : hashName(`${table}__${column}_index`)
}

/** The name that releases before 17 give. */
export function plainIndexName(table: string, column: string): string {
  return `${table}_${column}_index`
}

/** The name in the database of what the ORM calls `<table>_<key>`. */
export function constraintName(name: string, rules: SchemaRules): string {
  return rules.hashesConstraintNames ? hashName(name) : truncateName(name)
}

/** `make_identifier` of odoo/tools/sql.py: 54 characters and the checksum of the whole. */
function hashName(name: string): string {
  // Odoo counts characters here, not bytes.
  if ([...name].length <= LONGEST_NAME) return name
  const checksum = crc32(Buffer.from(name)).toString(16).padStart(8, '0')
  return `${[...name].slice(0, LONGEST_NAME - 9).join('')}_${checksum}`
}
