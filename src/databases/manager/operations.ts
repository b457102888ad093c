import type { createEmptyDatabase as Create } from './create-database.js'
import type { dropWithFilestore as Drop } from './drop-database.js'
import type { duplicateDatabase as Duplicate } from './duplicate-database.js'
import type { listDatabases as List } from './list-databases.js'
import type { neutralizeDatabase as Neutralize } from './neutralize-database.js'
import type { renameWithFilestore as Rename } from './rename-database.js'
import type { withBackupFile as WithBackupFile } from './restore/backup-file.js'
import type { restoreDatabase as Restore } from './restore/restore-database.js'

// The code of an operation is loaded when it is called, so that none waits for that of the others.

export const createEmptyDatabase: typeof Create = async (...given) =>
  (await import('./create-database.js')).createEmptyDatabase(...given)

export const dropWithFilestore: typeof Drop = async (...given) =>
  (await import('./drop-database.js')).dropWithFilestore(...given)

export const duplicateDatabase: typeof Duplicate = async (...given) =>
  (await import('./duplicate-database.js')).duplicateDatabase(...given)

export const listDatabases: typeof List = async (...given) =>
  (await import('./list-databases.js')).listDatabases(...given)

export const neutralizeDatabase: typeof Neutralize = async (...given) =>
  (await import('./neutralize-database.js')).neutralizeDatabase(...given)

export const renameWithFilestore: typeof Rename = async (...given) =>
  (await import('./rename-database.js')).renameWithFilestore(...given)

export const restoreDatabase: typeof Restore = async (...given) =>
  (await import('./restore/restore-database.js')).restoreDatabase(...given)

export const withBackupFile: typeof WithBackupFile = async (...given) =>
  (await import('./restore/backup-file.js')).withBackupFile(...given)
