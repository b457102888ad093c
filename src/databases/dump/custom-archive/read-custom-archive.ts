import type { DumpItem, DumpStatement } from '../dump-item.js'
import { archiveCompression } from './archive-errors.js'
import type { ArchiveEntry, ArchiveInfo } from './archive-info.js'
import { BlockIndex } from './block-index.js'
import { withoutEndMarker } from './copy-rows.js'
import { entryData } from './entry-data.js'
import { EntrySql } from './entry-sql.js'
import { type OpenArchive, openArchive } from './open-archive.js'
import { refuseCutOff } from './refuse-cut-off.js'
import { inRestoreOrder, isSetting } from './restore-pass.js'
import { FIRST_SETTINGS, LAST_SETTINGS, RestoreSettings } from './restore-settings.js'

/** Line of the statements that come from no entry. */
const NO_ENTRY = 0

/**
 * Reads an archive in pg_dump's custom format as what `pg_restore --no-owner` would run. The `line`
 * of an item is the number of its entry, as `pg_restore -l` shows it, or 0 for general settings. A
 * table's `data` may be left unread, which costs nothing. Large objects are left out: see
 * {@link archiveFindings}.
 */
export async function* readCustomArchive(path: string): AsyncGenerator<DumpItem, void, undefined> {
  const archive = await openArchive(path)
  try {
    refuseUnreadable(path, archive.info)
    await refuseCutOff(archive)
    const sql = new EntrySql(path, archive.info.entries)
    yield* settingItems(sql, archive.info.entries)
    yield* objectItems(sql, archive)
  } finally {
    await archive.file.close()
  }
}

function refuseUnreadable(path: string, info: ArchiveInfo): void {
  const { compression, entries } = info
  const hasData = entries.some((entry) => entry.data.kind !== 'none')
  if (hasData && compression !== 'none' && compression !== 'gzip') {
    throw archiveCompression(path, compression)
  }
}

async function* settingItems(
  sql: EntrySql,
  entries: readonly ArchiveEntry[],
): AsyncGenerator<DumpItem> {
  yield* statements(FIRST_SETTINGS, NO_ENTRY)
  for (const entry of entries.filter(isSetting)) yield* sql.definition(entry)
  yield* statements(LAST_SETTINGS, NO_ENTRY)
}

async function* objectItems(sql: EntrySql, archive: OpenArchive): AsyncGenerator<DumpItem> {
  const { entries } = archive.info
  const index = new BlockIndex(archive.file, archive.sizes, archive.dataStart)
  const settings = new RestoreSettings(entries)
  for (const entry of inRestoreOrder(entries)) {
    yield* statements(settings.before(entry), entry.id)
    if (entry.definition !== '') yield* sql.definition(entry)
    yield* statements(settings.after(entry), entry.id)
    if (entry.data.kind === 'none') continue
    const data = entryData(archive, index, entry)
    try {
      if (entry.copyStatement === '') yield* sql.data(entry, data)
      else yield copyItem(entry, data)
    } finally {
      await data.return()
    }
  }
}

function copyItem(entry: ArchiveEntry, data: AsyncIterable<Uint8Array>): DumpItem {
  const statement = entry.copyStatement.replace(/[;\s]+$/, '')
  return { kind: 'copy', statement, line: entry.id, data: withoutEndMarker(data) }
}

function* statements(texts: readonly string[], line: number): Generator<DumpStatement> {
  for (const text of texts) yield { kind: 'statement', text, line }
}
