import { crc32, createInflateRaw, inflateRawSync } from 'node:zlib'
import { codeOf, messageOf } from '../../base/index.js'
import type { InputFile } from '../input-file.js'
import { through, ZLIB_CHUNK } from '../through.js'
import type { LocatedEntry } from './zip-entry.js'
import { zipError } from './zip-error.js'

/** Below this an entry is read at once: a stream costs ten times the inflating itself. */
const SMALL = 256 * 1024
/** More than an ordinary header, so that header and content of a small entry come in one read. */
const HEADER_ROOM = 1024
const SMALLEST_ZLIB_CHUNK = 64

const LOCAL_SIGNATURE = 0x04034b50
const LOCAL_HEADER_BYTES = 30
const NAME_LENGTH_AT = 26
const EXTRA_LENGTH_AT = 28

/** The content of an entry; wrong bytes end it with ZIP_CORRUPT, too many with ZIP_BOMB. */
export async function* readContent(
  file: InputFile,
  entry: LocatedEntry,
): AsyncGenerator<Uint8Array> {
  const small = Math.max(entry.compressedSize, entry.uncompressedSize) <= SMALL
  const content = small ? readAtOnce(file, entry) : readInPieces(file, entry)
  let size = 0
  let checksum = 0
  try {
    for await (const chunk of content) {
      size += chunk.length
      if (size > entry.uncompressedSize) throw tooLarge(file, entry)
      checksum = crc32(chunk, checksum)
      yield chunk
    }
  } catch (error) {
    throw contentError(file, entry, error)
  }
  if (size < entry.uncompressedSize) {
    throw corrupt(file, entry, `has ${size} of ${entry.uncompressedSize} bytes`)
  }
  if (checksum !== entry.crc32) throw corrupt(file, entry, 'has a wrong checksum')
}

async function* readAtOnce(file: InputFile, entry: LocatedEntry): AsyncGenerator<Uint8Array> {
  const room = Math.min(entry.end - entry.offset, entry.compressedSize + HEADER_ROOM)
  const region = await file.read(entry.offset, room)
  const start = contentStart(file, entry, region)
  const complete = start + entry.compressedSize <= region.length
  const bytes = complete
    ? region.subarray(start, start + entry.compressedSize)
    : await file.read(entry.offset + start, entry.compressedSize)
  if (entry.method === 'store') {
    yield bytes
    return
  }
  // One byte more than declared is enough to notice the lie.
  const limit = Math.max(entry.uncompressedSize + 1, SMALLEST_ZLIB_CHUNK)
  yield inflateRawSync(bytes, { chunkSize: limit, maxOutputLength: limit })
}

async function* readInPieces(file: InputFile, entry: LocatedEntry): AsyncGenerator<Uint8Array> {
  const header = await file.read(entry.offset, LOCAL_HEADER_BYTES)
  const start = entry.offset + contentStart(file, entry, header)
  const bytes = file.chunks(start, start + entry.compressedSize)
  yield* entry.method === 'store'
    ? bytes
    : through(bytes, createInflateRaw({ chunkSize: ZLIB_CHUNK }))
}

/** How far behind the start of its own header the content of an entry begins. */
function contentStart(file: InputFile, entry: LocatedEntry, header: Buffer): number {
  if (header.length < LOCAL_HEADER_BYTES || header.readUInt32LE() !== LOCAL_SIGNATURE) {
    throw corrupt(file, entry, 'has no header where the directory says')
  }
  const names = header.readUInt16LE(NAME_LENGTH_AT) + header.readUInt16LE(EXTRA_LENGTH_AT)
  const start = LOCAL_HEADER_BYTES + names
  if (entry.offset + start + entry.compressedSize > entry.end) {
    throw zipError('ZIP_OVERLAP', file.path, 'reaches into what follows it', {
      entry: entry.name,
    })
  }
  return start
}

function contentError(file: InputFile, entry: LocatedEntry, error: unknown): unknown {
  const code = codeOf(error)
  if (code === 'ERR_BUFFER_TOO_LARGE') return tooLarge(file, entry)
  if (!code?.startsWith('Z_')) return error
  return corrupt(file, entry, `cannot be inflated: ${messageOf(error)}`, error)
}

const corrupt = (file: InputFile, { name }: LocatedEntry, problem: string, cause?: unknown) =>
  zipError('ZIP_CORRUPT', file.path, problem, { entry: name, cause })

const tooLarge = (file: InputFile, { name, uncompressedSize }: LocatedEntry) =>
  zipError(
    'ZIP_BOMB',
    file.path,
    `inflates to more than the ${uncompressedSize} bytes it declares`,
    {
      entry: name,
    },
  )
