import { type InputFile, withInputFile } from '../input-file.js'
import { readContent } from './entry-content.js'
import { entryEnds } from './entry-ranges.js'
import { claimName, methodOf, refuseLink } from './entry-rules.js'
import { refuseBombs, type ZipLimits } from './inflation-limits.js'
import type { LocatedEntry, ZipEntry } from './zip-entry.js'
import { zipError } from './zip-error.js'

/** An open archive whose directory has been found harmless. */
export interface ZipReader {
  readonly path: string
  /** By name, in the order of the directory. */
  readonly entries: ReadonlyMap<string, ZipEntry>
  /**
   * The content of an entry, inflated; size and checksum are verified when it ends. Several can be
   * read at the same time. ZIP_ENTRY_MISSING when there is no such entry.
   */
  read(entry: ZipEntry | string): AsyncIterable<Uint8Array>
}

/**
 * Opens a ZIP archive, runs `body`, closes it. An archive that could do harm (names that lead out
 * of their folder, links, bombs) is refused as a whole before the body runs.
 *
 * ```ts
 * await withZip('backup.zip', async (zip) => {
 *   for await (const chunk of zip.read('dump.sql')) size += chunk.length
 * })
 * ```
 */
export async function withZip<T>(
  path: string,
  body: (zip: ZipReader) => Promise<T>,
  limits: ZipLimits = {},
): Promise<T> {
  return await withInputFile(path, async (file) => {
    const entries = await readEntries(file, limits)
    const find = (name: string): LocatedEntry => {
      const entry = entries.get(name)
      if (entry !== undefined) return entry
      throw zipError('ZIP_ENTRY_MISSING', path, 'is not in the archive', { entry: name })
    }
    return await body({
      path,
      entries,
      read: (entry) => readContent(file, find(typeof entry === 'string' ? entry : entry.name)),
    })
  })
}

async function readEntries(
  file: InputFile,
  limits: ZipLimits,
): Promise<ReadonlyMap<string, LocatedEntry>> {
  const { path } = file
  // Brings yauzl, which whoever only writes archives does without.
  const { readCentralDirectory } = await import('./central-directory.js')
  const directory = await readCentralDirectory(file)
  const ends = entryEnds(path, directory)
  refuseBombs(path, directory.records, limits)
  const names = new Set<string>()
  const entries = new Map<string, LocatedEntry>()
  for (const record of directory.records) {
    const { name, crc32, compressedSize, uncompressedSize, offset } = record
    claimName(path, name, names)
    refuseLink(path, record)
    const method = methodOf(path, record)
    const isDirectory = name.endsWith('/')
    const end = ends.get(record) ?? offset
    const sizes = { compressedSize, uncompressedSize }
    entries.set(name, { name, isDirectory, method, ...sizes, crc32, offset, end })
  }
  return entries
}
