import type { DumpEntry, DumpOrigin } from '../dump-entry.js'
import {
  FORMAT_CUSTOM,
  MAGIC,
  OFFSET_KNOWN,
  OFFSET_NO_DATA,
  OFFSET_UNKNOWN,
  SECTIONS,
} from './archive-format.js'
import { ByteWriter, offsetBytes, WRITTEN_SIZES } from './byte-writer.js'

/** What the header says besides the origin. */
export interface HeadOptions {
  /** zlib's level; 0 means that nothing is compressed. */
  readonly level: number
  readonly createdAt: Date
}

/** Format 1.14: the newest that pg_restore 12 reads, and all later ones do too. */
const VERSION = [1, 14, 0] as const

/** Shown by `pg_restore -l` as the version of pg_dump. */
const WRITER = 'moult'

const SETTINGS = [
  ['ENCODING', "SET client_encoding = 'UTF8';\n"],
  ['STDSTRINGS', "SET standard_conforming_strings = 'on';\n"],
  ['SEARCHPATH', "SELECT pg_catalog.set_config('search_path', '', false);\n"],
] as const

/** Header and table of contents, with the places in them where data's offsets belong. */
export class WrittenHead {
  readonly bytes: Buffer
  readonly #placeOf: ReadonlyMap<number, number>

  constructor(entries: readonly DumpEntry[], origin: DumpOrigin, options: HeadOptions) {
    const writer = new ByteWriter()
    writeHeader(writer, origin, options)
    const all = [...settingEntries(entries), ...entries]
    writer.int(all.length)
    const places = new Map<number, number>()
    for (const entry of all) {
      writeFields(writer, entry)
      places.set(entry.id, writer.length)
      writer.bytes(entry.rows === undefined ? OFFSET_NO_DATA : OFFSET_UNKNOWN).offset(0)
    }
    this.bytes = writer.toBuffer()
    this.#placeOf = places
  }

  /** Enters where an entry's data begin. */
  place(entry: DumpEntry, offset: number): void {
    const place = this.#placeOf.get(entry.id)
    if (place === undefined) return
    this.bytes[place] = OFFSET_KNOWN
    offsetBytes(offset).copy(this.bytes, place + 1)
  }
}

/** The entries that pg_dump puts first; their numbers are the next free ones. */
function settingEntries(entries: readonly DumpEntry[]): DumpEntry[] {
  const lastId = entries.reduce((last, entry) => Math.max(last, entry.id), 0)
  return SETTINGS.map(([description, definition], index) => ({
    id: lastId + 1 + index,
    section: 'pre-data',
    description,
    namespace: undefined,
    tag: description,
    definition,
    dependencies: [],
  }))
}

function writeHeader(writer: ByteWriter, origin: DumpOrigin, options: HeadOptions): void {
  const time = options.createdAt
  writer
    .raw(Buffer.from(MAGIC, 'latin1'))
    .bytes(...VERSION, WRITTEN_SIZES.int, WRITTEN_SIZES.offset, FORMAT_CUSTOM)
    .int(options.level)
    .int(time.getSeconds())
    .int(time.getMinutes())
    .int(time.getHours())
    .int(time.getDate())
    .int(time.getMonth())
    .int(time.getFullYear() - 1900)
    // Whether daylight saving applies: not known, the reader's C library finds out.
    .int(-1)
    .text(origin.database)
    .text(origin.serverVersion)
    .text(WRITER)
}

/** All fields of an entry up to the place of its data. */
function writeFields(writer: ByteWriter, entry: DumpEntry): void {
  writer
    .int(entry.id)
    .int(entry.rows === undefined ? 0 : 1)
    // Numbers of the object in the catalog, which pg_restore only shows.
    .text('0')
    .text('0')
    .text(entry.tag)
    .text(entry.description)
    .int(SECTIONS.indexOf(entry.section) + 1)
    .text(entry.definition)
    // Without a DROP statement, "pg_restore --clean" leaves the object alone.
    .text('')
    .text(entry.rows?.copyStatement ?? '')
    .text(entry.namespace)
    // Neither tablespace nor access method: the target's defaults.
    .text(undefined)
    .text(undefined)
    .text('')
    .text('false')
  for (const dependency of entry.dependencies) writer.text(String(dependency))
  writer.text(undefined)
}
