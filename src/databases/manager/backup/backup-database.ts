import { join } from 'node:path'
import {
  gzipTo,
  verifyZip,
  withAtomicFile,
  writeZip,
  type ZipWriter,
} from '../../../archive/index.js'
import {
  type Finding,
  Findings,
  inParallel,
  type Progress,
  type Step,
  UserError,
} from '../../../base/index.js'
import type { Session } from '../../../db/index.js'
import { type DatabaseHost, filestoreOf } from '../database-host.js'
import {
  checkFilestore,
  type FilestoreCheck,
  listFilestore,
  neededFiles,
  type StoredFile,
} from '../filestore.js'
import { manifestText } from '../manifest.js'
import { readOdooFacts } from '../odoo-facts.js'
import { chooseDumper, type DumperChoice, searchPrograms } from './choose-dumper.js'
import { type DumpRequest, dumpToFile, plainDump } from './dump-source.js'

/** Odoo's two formats, and plain SQL. Only `zip` holds the attachments. */
export type BackupFormat = 'zip' | 'dump' | 'sql' | 'sql.gz'

export interface BackupOptions {
  readonly file: string
  readonly format: BackupFormat
  readonly withoutFilestore?: boolean
  readonly excludeTableData?: readonly string[]
  readonly dumper?: DumperChoice
  /** Reads the finished file again and checks every part. */
  readonly verify?: boolean
  readonly overwrite?: boolean
}

export interface BackupReport {
  readonly database: string
  readonly file: string
  readonly format: BackupFormat
  /** Bytes of the file. */
  readonly size: number
  readonly dumper: 'pg_dump' | 'built-in'
  readonly filestore: FilestoreCheck | undefined
  readonly verified: boolean
  readonly findings: readonly Finding[]
}

const WATCH_MS = 200

interface Work {
  readonly request: DumpRequest
  readonly options: BackupOptions
  readonly progress: Progress
}

/** What was written besides the dump. */
interface Written {
  readonly size: number
  readonly filestore: FilestoreCheck | undefined
}

/**
 * Writes a backup that appears under its name only when it is complete. Dump, manifest and the list of
 * attachments come from one snapshot; attachments never change, so copying them afterwards is safe.
 *
 * Errors: DATABASE_UNKNOWN, FILE_EXISTS, DISK_FULL, PG_DUMP_MISSING, PROGRAM_FAILED, BUILTIN_DUMP_UNSUPPORTED.
 */
export async function backupDatabase(
  host: DatabaseHost,
  name: string,
  progress: Progress,
  options: BackupOptions,
): Promise<BackupReport> {
  const { cluster } = host
  const choice = options.dumper ?? 'auto'
  // pg_dump is looked for while the connections are made.
  const searching = searchPrograms(cluster, choice)
  const locking = cluster.lock(name, `back up ${name}`)
  locking.catch(() => {})
  try {
    return await cluster.withSession(
      name,
      (session) =>
        session.transaction(
          async () => {
            await locking
            const found = await searching
            const { serverVersion } = session
            const { dumper, findings } = chooseDumper(cluster, serverVersion, { choice, found })
            const excludeTableData = options.excludeTableData ?? []
            const dumped = new Findings()
            const { signal } = progress
            const request = { cluster, session, dumper, excludeTableData, signal, findings: dumped }
            const written = await write(host, { request, options, progress })
            return {
              database: name,
              file: options.file,
              format: options.format,
              size: written.size,
              dumper: dumper.kind,
              filestore: written.filestore,
              verified: options.verify === true && options.format === 'zip',
              findings: [...findings, ...dumped.list(), ...filestoreFindings(written.filestore)],
            }
          },
          { isolation: 'repeatable read', readOnly: true },
        ),
      { signal: progress.signal },
    )
  } catch (error) {
    // Who is at work on the database says more than what became of it meanwhile.
    await locking
    throw error
  } finally {
    await locking.then(
      (lock) => lock.release(),
      () => {},
    )
  }
}

async function write(host: DatabaseHost, work: Work): Promise<Written> {
  const { request, options, progress } = work
  const { file, overwrite = false } = options
  const target = { overwrite, signal: progress.signal }
  switch (options.format) {
    case 'zip':
      return writeZipBackup(host, work)
    case 'dump':
      return dumpIntoFile(work, 'custom')
    case 'sql':
      return dumpIntoFile(work, 'plain')
    case 'sql.gz':
      return progress.step('Dumping', { unit: 'bytes' }, async (step) => {
        const { fileSize } = await gzipTo(file, counted(plainDump(request), step), target)
        return { size: fileSize, filestore: undefined }
      })
  }
}

/** Bytes are counted on the disk now and then, as another program may be writing them. */
async function dumpIntoFile(
  { request, options, progress }: Work,
  format: 'plain' | 'custom',
): Promise<Written> {
  const { file, overwrite = false } = options
  return progress.step('Dumping', { unit: 'bytes' }, (step) =>
    withAtomicFile(
      file,
      async (output) => {
        let seen = 0
        const look = async (): Promise<void> => {
          const size = await output.written()
          step.advance(size - seen)
          seen = size
        }
        // A cancellation that it meets ends the dump as well, and is reported there.
        const watch = setInterval(() => void look().catch(() => {}), WATCH_MS)
        try {
          await dumpToFile(request, output, format)
        } finally {
          clearInterval(watch)
        }
        return { size: output.size, filestore: undefined }
      },
      { overwrite, signal: progress.signal },
    ),
  )
}

async function writeZipBackup(
  host: DatabaseHost,
  { request, options, progress }: Work,
): Promise<Written> {
  const { session } = request
  const { file, overwrite = false } = options
  let filestore: FilestoreCheck | undefined
  const facts = await readOdooFacts(session)
  const stored = options.withoutFilestore ? undefined : await listStored(host, session)
  const { fileSize } = await writeZip(
    file,
    async (zip) => {
      await progress.step('Dumping', { unit: 'bytes' }, (step) =>
        zip.addStream('dump.sql', counted(plainDump(request), step)),
      )
      if (facts !== undefined) {
        const text = manifestText(session.database, facts, session.serverVersion)
        await zip.addBuffer('manifest.json', Buffer.from(text))
      }
      if (stored !== undefined) filestore = await addFilestore(zip, stored, progress)
    },
    { overwrite, signal: progress.signal },
  )
  if (options.verify) await verifyZip(file, progress)
  return { size: fileSize, filestore }
}

/** The attachments of a database, and the files that are there. */
interface StoredFiles {
  readonly folder: string
  readonly needed: ReadonlySet<string>
  readonly files: Promise<readonly StoredFile[]>
}

/** The folder is listed beside the dump: whatever the snapshot needs was there before it. */
async function listStored(host: DatabaseHost, session: Session): Promise<StoredFiles> {
  const folder = filestoreOf(host, session.database)
  const needed = await neededFiles(session)
  const files = listFilestore(folder)
  // It is reported when the list is needed.
  files.catch(() => {})
  return { folder, needed, files }
}

async function addFilestore(
  zip: ZipWriter,
  stored: StoredFiles,
  progress: Progress,
): Promise<FilestoreCheck> {
  const { folder, needed } = stored
  const files = await stored.files
  // Files that came after the snapshot belong to no row of the dump, and orphans to none at all.
  const wanted = files.filter((file) => needed.has(file.name))
  await progress.step(
    'Packing attachments',
    { unit: 'files', total: wanted.length },
    async (step) => {
      await inParallel(wanted, async ({ name }) => {
        await zip.addFile(`filestore/${name}`, join(folder, name))
        step.advance(1, name)
      })
    },
  )
  return checkFilestore(files, needed)
}

async function* counted(source: AsyncIterable<Uint8Array>, step: Step): AsyncIterable<Uint8Array> {
  for await (const chunk of source) {
    yield chunk
    step.advance(chunk.byteLength)
  }
}

function filestoreFindings(check: FilestoreCheck | undefined): readonly Finding[] {
  if (check === undefined) return []
  const findings: Finding[] = []
  if (check.missing.length > 0) {
    findings.push({
      code: 'ATTACHMENTS_MISSING',
      severity: 'warning',
      message: `${check.missing.length} files that attachments need are not in the filestore: ${check.missing.slice(0, 5).join(', ')}`,
      hint: 'Look for them in an older backup, or check --data-dir.',
      data: { files: check.missing },
    })
  }
  if (check.orphans.length > 0) {
    findings.push({
      code: 'ATTACHMENTS_ORPHANED',
      severity: 'info',
      message: `${check.orphans.length} files of the filestore belong to no attachment and were left out`,
      data: { files: check.orphans },
    })
  }
  return findings
}

const EXTENSIONS: readonly (readonly [string, BackupFormat])[] = [
  ['.sql.gz', 'sql.gz'],
  ['.zip', 'zip'],
  ['.dump', 'dump'],
  ['.sql', 'sql'],
]

/** The format that a file's name asks for. */
export function formatOfName(file: string): BackupFormat {
  const known = EXTENSIONS.find(([extension]) => file.toLowerCase().endsWith(extension))
  if (known !== undefined) return known[1]
  throw new UserError('BACKUP_FORMAT_UNKNOWN', `${file} does not say which format it is to have`, {
    hint: 'End the name in .zip, .dump, .sql or .sql.gz, or add --format.',
  })
}
