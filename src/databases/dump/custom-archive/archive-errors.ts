import { type MoultError, UserError } from '../../../base/index.js'

const CONVERT =
  'Convert it with PostgreSQL\'s own program: "pg_restore --no-owner -f dump.sql FILE", and give dump.sql.'

/** The file is no archive of pg_dump, or one of a kind that is not a single file. */
export function notAnArchive(file: string, message: string, hint: string): MoultError {
  return new UserError('ARCHIVE_UNKNOWN', `${file}: ${message}`, { place: { file }, hint })
}

/** The file ends too early. */
export function archiveTruncated(file: string, what: string): MoultError {
  return new UserError('ARCHIVE_TRUNCATED', `${file} is incomplete: it ends within ${what}`, {
    place: { file },
    hint: 'The backup or its download was cut off. Make it again, or fetch it again and compare the sizes.',
  })
}

/** The file contradicts itself. */
export function archiveCorrupt(
  file: string,
  position: number,
  what: string,
  cause?: unknown,
): MoultError {
  return new UserError('ARCHIVE_CORRUPT', `${file} is damaged at byte ${position}: ${what}`, {
    place: { file },
    data: { position },
    hint: 'The file was changed after it was written, perhaps by a transfer in text mode. Take another copy.',
    ...(cause !== undefined && { cause }),
  })
}

/** An archive of a pg_dump that moult does not know yet. */
export function archiveNewer(file: string, version: string): MoultError {
  return new UserError(
    'ARCHIVE_NEWER_FORMAT',
    `${file} has archive format ${version}; moult reads up to 1.16 (PostgreSQL 18)`,
    { place: { file }, data: { version }, hint: CONVERT },
  )
}

/** An archive from before PostgreSQL 9.0. */
export function archiveOlder(file: string, version: string): MoultError {
  return new UserError(
    'ARCHIVE_OLDER_FORMAT',
    `${file} has archive format ${version}; moult reads from 1.12 (PostgreSQL 9.0) on`,
    { place: { file }, data: { version }, hint: CONVERT },
  )
}

/** Data compressed in a way that only pg_restore can undo. */
export function archiveCompression(file: string, compression: string): MoultError {
  return new UserError(
    'ARCHIVE_COMPRESSION',
    `${file} is compressed with ${compression}, which moult cannot read by itself`,
    {
      place: { file },
      data: { compression },
      hint: `Install PostgreSQL's client programs (pg_restore 16 or newer), or dump with "pg_dump -Fc -Z gzip". ${CONVERT}`,
    },
  )
}

/** Texts in another encoding than UTF-8. */
export function archiveEncoding(file: string, encoding: string): MoultError {
  return new UserError(
    'ARCHIVE_ENCODING',
    `${file} holds text in ${encoding} where moult needs UTF-8`,
    {
      place: { file },
      data: { encoding },
      hint: 'Dump the database again with "pg_dump -Fc -E UTF8".',
    },
  )
}
