import { type Entry, fromRandomAccessReaderPromise, getFileNameLowLevel } from 'yauzl'
import { MoultError, messageOf, type UserError } from '../../base/index.js'
import type { InputFile } from '../input-file.js'
import { isKind } from '../magic-numbers.js'
import { BlockReader } from './block-reader.js'
import { zipError } from './zip-error.js'

/** One record of an archive's directory, believed in nothing yet. */
export interface DirectoryRecord {
  readonly name: string
  readonly nameBytes: number
  readonly flags: number
  readonly method: number
  readonly crc32: number
  readonly compressedSize: number
  readonly uncompressedSize: number
  /** The upper half holds the Unix file mode. */
  readonly externalAttributes: number
  /** Where the entry's own header lies. */
  readonly offset: number
}

/** All records, in their order, and where the directory starts in the file. */
export interface CentralDirectory {
  readonly records: readonly DirectoryRecord[]
  readonly start: number
}

const RECORD_SIGNATURE = 0x02014b50
const SIGNATURE_BYTES = 4

/**
 * Reads an archive's directory; ZIP_NOT_AN_ARCHIVE, ZIP_TRUNCATED or ZIP_CORRUPT when it has none.
 */
export async function readCentralDirectory(file: InputFile): Promise<CentralDirectory> {
  try {
    const zip = await fromRandomAccessReaderPromise(new BlockReader(file), file.size, {
      lazyEntries: true,
      autoClose: false,
      decodeStrings: false,
      validateEntrySizes: false,
    })
    // A position in the file, although its type says boolean.
    const start = Number(zip.readEntryCursor)
    const records: DirectoryRecord[] = []
    for await (const entry of zip.eachEntry()) records.push(toRecord(entry))
    await refuseUncounted(file, Number(zip.readEntryCursor))
    return { records, start }
  } catch (error) {
    throw error instanceof MoultError ? error : await structureError(file, error)
  }
}

function toRecord(entry: Entry): DirectoryRecord {
  return {
    name: getFileNameLowLevel(
      entry.generalPurposeBitFlag,
      entry.fileNameRaw,
      entry.extraFields,
      true,
    ),
    nameBytes: entry.fileNameLength,
    flags: entry.generalPurposeBitFlag,
    method: entry.compressionMethod,
    crc32: entry.crc32,
    compressedSize: entry.compressedSize,
    uncompressedSize: entry.uncompressedSize,
    externalAttributes: entry.externalFileAttributes,
    offset: entry.relativeOffsetOfLocalHeader,
  }
}

/** More records than the archive says there are: another program would see other files. */
async function refuseUncounted(file: InputFile, end: number): Promise<void> {
  const next = await file.read(end, SIGNATURE_BYTES)
  if (next.length === SIGNATURE_BYTES && next.readUInt32LE() === RECORD_SIGNATURE) {
    throw zipError('ZIP_CORRUPT', file.path, 'has more entries than it counts')
  }
}

/** yauzl's errors have no codes, only texts. */
async function structureError(file: InputFile, error: unknown): Promise<UserError> {
  const text = messageOf(error)
  const { path } = file
  const cause = { cause: error }
  if (text.startsWith('strong encryption')) {
    return zipError('ZIP_ENCRYPTED', path, 'is encrypted', cause)
  }
  if (text.startsWith('End of central directory record signature not found')) {
    if (file.size === 0) return zipError('ZIP_NOT_AN_ARCHIVE', path, 'is an empty file')
    return isKind(await file.read(0, SIGNATURE_BYTES), 'zip')
      ? zipError('ZIP_TRUNCATED', path, 'is an incomplete ZIP archive', cause)
      : zipError('ZIP_NOT_AN_ARCHIVE', path, 'is not a ZIP archive', cause)
  }
  if (text.startsWith('Invalid comment length')) {
    return zipError('ZIP_CORRUPT', path, 'is cut short or has bytes behind its end', cause)
  }
  return zipError('ZIP_CORRUPT', path, `is a damaged ZIP archive: ${text}`, cause)
}
