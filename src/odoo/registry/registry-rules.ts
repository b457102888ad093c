import { type Release, releaseRules } from '../release/index.js'

/** What differs between the releases in making models, columns and reflected rows. */
export interface RegistryRules {
  readonly major: number
  /** Magic fields are added by each class that makes a model that is not abstract; else to every model. */
  readonly magicFieldsOfClasses: boolean
  /** There is a field `__last_update`. */
  readonly concurrencyField: boolean
  /** Translated columns are jsonb. */
  readonly jsonTranslations: boolean
  /** Fields choose between kinds of index; before, any index is a btree. */
  readonly indexKinds: boolean
  /** Columns of a new table are ordered by type, not as they are declared. */
  readonly columnsByType: boolean
  /** Names that are too long are shortened by a checksum; index names have two underscores. */
  readonly hashedNames: boolean
  /** Company-dependent fields have a column of their own. */
  readonly companyDependentColumns: boolean
  /** `ir_model_inherit` is written. */
  readonly reflectsInheritance: boolean
  /** `ir_model_fields` has columns for currency and sanitizing. */
  readonly reflectsSanitizing: boolean
  /** Only the module that is being loaded gets xml ids of selection values. */
  readonly selectionIdsOfLoadedModule: boolean
  /** `display_name` can be searched. */
  readonly searchableDisplayName: boolean
}

/**
 * The rules of a release.
 *
 * Errors: RELEASE_UNSUPPORTED.
 */
export function registryRules(release: Release): RegistryRules {
  const { major } = releaseRules(release)
  return {
    major,
    magicFieldsOfClasses: major >= 15,
    concurrencyField: major <= 16,
    jsonTranslations: major >= 16,
    indexKinds: major >= 16,
    columnsByType: major >= 16,
    hashedNames: major >= 17,
    companyDependentColumns: major >= 18,
    reflectsInheritance: major >= 17,
    reflectsSanitizing: major >= 17,
    selectionIdsOfLoadedModule: major === 14,
    searchableDisplayName: major >= 18,
  }
}
