/** Create, list, back up, restore, duplicate, rename, drop and neutralise databases. */

export {
  type BackupFormat,
  type BackupOptions,
  type BackupReport,
  backupDatabase,
  formatOfName,
} from './backup/backup-database.js'
export type { DumperChoice } from './backup/choose-dumper.js'
export {
  allCheckpoints,
  type Checkpoint,
  listCheckpoints,
  makeCheckpoint,
  restoreCheckpoint,
} from './checkpoints.js'
export type { CreateOptions, CreateReport } from './create-database.js'
export { type DatabaseHost, filestoreOf } from './database-host.js'
export { checkDatabaseName } from './database-name.js'
export type { DropOptions, DropReport } from './drop-database.js'
export type { DuplicateOptions, DuplicateReport } from './duplicate-database.js'
export type { FilestoreCheck, FilestoreMode, StoredFile } from './filestore.js'
export type { Whereabouts } from './identity.js'
export type { DatabaseSummary, ListOptions } from './list-databases.js'
export { type BackupManifest, releaseOf } from './manifest.js'
export { type OdooFacts, readOdooFacts } from './odoo-facts.js'
export {
  createEmptyDatabase,
  dropWithFilestore,
  duplicateDatabase,
  listDatabases,
  neutralizeDatabase,
  renameWithFilestore,
  restoreDatabase,
  withBackupFile,
} from './operations.js'
export type { RenameOptions } from './rename-database.js'
export type { BackupFile } from './restore/backup-file.js'
export { type DumpedRow, readBackupTables } from './restore/backup-tables.js'
export type { RestoreOptions, RestoreReport } from './restore/restore-database.js'
export { administer, databaseExists, databaseNames } from './server-statements.js'
export type { Staging } from './staging.js'
