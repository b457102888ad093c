import type { ZipEntry } from './zip-entry.js'

// The records of PKWARE's APPNOTE.TXT 6.3.10, sections 4.3.7 to 4.3.16. yazl 3.3.1 was tried first:
// it looks at all earlier entries for each new one (66,000 take 20 s), and gives small streamed
// entries behind the fourth gibibyte a 64-bit descriptor, at which java.util.zip.ZipInputStream
// fails.

/**
 * What the header in front of a content says about it: all; nothing at first, with `room` to write
 * it in later; or nothing ever, because a `descriptor` behind the content does.
 */
export type HeaderForm = 'complete' | 'room' | 'descriptor'

/** An entry as its writer knows it; sizes and checksum are 0 until the content is written. */
export interface WrittenEntry extends ZipEntry {
  readonly form: HeaderForm
  /** Where its header begins. */
  readonly offset: number
  readonly modified: Date
}

/** What the end of an archive says about its directory. */
export interface DirectoryExtent {
  readonly count: number
  readonly offset: number
  readonly size: number
}

type Field = readonly [bytes: 2 | 4 | 8, value: number]

/**
 * From here on a 32-bit field holds this very value, and the number is kept in 64 bits elsewhere.
 */
const ZIP64_FROM = 0xffff_ffff
const ZIP64_COUNT_FROM = 0xffff
const ZIP64_EXTRA = 1
const ZIP64_END_BYTES = 56
/** An extra field that every program skips; Android aligns contents with it. */
const PADDING_EXTRA = 0xd935
const PADDING: readonly Field[] = [
  [8, 0],
  [8, 0],
]
const VERSION = 20
const VERSION_ZIP64 = 45
const MADE_ON_UNIX = 3 << 8
const ORDINARY_FILE = 0o100644 * 0x1_0000
const UTF8_NAME = 0x800
const HAS_DESCRIPTOR = 0x8
const METHOD_NUMBERS = { store: 0, deflate: 8 } as const
const EARLIEST = new Date(1980, 0, 1)
const LATEST = new Date(2107, 11, 31)

/** The header in front of an entry's content; with form `room` always of the same length. */
export function localHeader(entry: WrittenEntry): Buffer {
  const { compressedSize, uncompressedSize, form } = entry
  const zip64 = needsZip64(compressedSize, uncompressedSize)
  const room = form === 'room' ? extra(PADDING_EXTRA, PADDING) : NOTHING
  const sizes = zip64 ? zip64Extra(uncompressedSize, compressedSize) : room
  const name = Buffer.from(entry.name)
  const head = pack(
    [4, 0x04034b50],
    ...description(entry, zip64),
    [4, zip64 ? ZIP64_FROM : compressedSize],
    [4, zip64 ? ZIP64_FROM : uncompressedSize],
    [2, name.length],
    [2, sizes.length],
  )
  return Buffer.concat([head, name, sizes])
}

/** What follows a content whose header says nothing. */
export function dataDescriptor({ crc32, compressedSize, uncompressedSize }: WrittenEntry): Buffer {
  const width = needsZip64(compressedSize, uncompressedSize) ? 8 : 4
  return pack([4, 0x08074b50], [4, crc32], [width, compressedSize], [width, uncompressedSize])
}

/** An entry's record in the directory at the end of the archive. */
export function directoryRecord(entry: WrittenEntry): Buffer {
  const { compressedSize, uncompressedSize, offset } = entry
  const large = [uncompressedSize, compressedSize, offset].filter((value) => needsZip64(value))
  const sizes = large.length > 0 ? zip64Extra(...large) : NOTHING
  const name = Buffer.from(entry.name)
  const head = pack(
    [4, 0x02014b50],
    [2, MADE_ON_UNIX | VERSION_ZIP64],
    ...description(entry, large.length > 0),
    [4, Math.min(compressedSize, ZIP64_FROM)],
    [4, Math.min(uncompressedSize, ZIP64_FROM)],
    [2, name.length],
    [2, sizes.length],
    [2, 0],
    [2, 0],
    [2, 0],
    [4, ORDINARY_FILE],
    [4, Math.min(offset, ZIP64_FROM)],
  )
  return Buffer.concat([head, name, sizes])
}

/** The end of an archive, in the 64-bit form only where the numbers need it. */
export function directoryEnd({ count, offset, size }: DirectoryExtent): Buffer {
  const end = pack(
    [4, 0x06054b50],
    [4, 0],
    [2, Math.min(count, ZIP64_COUNT_FROM)],
    [2, Math.min(count, ZIP64_COUNT_FROM)],
    [4, Math.min(size, ZIP64_FROM)],
    [4, Math.min(offset, ZIP64_FROM)],
    [2, 0],
  )
  if (count < ZIP64_COUNT_FROM && !needsZip64(size, offset)) return end
  const end64 = pack(
    [4, 0x06064b50],
    [8, ZIP64_END_BYTES - 12],
    [2, MADE_ON_UNIX | VERSION_ZIP64],
    [2, VERSION_ZIP64],
    [8, 0],
    [8, count],
    [8, count],
    [8, size],
    [8, offset],
  )
  const locator = pack([4, 0x07064b50], [4, 0], [8, offset + size], [4, 1])
  return Buffer.concat([end64, locator, end])
}

/** What the header and the directory record of an entry have in common, in their order. */
function description(entry: WrittenEntry, zip64: boolean): readonly Field[] {
  const { time, date } = dosTime(entry.modified)
  return [
    [2, zip64 ? VERSION_ZIP64 : VERSION],
    [2, UTF8_NAME | (entry.form === 'descriptor' ? HAS_DESCRIPTOR : 0)],
    [2, METHOD_NUMBERS[entry.method]],
    [2, time],
    [2, date],
    [4, entry.crc32],
  ]
}

const NOTHING = Buffer.alloc(0)

const needsZip64 = (...values: readonly number[]): boolean =>
  values.some((value) => value >= ZIP64_FROM)

const zip64Extra = (...values: readonly number[]): Buffer =>
  extra(
    ZIP64_EXTRA,
    values.map((value) => [8, value]),
  )

function extra(id: number, fields: readonly Field[]): Buffer {
  const content = pack(...fields)
  return Buffer.concat([pack([2, id], [2, content.length]), content])
}

/** Numbers in the little-endian order of the format. */
function pack(...fields: readonly Field[]): Buffer {
  const bytes = Buffer.allocUnsafe(fields.reduce((sum, [width]) => sum + width, 0))
  let at = 0
  for (const [width, value] of fields) {
    if (width === 8) bytes.writeBigUInt64LE(BigInt(value), at)
    else bytes.writeUIntLE(value, at, width)
    at += width
  }
  return bytes
}

/** The format's idea of time: local, in steps of two seconds, from 1980 on. */
function dosTime(given: Date): { readonly time: number; readonly date: number } {
  const moment = given < EARLIEST ? EARLIEST : given > LATEST ? LATEST : given
  return {
    time: (moment.getHours() << 11) | (moment.getMinutes() << 5) | (moment.getSeconds() >> 1),
    date: ((moment.getFullYear() - 1980) << 9) | ((moment.getMonth() + 1) << 5) | moment.getDate(),
  }
}
