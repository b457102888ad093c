import type { Release } from '../../../odoo/release/index.js'

/** What differs between the releases in how models become tables: data, no decisions. */
export interface SchemaRules {
  readonly major: number
  /** New tables have their columns in the order of the fields, or sorted by the space that types take. */
  readonly columnOrder: 'fields' | 'types'
  /** A column of another type is converted, or (but for a few pairs) moved away. */
  readonly typeChange: 'convert' | 'move'
  /** Translated columns are jsonb. */
  readonly translatesInColumn: boolean
  /** `<table>_<column>_index`, or `<table>__<column>_index`, with a checksum where that is too long. */
  readonly indexNames: 'plain' | 'hashed'
  /** Names of constraints over 63 bytes end in a checksum; PostgreSQL cuts them off otherwise. */
  readonly hashesConstraintNames: boolean
  /** `%` ends up doubled in the database. */
  readonly doublesPercent: boolean
}

/** The rules of a release: odoo/models.py, odoo/fields.py and odoo/tools/sql.py of 14.0 to 18.0. */
export function schemaRules({ major }: Pick<Release, 'major'>): SchemaRules {
  return {
    major,
    columnOrder: major >= 16 ? 'types' : 'fields',
    typeChange: major >= 16 ? 'convert' : 'move',
    translatesInColumn: major >= 16,
    indexNames: major >= 17 ? 'hashed' : 'plain',
    hashesConstraintNames: major >= 17,
    doublesPercent: major >= 17,
  }
}
