/** Create, list, back up, restore, duplicate, rename, drop and neutralise databases. */

export {
  type BackupFormat,
  type BackupOptions,
  type BackupReport,
  backupDatabase,
  formatOfName,
} from './backup/backup-database.js'
export type { DumperChoice } from './backup/choose-dumper.js'
export { type CreateOptions, type CreateReport, createEmptyDatabase } from './create-database.js'
export { type DatabaseHost, filestoreOf } from './database-host.js'
export { checkDatabaseName } from './database-name.js'
export { type DropOptions, dropWithFilestore } from './drop-database.js'
export {
  type DuplicateOptions,
  type DuplicateReport,
  duplicateDatabase,
} from './duplicate-database.js'
export type { FilestoreCheck, FilestoreMode, StoredFile } from './filestore.js'
export type { Whereabouts } from './identity.js'
export { type DatabaseSummary, type ListOptions, listDatabases } from './list-databases.js'
export { type BackupManifest, releaseOf } from './manifest.js'
export { neutralizeDatabase } from './neutralize-database.js'
export { type OdooFacts, readOdooFacts } from './odoo-facts.js'
export { type RenameOptions, renameWithFilestore } from './rename-database.js'
export { type BackupFile, withBackupFile } from './restore/backup-file.js'
export {
  type RestoreOptions,
  type RestoreReport,
  restoreDatabase,
} from './restore/restore-database.js'
export { administer, databaseExists } from './server-statements.js'
