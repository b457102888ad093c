import {
  MINOR_RELATION_KIND,
  MINOR_TABLE_ACCESS_METHOD,
  OFFSET_KNOWN,
  OFFSET_NO_DATA,
  OFFSET_UNKNOWN,
  SECTIONS,
} from './archive-format.js'
import type { ArchiveData, ArchiveEntry, ArchiveSection } from './archive-info.js'
import type { ByteCursor } from './byte-cursor.js'

/** Reads one entry of the table of contents of an archive of format 1.`minor`. */
export function parseEntry(cursor: ByteCursor, minor: number): ArchiveEntry {
  const at = cursor.position
  const id = cursor.int()
  if (id <= 0) throw cursor.corrupt(at, `an entry with number ${id}`)
  const hasData = cursor.int() !== 0
  const catalogTable = parseNumber(cursor)
  const catalogRow = parseNumber(cursor)
  const tag = cursor.text() ?? ''
  const description = cursor.text() ?? ''
  const section = parseSection(cursor)
  const definition = cursor.text() ?? ''
  const dropStatement = cursor.text() ?? ''
  const copyStatement = cursor.text() ?? ''
  const namespace = emptyIsNone(cursor.text())
  const tablespace = cursor.text()
  const tableAccessMethod = minor >= MINOR_TABLE_ACCESS_METHOD ? cursor.text() : undefined
  const relationKind = minor >= MINOR_RELATION_KIND ? parseLetter(cursor) : undefined
  const owner = emptyIsNone(cursor.text())
  // Whether the table has OIDs, which no supported server can give it.
  cursor.text()
  const dependencies = parseDependencies(cursor)
  const data = parseData(cursor, hasData)
  return {
    id,
    section,
    description,
    namespace,
    tag,
    owner,
    definition,
    dropStatement,
    copyStatement,
    tablespace,
    tableAccessMethod,
    relationKind,
    catalogTable,
    catalogRow,
    dependencies,
    data,
  }
}

function emptyIsNone(text: string | undefined): string | undefined {
  return text === '' ? undefined : text
}

/** Object numbers are stored as text, for historical reasons. */
function parseNumber(cursor: ByteCursor): number {
  const at = cursor.position
  const text = cursor.text() ?? ''
  if (/^\d{1,10}$/.test(text)) return Number(text)
  throw cursor.corrupt(at, 'an object number that is none')
}

function parseSection(cursor: ByteCursor): ArchiveSection {
  const at = cursor.position
  const number = cursor.int()
  const section = SECTIONS[number - 1]
  if (section === undefined) throw cursor.corrupt(at, `section ${number}`)
  return section
}

function parseLetter(cursor: ByteCursor): string | undefined {
  const code = cursor.int()
  return code > 0 && code < 128 ? String.fromCharCode(code) : undefined
}

function parseDependencies(cursor: ByteCursor): number[] {
  const dependencies: number[] = []
  for (;;) {
    const at = cursor.position
    const text = cursor.text()
    if (text === undefined) return dependencies
    if (!/^\d{1,10}$/.test(text)) throw cursor.corrupt(at, 'a dependency that is no number')
    dependencies.push(Number(text))
  }
}

function parseData(cursor: ByteCursor, hasData: boolean): ArchiveData {
  const at = cursor.position
  const state = cursor.byte()
  const offset = cursor.offset()
  if (![OFFSET_UNKNOWN, OFFSET_KNOWN, OFFSET_NO_DATA].includes(state)) {
    throw cursor.corrupt(at, `offset flag ${state}`)
  }
  if (!hasData || state === OFFSET_NO_DATA) return { kind: 'none' }
  return state === OFFSET_KNOWN ? { kind: 'placed', offset } : { kind: 'unplaced' }
}
