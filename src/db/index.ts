/** How moult talks to PostgreSQL: embedded, managed or served, behind one `Session`. */
export type {
  Cluster,
  ConfinedRole,
  DatabaseLock,
  EngineKind,
  SessionOptions,
} from './cluster.js'
export { connectionError, DatabaseError, hasSqlState } from './database-error.js'
export { EmbeddedCluster, type EmbeddedOptions } from './embedded/embedded-cluster.js'
export { type ServerAddress, ServerCluster } from './postgres/server-cluster.js'
export { databaseBusy, databaseUnknown, type LockHolder } from './refusals.js'
export {
  firstRow,
  type Result,
  type Row,
  type Session,
  type TransactionOptions,
} from './session.js'
export { id, join, lit, raw, type Sql, type SqlValue, sql } from './sql.js'
