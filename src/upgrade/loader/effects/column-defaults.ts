import { raw, type Sql } from '../../../db/index.js'
import type { RegistryModel } from '../../../odoo/registry/index.js'
import type { ModelSchema } from '../../../scripts/orm/index.js'
import { defaultValue } from '../schema/column-value.js'
import { schemaRules } from '../schema/schema-rules.js'
import type { EffectsScope } from './effects-scope.js'

/** Defaults of new records' columns, as far as they are known without running code and the database has them. */
export function columnDefaults(
  model: RegistryModel,
  schema: ModelSchema,
  { models, release }: EffectsScope,
): ReadonlyMap<string, Sql> {
  const defaults = new Map<string, Sql>()
  const rules = schemaRules(release)
  for (const field of model.fields.values()) {
    if (field.column === undefined || field.companyDependent || field.automatic) continue
    if (schema.fields.get(field.name)?.kind !== 'column') continue
    const value = defaultValue(field, { models, rules })
    if (value.kind === 'constant' || value.kind === 'query') {
      defaults.set(field.name, value.expression)
    } else if (field.default === false && field.type === 'boolean') {
      // Into new columns False goes as NULL; a new record has it as it is.
      defaults.set(field.name, raw('false'))
    }
  }
  return defaults
}
