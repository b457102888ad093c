/** Records of an Odoo database in sets: environment, recordsets, domains to SQL, companies, languages, xml ids. */
export { readDatabaseCatalog } from './catalog/database-catalog.js'
export { tableCandidates } from './catalog/table-name.js'
export { readPythonLiteral } from './domain/python-literal.js'
export type { ReadValue } from './environment/cell-value.js'
export { createEnvironment, type Environment } from './environment/environment.js'
export { type GroupQuery, type ReadRecord, Recordset } from './environment/recordset.js'
export type { ScriptCursor } from './environment/script-cursor.js'
export type {
  Domain,
  DomainItem,
  Records,
  ScriptValue,
  ScriptValues,
} from './environment/script-value.js'
export type { GroupOptions, GroupPage } from './groups/group.js'
export type { ReadGroupQuery } from './groups/read-group.js'
export type { ModelCatalog, StoredRelated, SystemTable } from './model-catalog.js'
export type {
  FieldFacts,
  FieldKind,
  FieldSchema,
  ModelFacts,
  ModelSchema,
  TableColumn,
} from './model-schema.js'
export { Orm, type OrmOptions } from './orm.js'
export { DEFAULT_CONTEXT, type OrmContext } from './orm-context.js'
export { ormOperations } from './orm-operations.js'
export type { AttachmentFiles, OrmScope, RecordChange } from './orm-scope.js'
export type { RecordEffects } from './record-effects.js'
export {
  type AttachmentWrite,
  type FileStore,
  mimetypeOf,
  storeContent,
  writeAttachmentRows,
} from './records/attachment-rows.js'
export type { RecordValues } from './records/record-values.js'
export type { CompanyFacts, UserFacts } from './records/users.js'
export type { RowValues } from './records/write.js'
export type { RecordRefById } from './records/xml-ids.js'
export type { ReadPage } from './select/read.js'
export type { SearchOptions } from './select/search.js'
