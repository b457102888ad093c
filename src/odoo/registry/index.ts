/** All models of a release merged over inheritance, module by module, and what they want of a database. */
export type { CustomField, CustomModel } from './custom-models.js'
export type { ModuleLoad } from './module-load.js'
export { idPart, type ReflectionOptions, reflectModule } from './reflection/reflect-module.js'
export type {
  ConstraintRow,
  FieldRow,
  InheritRow,
  ModelRow,
  ModuleReflection,
  RelationRow,
  SelectionRow,
  XmlIdRow,
} from './reflection/reflected-rows.js'
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
export { automaticName, indexName, objectName } from './schema/object-names.js'
export {
  foreignKeysOf,
  relationsOf,
  type WantedForeignKey,
  type WantedRelation,
} from './schema/wanted-relations.js'
export {
  hasTable,
  indexesOf,
  staticDefaultOf,
  storedFieldsOf,
  tableOf,
  viewOf,
  type WantedIndex,
  type WantedTable,
  type WantedView,
} from './schema/wanted-table.js'
