/** How moult talks to PostgreSQL: embedded, managed or served, behind one `Session`. */
export type {
  Catalog,
  CatalogCheck,
  CatalogColumn,
  CatalogForeignKey,
  CatalogIndex,
  CatalogKey,
  CatalogSequence,
  CatalogTable,
  CatalogView,
  OnDelete,
} from './catalog/catalog.js'
export { readCatalog } from './catalog-snapshot.js'
export type {
  Cluster,
  ConfinedOptions,
  ConfinedRole,
  DatabaseLock,
  EngineKind,
  RunElevated,
  SessionOptions,
} from './cluster.js'
export { connectionError, DatabaseError, hasSqlState } from './database-error.js'
export { EmbeddedCluster, type EmbeddedOptions } from './embedded/embedded-cluster.js'
export type { ManagedOptions, ManagedServer } from './managed/managed-server.js'
export { type ServerAddress, ServerCluster } from './postgres/server-cluster.js'
export { databaseBusy, databaseUnknown, type LockHolder } from './refusals.js'
export {
  type ClientPrograms,
  type FindOptions,
  findClientPrograms,
  findServerBinaries,
  listClientPrograms,
  type ServerBinaries,
} from './server-programs.js'
export {
  firstRow,
  type Result,
  type Row,
  type Session,
  type TextResult,
  type TransactionOptions,
} from './session.js'
export { id, join, lit, raw, type Sql, type SqlValue, sql } from './sql.js'
export { startManaged } from './start-managed.js'
export { withWaryReading } from './wary-reading.js'
