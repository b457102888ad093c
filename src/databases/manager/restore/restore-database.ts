import { type Finding, type Progress, UserError } from '../../../base/index.js'
import { type Session, sql } from '../../../db/index.js'
import type { Release } from '../../../odoo/release/index.js'
import { type NeutralizeReport, neutralize } from '../../neutralize/index.js'
import type { DatabaseHost } from '../database-host.js'
import { checkDatabaseName } from '../database-name.js'
import { checkFilestore, type FilestoreCheck, neededFiles } from '../filestore.js'
import { resetIdentity, type Whereabouts } from '../identity.js'
import { releaseOf } from '../manifest.js'
import { readOdooFacts } from '../odoo-facts.js'
import { administer, createDatabase } from '../server-statements.js'
import { type Staging, type StagingOptions, withStaging } from '../staging.js'
import type { BackupFile } from './backup-file.js'
import { giveToOwner, type LoadRole, prepareLoadRole, withLoadSession } from './load-role.js'
import { restoreFiles } from './restore-files.js'

export interface RestoreOptions {
  readonly name: string
  /** `copy` (default) gives the database its own identity. */
  readonly whereabouts?: Whereabouts
  readonly neutralize?: boolean
  readonly addonsPath?: readonly string[]
  readonly withoutFilestore?: boolean
  /** Take the place of a database of this name, once the new one is complete. */
  readonly replace?: { readonly force: boolean }
  /** Owner of the database and all in it. */
  readonly owner?: string
  /** Runs in the complete database before it gets its name. */
  readonly beforeNaming?: (session: Session) => Promise<void>
}

export interface RestoreReport {
  readonly database: string
  /** Undefined when the database is none of Odoo's. */
  readonly release: Release | undefined
  readonly modules: number | undefined
  readonly tables: number
  readonly filestore: FilestoreCheck | undefined
  readonly uuid: string | undefined
  readonly neutralized: NeutralizeReport | undefined
  readonly findings: readonly Finding[]
}

/**
 * Makes a database from a backup. It is loaded under a name of moult's own, as a role without rights over
 * anything else, made a copy of its own and neutralised there, and appears under its final name only when
 * all of it is complete.
 *
 * Errors: DATABASE_NAME_INVALID, DATABASE_EXISTS, FILESTORE_EXISTS, DUMP_*, those of the backup's format.
 */
export async function restoreDatabase(
  host: DatabaseHost,
  backup: BackupFile,
  progress: Progress,
  options: RestoreOptions,
): Promise<RestoreReport> {
  const name = checkDatabaseName(options.name)
  return withStaging(host, stagingOptions(name, options), async (staging) => {
    const prepared = await prepare(host, staging, options)
    const loaded = await load(host, staging, backup, { ...prepared, progress })
    const unpacked =
      options.withoutFilestore === true
        ? []
        : await restoreFiles(backup, staging.filestore, progress)
    const { role } = prepared
    const finished = await finish(host, staging, backup, { ...options, role, progress })
    const disarmed = await handOver(host, staging, role, options.beforeNaming)
    const findings = [...backup.findings, ...loaded, ...unpacked, ...disarmed, ...finished.findings]
    return { ...finished, database: name, findings }
  })
}

function stagingOptions(name: string, { replace }: RestoreOptions): StagingOptions {
  return { name, operation: `restore ${name}`, ...(replace !== undefined && { replace }) }
}

/** What must be known before a dump can be loaded. */
interface Prepared {
  readonly role: LoadRole
  readonly extensions: ReadonlySet<string>
}

async function prepare(
  { cluster }: DatabaseHost,
  { database }: Staging,
  { owner }: RestoreOptions,
): Promise<Prepared> {
  return administer(cluster, async (session) => {
    const role = await prepareLoadRole(session, { name: database, owner, engine: cluster.kind })
    await createDatabase(session, { name: database, owner: role.confined ?? role.owner })
    const { rows } = await session.query<{ name: string }>(
      sql`SELECT name FROM pg_available_extensions`,
    )
    return { role, extensions: new Set(rows.map((row) => row.name)) }
  })
}

interface LoadRequest extends Prepared {
  readonly progress: Progress
}

async function load(
  { cluster }: DatabaseHost,
  { database }: Staging,
  backup: BackupFile,
  { role, extensions, progress }: LoadRequest,
): Promise<readonly Finding[]> {
  // Only a restore needs what reads dumps; the other commands start without it.
  const { loadDump } = await import('./load-dump.js')
  return withLoadSession(
    cluster,
    database,
    role,
    (session, elevated) =>
      loadDump(backup.items(), {
        session,
        elevated,
        target: {
          serverVersion: session.serverVersion,
          engine: cluster.kind,
          keepGrants: false,
          availableExtensions: extensions,
        },
        file: backup.dumpLabel,
        progress,
        ...(backup.dumpSize !== undefined && { size: backup.dumpSize }),
      }),
    { signal: progress.signal },
  )
}

/**
 * What is looked at and changed in the loaded database before anybody can see it: as the role that loaded it,
 * since a stranger's triggers and defaults run whenever a row is written.
 */
async function finish(
  { cluster }: DatabaseHost,
  { database }: Staging,
  backup: BackupFile,
  options: RestoreOptions & { readonly role: LoadRole; readonly progress: Progress },
): Promise<Omit<RestoreReport, 'database'>> {
  const { role } = options
  const { signal } = options.progress
  const work = async (session: Session): Promise<Omit<RestoreReport, 'database'>> => {
    const facts = await readOdooFacts(session)
    if (facts === undefined && options.neutralize) {
      throw new UserError('NOT_AN_ODOO_DATABASE', 'The backup is of no Odoo database', {
        place: { file: backup.path },
        hint: 'Restore it without --neutralize.',
      })
    }
    const tables = await session.query<{ n: number }>(sql`
      SELECT count(*) AS n FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = to_regnamespace('public')`)
    const check =
      options.withoutFilestore === true
        ? undefined
        : checkFilestore(backup.files, await neededFiles(session))
    const uuid = options.whereabouts === 'moved' ? undefined : await resetIdentity(session)
    const neutralized = options.neutralize ? await neutralize(session, options) : undefined
    return {
      release: facts?.release,
      modules: facts && Object.keys(facts.modules).length,
      tables: Number(tables.rows[0]?.n ?? 0),
      filestore: check,
      uuid,
      neutralized,
      findings: [
        ...(check === undefined ? [] : missingFiles(check, backup)),
        ...otherRelease(facts?.release, backup),
        ...(neutralized?.findings ?? []),
      ],
    }
  }
  return withLoadSession(cluster, database, role, work, { signal })
}

async function handOver(
  { cluster }: DatabaseHost,
  { database }: Staging,
  role: LoadRole,
  beforeNaming: RestoreOptions['beforeNaming'],
): Promise<readonly Finding[]> {
  if (role.confined === undefined && beforeNaming === undefined) return []
  return cluster.withSession(database, async (session) => {
    const disarmed = await giveToOwner(session, role)
    await beforeNaming?.(session)
    return disarmed
  })
}

function missingFiles(check: FilestoreCheck, backup: BackupFile): readonly Finding[] {
  if (check.missing.length === 0) return []
  const without = backup.files.length === 0
  return [
    {
      code: 'ATTACHMENTS_MISSING',
      severity: 'warning',
      message: without
        ? `The backup holds no filestore: ${check.missing.length} files that attachments need are not there`
        : `${check.missing.length} files that attachments need are not in the backup: ${check.missing.slice(0, 5).join(', ')}`,
      hint: without
        ? 'Copy the filestore from the original server, or restore a zip backup that holds it.'
        : 'They were missing on the original server already, or its filestore was packed before the dump.',
      data: { files: check.missing },
    },
  ]
}

/** A manifest that speaks of another release than the database: the archive was put together by hand. */
function otherRelease(release: Release | undefined, backup: BackupFile): readonly Finding[] {
  if (backup.manifest === undefined || release === undefined) return []
  const said = releaseOf(backup.manifest)
  if (said === undefined || said.series === release.series) return []
  return [
    {
      code: 'MANIFEST_OTHER_RELEASE',
      severity: 'warning',
      message: `The manifest says release ${said.series}, the database is of ${release.series}`,
      place: { file: backup.path, object: 'manifest.json' },
      hint: 'The archive was put together from two backups, or its upgrade did not finish.',
    },
  ]
}
