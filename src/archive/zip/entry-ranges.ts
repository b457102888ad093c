import type { CentralDirectory, DirectoryRecord } from './central-directory.js'
import { zipError } from './zip-error.js'

const LOCAL_HEADER_BYTES = 30

/**
 * For each record the place where the next entry, or the directory, begins: as far as its content
 * may reach. Refuses entries that share bytes, with which a small archive can hold petabytes
 * (https://www.bamsoftware.com/hacks/zipbomb/).
 */
export function entryEnds(
  path: string,
  { records, start }: CentralDirectory,
): ReadonlyMap<DirectoryRecord, number> {
  const ends = new Map<DirectoryRecord, number>()
  let end = start
  for (const record of records.toSorted((a, b) => b.offset - a.offset)) {
    const { name: entry, nameBytes, offset, compressedSize } = record
    if (offset + LOCAL_HEADER_BYTES + nameBytes + compressedSize > end) {
      throw zipError('ZIP_OVERLAP', path, 'reaches into what follows it', { entry })
    }
    ends.set(record, end)
    end = offset
  }
  return ends
}
