import { archiveCorrupt, archiveEncoding } from './archive-errors.js'
import { ArchiveFile } from './archive-file.js'
import type { NumberSizes } from './archive-format.js'
import type { ArchiveEntry, ArchiveInfo } from './archive-info.js'
import { parseEntry } from './parse-entry.js'
import { parseHeader, parseLayout } from './parse-header.js'

/** An archive whose table of contents was read and whose data can be. */
export interface OpenArchive {
  readonly file: ArchiveFile
  readonly sizes: NumberSizes
  readonly info: ArchiveInfo
  /** Place of the first data block: the end of the table of contents. */
  readonly dataStart: number
}

/** Numbers have no size until the layout is read; it consists of bytes only. */
const NO_SIZES: NumberSizes = { int: 0, offset: 0 }

/** Opens an archive; the caller closes its file. */
export async function openArchive(path: string): Promise<OpenArchive> {
  const file = await ArchiveFile.open(path)
  try {
    const layout = await file.parse(0, NO_SIZES, (cursor) => parseLayout(cursor, path))
    const { minor, sizes } = layout.value
    const header = await file.parse(layout.end, sizes, (cursor) => parseHeader(cursor, minor))
    const { entries, end } = await readEntries(file, header.end, minor, sizes)
    const encoding = encodingOf(entries.find(setsEncoding))
    const info = { ...header.value, size: file.size, encoding, entries }
    return { file, sizes, info, dataStart: end }
  } catch (error) {
    await file.close()
    throw error
  }
}

async function readEntries(
  file: ArchiveFile,
  start: number,
  minor: number,
  sizes: NumberSizes,
): Promise<{ entries: readonly ArchiveEntry[]; end: number }> {
  const count = await file.parse(start, sizes, (cursor) => cursor.int())
  if (count.value < 0 || count.value > file.size) {
    throw archiveCorrupt(file.name, start, `${count.value} entries`)
  }
  const entries: ArchiveEntry[] = []
  const ids = new Set<number>()
  let end = count.end
  while (entries.length < count.value) {
    const entry = await file.parse(end, sizes, (cursor) => parseEntry(cursor, minor))
    if (ids.has(entry.value.id)) {
      throw archiveCorrupt(file.name, end, `entry ${entry.value.id} comes twice`)
    }
    ids.add(entry.value.id)
    if (setsEncoding(entry.value)) refuseEncoding(file.name, encodingOf(entry.value))
    entries.push(entry.value)
    end = entry.end
  }
  return { entries, end }
}

function setsEncoding(entry: ArchiveEntry): boolean {
  return entry.description === 'ENCODING'
}

/** The encoding that an entry sets, such as `UTF8`. */
function encodingOf(entry: ArchiveEntry | undefined): string {
  return /'([^']*)'/.exec(entry?.definition ?? '')?.[1] ?? 'UTF8'
}

/** The entry comes first, so no text in another encoding was read before. */
function refuseEncoding(file: string, encoding: string): void {
  if (!/^(UTF-?8|UNICODE|SQL_ASCII)$/i.test(encoding)) throw archiveEncoding(file, encoding)
}
