/** All models of a release merged over inheritance, module by module, and what they want of a database. */
export type { ModuleLoad } from './module-load.js'
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
