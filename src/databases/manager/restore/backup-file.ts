import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { detectFormat, gunzipFile, withZip, type ZipReader } from '../../../archive/index.js'
import { type Finding, type Progress, UserError } from '../../../base/index.js'
import type { ArchiveInfo, DumpItem } from '../../dump/index.js'
import type { StoredFile } from '../filestore.js'
import { type BackupManifest, LARGEST_MANIFEST, parseManifest } from '../manifest.js'
import { convertWithPgRestore } from './external-formats.js'
import { inFile } from './in-file.js'

/** A backup in any of the accepted formats, opened for reading. */
export interface BackupFile {
  readonly path: string
  readonly format: 'zip' | 'dump' | 'sql' | 'sql.gz' | 'directory' | 'tar'
  readonly manifest: BackupManifest | undefined
  /** What a custom archive says about itself. */
  readonly archive?: ArchiveInfo
  /** Shown in errors about the dump: the file, or the archive's member. */
  readonly dumpLabel: string
  /** Bytes of SQL and rows, where they are known beforehand. */
  readonly dumpSize: number | undefined
  /** Bytes that the database will have on disk, roughly. */
  readonly expectedSize: number
  readonly items: () => AsyncIterable<DumpItem>
  /** Attachments, names as below the database's folder. */
  readonly files: readonly StoredFile[]
  readonly readFile: (name: string) => AsyncIterable<Uint8Array>
  readonly findings: readonly Finding[]
}

const FILESTORE = 'filestore/'
const CHECKLIST = 'filestore/checklist/'
/** No attachment's file; the zip reader has refused everything that leads outside already. */
/** Plain SQL grows by its indexes and row headers; dumps of Odoo compress to about a fifth. */
const GROWTH = 2
const COMPRESSION = 5
const MANIFEST = 'manifest.json'
const DUMP = 'dump.sql'

/**
 * Opens a backup, whatever its name says: a zip of Odoo (with or without manifest), pg_dump's custom
 * format, plain SQL, gzipped SQL; where PostgreSQL's client programs are there also its directory and tar
 * formats.
 *
 * Errors: BACKUP_FORMAT_UNKNOWN, BACKUP_WITHOUT_DUMP, MANIFEST_INVALID, those of the archive.
 */
export async function withBackupFile<T>(
  path: string,
  progress: Progress,
  body: (backup: BackupFile) => Promise<T>,
): Promise<T> {
  const format = await detectFormat(path)
  const { archiveFindings, readArchiveInfo, readCustomArchive, readPlainDump } = await import(
    '../../dump/index.js'
  )
  switch (format) {
    case 'zip':
      return withZip(path, async (zip) => body(await readZip(zip, readPlainDump)))
    case 'pgcustom': {
      const archive = await readArchiveInfo(path)
      return body({
        ...(await withoutFiles(path, 'dump')),
        archive,
        findings: archiveFindings(archive, path),
        // Node cannot inflate lz4, nor zstd before 22.15; pg_restore can.
        items: () =>
          archive.compression === 'none' || archive.compression === 'gzip'
            ? readCustomArchive(path)
            : convertWithPgRestore(path, progress.signal),
      })
    }
    case 'sql':
      return body({
        ...(await withoutFiles(path, 'sql')),
        items: () =>
          inFile(path, readPlainDump(createReadStream(path, { highWaterMark: 1024 * 1024 }))),
      })
    case 'gzip':
      return body({
        ...(await withoutFiles(path, 'sql.gz')),
        dumpSize: undefined,
        items: () => inFile(path, readPlainDump(gunzipFile(path))),
      })
    case 'directory':
    case 'tar':
      return body({
        ...(await withoutFiles(path, format)),
        dumpSize: undefined,
        items: () => convertWithPgRestore(path, progress.signal),
      })
    default:
      throw unknownFormat(path, format)
  }
}

async function withoutFiles(
  path: string,
  format: BackupFile['format'],
): Promise<Omit<BackupFile, 'items'>> {
  const { size } = await stat(path)
  return {
    path,
    format,
    manifest: undefined,
    dumpLabel: path,
    dumpSize: size,
    expectedSize: size * (format === 'sql' ? GROWTH : GROWTH * COMPRESSION),
    files: [],
    readFile: () => {
      throw new Error('a dump without filestore has no files')
    },
    findings: [],
  }
}

async function readZip(
  zip: ZipReader,
  readPlainDump: (source: AsyncIterable<Uint8Array>) => AsyncIterable<DumpItem>,
): Promise<BackupFile> {
  const dump = zip.entries.get(DUMP)
  if (dump === undefined) {
    throw new UserError('BACKUP_WITHOUT_DUMP', `${zip.path} holds no dump.sql`, {
      place: { file: zip.path },
      hint: 'A backup of Odoo is a zip with dump.sql, manifest.json and filestore/ at its top level. If they lie in a folder of the archive, pack them again without it.',
    })
  }
  const entries = [...zip.entries.values()].filter((entry) => !entry.isDirectory)
  const files = entries.filter(
    (entry) => entry.name.startsWith(FILESTORE) && !entry.name.startsWith(CHECKLIST),
  )
  const ignored = entries.filter(
    (entry) => entry.name !== DUMP && entry.name !== MANIFEST && !entry.name.startsWith(FILESTORE),
  )
  const label = `${basename(zip.path)}: ${DUMP}`
  return {
    path: zip.path,
    format: 'zip',
    manifest: await readManifest(zip),
    dumpLabel: label,
    dumpSize: dump.uncompressedSize,
    expectedSize: dump.uncompressedSize * GROWTH,
    items: () => inFile(label, readPlainDump(zip.read(dump))),
    files: files.map((entry) => ({
      name: entry.name.slice(FILESTORE.length),
      size: entry.uncompressedSize,
    })),
    readFile: (name) => zip.read(FILESTORE + name),
    findings:
      ignored.length === 0
        ? []
        : [
            ignoredEntries(
              zip.path,
              ignored.map((e) => e.name),
            ),
          ],
  }
}

async function readManifest(zip: ZipReader): Promise<BackupManifest | undefined> {
  const entry = zip.entries.get(MANIFEST)
  if (entry === undefined) return undefined
  if (entry.uncompressedSize > LARGEST_MANIFEST) {
    throw new UserError('MANIFEST_INVALID', 'The manifest.json of the backup is far too large', {
      place: { file: zip.path, object: MANIFEST },
      hint: 'Remove manifest.json from the archive to restore without one.',
    })
  }
  const chunks: Uint8Array[] = []
  for await (const chunk of zip.read(entry)) chunks.push(chunk)
  return await parseManifest(Buffer.concat(chunks).toString('utf8'), zip.path)
}

function ignoredEntries(path: string, names: readonly string[]): Finding {
  const SHOWN = 5
  const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : ''
  return {
    code: 'BACKUP_ENTRIES_IGNORED',
    severity: 'info',
    message: `The archive holds files that belong to no backup, which were left alone: ${names.slice(0, SHOWN).join(', ')}${more}`,
    place: { file: path },
  }
}

function unknownFormat(path: string, format: string): UserError {
  const hints: Readonly<Record<string, string>> = {
    empty: 'The file is empty: the backup was cut off, or never written.',
    zstd: 'Unpack it first: zstd -d',
    xz: 'Unpack it first: xz -d',
    bzip2: 'Unpack it first: bzip2 -d',
    unknown:
      "Accepted are .zip of Odoo, .dump of pg_dump -Fc, .sql and .sql.gz; a web server's error page is often saved under such a name.",
  }
  return new UserError(
    'BACKUP_FORMAT_UNKNOWN',
    `${path} is no backup that moult can read (${format})`,
    {
      place: { file: path },
      hint: hints[format] ?? hints.unknown ?? '',
    },
  )
}
