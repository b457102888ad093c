/** All models of a release merged over inheritance, module by module, and what they want of a database. */
export type { CustomField, CustomModel } from './custom-models.js'
export type { ModuleLoad } from './module-load.js'
export { Registry, type RegistryOptions } from './registry.js'
export type {
  DeleteRule,
  FieldType,
  IndexKind,
  RegistryField,
  RelationTable,
  SelectionValue,
  WantedColumn,
} from './registry-field.js'
export {
  attributeOf,
  definersOf,
  type RegistryModel,
  type SqlConstraint,
} from './registry-model.js'
export { type RegistryRules, registryRules } from './registry-rules.js'
