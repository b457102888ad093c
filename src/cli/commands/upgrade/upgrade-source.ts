import { existsSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { UsageError, UserError } from '../../../base/index.js'
import { type Environment, expandPath, loadProjectConfig } from '../../../config/index.js'
import {
  administer,
  type DatabaseHost,
  databaseExists,
  readBackupTables,
  withBackupFile,
} from '../../../databases/manager/index.js'
import { withWaryReading } from '../../../db/index.js'
import type { ModuleRow } from '../../../odoo/modules/index.js'
import { parseRelease, type Release } from '../../../odoo/release/index.js'
import {
  MODULE_TABLES,
  type ModuleSnapshot,
  moduleRowsOfDump,
  readModuleSnapshot,
} from '../../../upgrade/planning/index.js'
import { type CommandContext, type CommandInput, textOption } from '../../command.js'

/** What is to be upgraded: a backup file, or a database. */
export type UpgradeSource =
  | { readonly kind: 'file'; readonly file: string; readonly name: string }
  | {
      readonly kind: 'database'
      readonly name: string
      /** `postgresql://…`, where the source is named so. */
      readonly url?: string
    }

const FILE_NAME = /[\\/]|\.(zip|dump|sql|sql\.gz|gz|backup|tar)$/i
const URL_SCHEME = /^postgres(?:ql)?:\/\//

/**
 * Decides what SOURCE names; `-d` names a database. Without both it is the source of the project.
 *
 * Errors: SOURCE_MISSING, SOURCE_AMBIGUOUS.
 */
export async function upgradeSource(
  { args: [argument], options }: CommandInput,
  { environment }: CommandContext,
): Promise<UpgradeSource> {
  const database = textOption(options, 'database')
  if (argument !== undefined && database !== undefined && argument !== database) {
    throw new UsageError(
      'SOURCE_AMBIGUOUS',
      `Two sources are named: ${argument} and -d ${database}`,
      {
        hint: 'Name the backup file or the database once.',
      },
    )
  }
  const named = argument ?? database ?? (await sourceOfProject(environment))
  if (named !== undefined && URL_SCHEME.test(named)) return sourceOfUrl(named)
  if (named === undefined) {
    throw new UsageError('SOURCE_MISSING', 'No database and no backup file is named', {
      hint: 'Name one, such as backup.zip or my_database, or give moult.config a "source".',
    })
  }
  if (database === undefined && (isBackup(named) || FILE_NAME.test(named))) {
    return { kind: 'file', file: named, name: nameOfFile(named) }
  }
  return { kind: 'database', name: named }
}

/** A folder is one when pg_dump -Fd wrote it; any other may just have the name of a database. */
function isBackup(path: string): boolean {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat?.isDirectory() === true ? existsSync(join(path, 'toc.dat')) : stat !== undefined
}

function sourceOfUrl(url: string): UpgradeSource {
  const name = URL.canParse(url) ? decodeURIComponent(new URL(url).pathname.slice(1)) : ''
  if (name !== '') return { kind: 'database', name, url }
  throw new UsageError('SOURCE_MISSING', 'The URL names no database', {
    hint: 'Write postgresql://user@host/database.',
  })
}

/** The source that the project names; a file is relative to the configuration. */
async function sourceOfProject(environment: Environment): Promise<string | undefined> {
  const project = await loadProjectConfig(process.cwd(), environment)
  if (project?.source === undefined || URL_SCHEME.test(project.source)) return project?.source
  const file = expandPath(project.source, environment, dirname(project.file))
  return isBackup(file) || FILE_NAME.test(project.source) ? file : project.source
}

/** Fails with SOURCE_AMBIGUOUS when a file's name is that of a database as well. */
export async function refuseAmbiguous(host: DatabaseHost, source: UpgradeSource): Promise<void> {
  if (source.kind !== 'file' || FILE_NAME.test(source.file)) return
  const known = await administer(host.cluster, (session) => databaseExists(session, source.file))
  if (!known) return
  throw new UsageError('SOURCE_AMBIGUOUS', `"${source.file}" is both a file and a database`, {
    hint: `Write ./${source.file} for the file, or -d ${source.file} for the database.`,
  })
}

/** `acme_2026-11-20_10-00-00.zip` was made from `acme`. */
function nameOfFile(file: string): string {
  return basename(file)
    .replace(/\.(zip|dump|sql|sql\.gz|gz|tar|backup)$/i, '')
    .replace(/\.sql$/i, '')
    .replace(/_\d{4}-\d{2}-\d{2}_\d{2}-\d{2}-\d{2}$/, '')
}

/**
 * The modules of a backup, read out of it without restoring it. The countries of its companies stay unknown: they
 * are of concern to few modules, and would mean to read all partners.
 */
export async function modulesOfFile(
  file: string,
  context: CommandContext,
): Promise<ModuleSnapshot> {
  return withBackupFile(file, context.progress, async (backup) => {
    const rows = moduleRowsOfDump(await readBackupTables(backup, MODULE_TABLES))
    if (rows !== undefined) return { rows, companyCountries: [] }
    throw new UserError('NOT_AN_ODOO_DATABASE', 'The backup is of no Odoo database', {
      place: { file },
      hint: 'It has no table ir_module_module.',
    })
  })
}

/** The modules of a database. */
export function modulesOfDatabase(host: DatabaseHost, database: string): Promise<ModuleSnapshot> {
  return host.cluster.withSession(database, (session) =>
    withWaryReading(session, readModuleSnapshot),
  )
}

/** The release that a module table is of: that of `base`. */
export function releaseOfModules(rows: readonly ModuleRow[], source: string): Release {
  const base = rows.find((row) => row.name === 'base')
  const release = parseRelease(base?.latestVersion ?? '')
  if (release !== undefined) return release
  throw new UserError('RELEASE_UNKNOWN', `The release of ${source} is unknown`, {
    hint: 'Its module "base" has no version: it is no complete database of Odoo.',
  })
}
