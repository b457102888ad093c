import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { codeOf, readError } from '../base/index.js'
import { alreadyCompressed } from './already-compressed.js'
import { withInputFile } from './input-file.js'
import { isKind, type KnownKind } from './magic-numbers.js'

/**
 * What a backup can be: `pgcustom` is pg_dump's custom format, `directory` a folder that pg_dump
 * made (it holds toc.dat), `sql` plain text.
 */
export type FileFormat =
  | 'zip'
  | 'pgcustom'
  | 'directory'
  | 'tar'
  | 'sql'
  | 'gzip'
  | 'zstd'
  | 'xz'
  | 'bzip2'
  | 'empty'
  | 'unknown'

const HEAD_BYTES = 8192

const BY_SIGNATURE: Readonly<Partial<Record<KnownKind, FileFormat>>> = {
  zip: 'zip',
  emptyZip: 'zip',
  pgcustom: 'pgcustom',
  gzip: 'gzip',
  zstd: 'zstd',
  xz: 'xz',
  bzip2: 'bzip2',
  tar: 'tar',
}

/** Tells by its content, never by its name, what a file or folder is. */
export async function detectFormat(path: string): Promise<FileFormat> {
  if (await isFolder(path)) return (await exists(join(path, 'toc.dat'))) ? 'directory' : 'unknown'
  return formatOf(await withInputFile(path, (file) => file.read(0, HEAD_BYTES)))
}

/** Tells the format of a file by its first bytes; 8 KiB of them are looked at. */
export function formatOf(head: Uint8Array): FileFormat {
  if (head.length === 0) return 'empty'
  for (const [kind, format] of Object.entries(BY_SIGNATURE)) {
    if (isKind(head, kind as KnownKind)) return format
  }
  return looksLikeSql(head) ? 'sql' : 'unknown'
}

/**
 * Text, in any encoding that contains ASCII, whose first word can begin a statement, a comment or a
 * psql command: neither an HTML error page that was saved as a backup nor a JSON file.
 */
function looksLikeSql(head: Uint8Array): boolean {
  if (alreadyCompressed(head) || head.includes(0)) return false
  const text = Buffer.from(head).toString('latin1')
  return /^(?:\xef\xbb\xbf)?\s*(?:--|\/\*|\\?[A-Za-z]|\(|;|$)/.test(text)
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch (error) {
    throw readError(error, path)
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false
    throw readError(error, path)
  }
}
