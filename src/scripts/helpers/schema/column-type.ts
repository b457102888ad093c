import type { Release } from '../../../odoo/release/index.js'

const TYPES: ReadonlyMap<string, string> = new Map([
  ['binary', 'bytea'],
  ['boolean', 'bool'],
  ['char', 'varchar'],
  ['date', 'date'],
  ['datetime', 'timestamp'],
  ['float', 'numeric'],
  ['html', 'text'],
  ['integer', 'int4'],
  ['many2one', 'int4'],
  ['many2one_reference', 'int4'],
  ['monetary', 'numeric'],
  ['reference', 'varchar'],
  ['selection', 'varchar'],
  ['text', 'text'],
  ['serialized', 'text'],
  ['json', 'jsonb'],
  ['properties', 'jsonb'],
  ['properties_definition', 'jsonb'],
])

/** The type of a field's column; undefined for fields without one and for unknown types. */
export function columnTypeOf(
  release: Release,
  fieldType: string,
  translatable = false,
): string | undefined {
  // Odoo 16 stores translations in the column itself.
  const inColumn = release.major >= 16 && ['char', 'text', 'html'].includes(fieldType)
  return translatable && inColumn ? 'jsonb' : TYPES.get(fieldType)
}
