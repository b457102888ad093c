import { type RegistryRules, registryRules } from '../../../odoo/registry/index.js'
import type { Release } from '../../../odoo/release/index.js'

/** What differs between the releases in how models become tables: data, no decisions. */
export interface SchemaRules {
  /** Names, order of columns. */
  readonly registry: RegistryRules
  /** A column of another type is converted, or (but for a few pairs) moved away. */
  readonly typeChange: 'convert' | 'move'
  /** `%` ends up doubled in constraints. */
  readonly doublesPercent: boolean
}

/** The rules of a release: odoo/models.py, odoo/fields.py and odoo/tools/sql.py of 14.0 to 18.0. */
export function schemaRules(release: Release): SchemaRules {
  return {
    registry: registryRules(release),
    typeChange: release.major >= 16 ? 'convert' : 'move',
    doublesPercent: release.major >= 17,
  }
}
