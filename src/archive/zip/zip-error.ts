import { UserError } from '../../base/index.js'
import { printableName } from './entry-name.js'

const AGAIN =
  'Copy or download the archive again; if the original is damaged too, use another backup.'
const REPACK =
  'Unpack it with the program that made it and pack the files as an ordinary ZIP archive.'
const DISTRUST =
  'No backup tool writes such an archive; if you trust it, unpack it and pack it again yourself.'

const HINTS = {
  ZIP_NOT_AN_ARCHIVE: 'Check that this is the right file; a failed download is often a web page.',
  ZIP_TRUNCATED: `The end is missing. ${AGAIN}`,
  ZIP_CORRUPT: AGAIN,
  ZIP_UNSAFE_NAME: DISTRUST,
  ZIP_DUPLICATE_ENTRY: DISTRUST,
  ZIP_SYMLINK: REPACK,
  ZIP_ENCRYPTED: 'Unpack it with its password and pack the files again without one.',
  ZIP_METHOD_UNSUPPORTED: REPACK,
  ZIP_BOMB: DISTRUST,
  ZIP_OVERLAP: 'The archive is damaged or was made to do harm; use another backup.',
  ZIP_ENTRY_MISSING: 'Check that the archive is a backup of an Odoo database.',
} as const

/** Why an archive is refused. */
export type ZipErrorCode = keyof typeof HINTS

interface ZipErrorDetails {
  /** The entry it is about. */
  readonly entry?: string
  readonly cause?: unknown
}

/** The refusal of an archive; `problem` completes the sentence `<archive>: <entry> …`. */
export function zipError(
  code: ZipErrorCode,
  path: string,
  problem: string,
  details: ZipErrorDetails = {},
): UserError {
  const object = details.entry === undefined ? undefined : printableName(details.entry)
  const subject = object === undefined ? path : `${path}: "${object}"`
  return new UserError(code, `${subject} ${problem}`, {
    hint: HINTS[code],
    place: { file: path, ...(object !== undefined && { object }) },
    ...('cause' in details && { cause: details.cause }),
  })
}
