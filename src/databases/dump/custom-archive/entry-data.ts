import { archiveCorrupt, archiveTruncated } from './archive-errors.js'
import type { ArchiveEntry } from './archive-info.js'
import type { Block, BlockIndex } from './block-index.js'
import { blockPayload } from './block-payload.js'
import { inflate, isZlibError } from './inflate.js'
import type { OpenArchive } from './open-archive.js'

/** An entry's data as pg_dump produced them, decompressed, in chunks that end anywhere. */
export async function* entryData(
  archive: OpenArchive,
  index: BlockIndex,
  entry: ArchiveEntry,
): AsyncGenerator<Buffer, void, undefined> {
  const block = await entryBlock(archive, index, entry)
  const { file, sizes, info } = archive
  const payload = blockPayload(file, sizes, block.payload, (end) => index.wasRead(block, end))
  try {
    yield* info.compression === 'gzip' ? inflate(payload) : payload
  } catch (error) {
    if (!isZlibError(error)) throw error
    const what = `the compressed data of ${entry.namespace ?? ''}.${entry.tag} make no sense`
    throw archiveCorrupt(file.name, block.offset, what, error)
  }
}

/** The block of rows that belongs to an entry. */
async function entryBlock(
  archive: OpenArchive,
  index: BlockIndex,
  entry: ArchiveEntry,
): Promise<Block> {
  const block =
    entry.data.kind === 'placed'
      ? await index.blockAt(checkedOffset(archive, entry.data.offset))
      : await index.find(entry.id)
  if (block.entry === entry.id && block.kind === 'rows') return block
  const what = `data of entry ${block.entry} (${block.kind}) where those of ${entry.id} should be`
  throw archiveCorrupt(archive.file.name, block.offset, what)
}

/** Refuses a place that cannot be one of a data block. */
export function checkedOffset(archive: OpenArchive, offset: number): number {
  const { name, size } = archive.file
  if (offset >= size) throw archiveTruncated(name, `its data: a table begins at byte ${offset}`)
  if (offset >= archive.dataStart) return offset
  throw archiveCorrupt(name, offset, 'data are said to begin within the table of contents')
}
