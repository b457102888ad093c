import type { ArchiveEntry } from './archive-info.js'
import { type Block, BlockIndex } from './block-index.js'
import { checkedOffset } from './entry-data.js'
import type { OpenArchive } from './open-archive.js'

/**
 * Refuses an archive that was cut short before anything of it is restored. Data always end with a
 * zero, so the last bytes tell; only where they are something else the last block is walked over.
 */
export async function refuseCutOff(archive: OpenArchive): Promise<void> {
  const entries = archive.info.entries.filter((entry) => entry.data.kind !== 'none')
  if (entries.length === 0) return
  const furthest = Math.max(...placesOf(archive, entries))
  if (await endsWithZero(archive)) return
  const index = new BlockIndex(archive.file, archive.sizes, archive.dataStart)
  let last: Block | undefined
  if (furthest >= archive.dataStart) last = await index.blockAt(furthest)
  for (const entry of entries) {
    if (entry.data.kind !== 'unplaced') continue
    const block = await index.find(entry.id)
    if (last === undefined || block.offset > last.offset) last = block
  }
  if (last !== undefined) await index.endOf(last)
}

/** Places of all data that have one, each checked; 0 for the others. */
function placesOf(archive: OpenArchive, entries: readonly ArchiveEntry[]): number[] {
  return entries.map(({ data }) =>
    data.kind === 'placed' ? checkedOffset(archive, data.offset) : 0,
  )
}

async function endsWithZero({ file, sizes, dataStart }: OpenArchive): Promise<boolean> {
  const length = 1 + sizes.int
  if (file.size - length < dataStart) return false
  const bytes = await file.bytes(file.size - length, length)
  return bytes.every((byte) => byte === 0)
}
