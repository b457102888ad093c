import { archiveNewer, archiveOlder, notAnArchive } from './archive-errors.js'
import {
  COMPRESSIONS,
  FORMAT_CUSTOM,
  MAGIC,
  MINOR_COMPRESSION_ALGORITHM,
  NEWEST_MINOR,
  type NumberSizes,
  OLDEST_MINOR,
} from './archive-format.js'
import type { ArchiveCompression, ArchiveHeader } from './archive-info.js'
import type { ByteCursor } from './byte-cursor.js'

/** The head of the header: what one must know to read the rest. */
export interface ArchiveLayout {
  readonly minor: number
  readonly sizes: NumberSizes
}

const LARGEST_NUMBER = 8

/** Reads the magic word, the version and the sizes of numbers. */
export function parseLayout(cursor: ByteCursor, file: string): ArchiveLayout {
  for (const letter of MAGIC) {
    if (cursor.byte() === letter.charCodeAt(0)) continue
    throw notAnArchive(
      file,
      'this is not an archive of pg_dump',
      'Give a backup made by Odoo (zip or dump), by "pg_dump -Fc", or a plain SQL dump.',
    )
  }
  const major = cursor.byte()
  const minor = cursor.byte()
  const version = `${major}.${minor}.${cursor.byte()}`
  if (major > 1 || (major === 1 && minor > NEWEST_MINOR)) throw archiveNewer(file, version)
  if (major < 1 || minor < OLDEST_MINOR) throw archiveOlder(file, version)
  const at = cursor.position
  const sizes = { int: cursor.byte(), offset: cursor.byte() }
  if ([sizes.int, sizes.offset].some((size) => size < 1 || size > LARGEST_NUMBER)) {
    throw cursor.corrupt(at, `numbers of ${sizes.int} and ${sizes.offset} bytes`)
  }
  if (cursor.byte() !== FORMAT_CUSTOM) {
    throw notAnArchive(
      file,
      'this is the table of contents of a pg_dump in directory or tar format, not a whole archive',
      'Convert it with "pg_restore --no-owner -f dump.sql DIRECTORY", and give dump.sql.',
    )
  }
  return { minor, sizes }
}

/** Reads the rest of the header, from the compression on. */
export function parseHeader(cursor: ByteCursor, minor: number): ArchiveHeader {
  return {
    formatVersion: `1.${minor}`,
    compression: parseCompression(cursor, minor),
    createdAt: parseTime(cursor),
    database: cursor.text(),
    serverVersion: cursor.text(),
    dumpVersion: cursor.text(),
  }
}

function parseCompression(cursor: ByteCursor, minor: number): ArchiveCompression {
  const at = cursor.position
  // Before 1.15 the header has zlib's level, where -1 is its default.
  if (minor < MINOR_COMPRESSION_ALGORITHM) return cursor.int() === 0 ? 'none' : 'gzip'
  const compression = COMPRESSIONS[cursor.byte()]
  if (compression === undefined) throw cursor.corrupt(at, 'an unknown compression')
  return compression
}

/** C's `struct tm`: month from 0, year from 1900, and a flag for daylight saving. */
function parseTime(cursor: ByteCursor): string | undefined {
  const second = cursor.int()
  const minute = cursor.int()
  const hour = cursor.int()
  const day = cursor.int()
  const month = cursor.int()
  const year = 1900 + cursor.int()
  cursor.int()
  const time = new Date(Date.UTC(year, month, day, hour, minute, second))
  const known = year >= 1970 && year < 9999 && !Number.isNaN(time.getTime())
  return known ? time.toISOString().slice(0, 19) : undefined
}
