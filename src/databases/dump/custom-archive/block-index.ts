import { archiveCorrupt, archiveTruncated } from './archive-errors.js'
import type { ArchiveFile } from './archive-file.js'
import { BLOCK_DATA, BLOCK_LARGE_OBJECTS, type NumberSizes } from './archive-format.js'
import { skipPayload } from './block-payload.js'

/** A data block: whose it is, and where its payload begins. */
export interface Block {
  readonly kind: 'rows' | 'large objects'
  readonly entry: number
  readonly offset: number
  readonly payload: number
}

/**
 * Finds the blocks of an archive without offsets, going over the file once: blocks passed on the way
 * are remembered, and a block that was read by its consumer is not walked over again.
 */
export class BlockIndex {
  readonly #file: ArchiveFile
  readonly #sizes: NumberSizes
  readonly #passed = new Map<number, Block>()
  #next: number

  constructor(file: ArchiveFile, sizes: NumberSizes, dataStart: number) {
    this.#file = file
    this.#sizes = sizes
    this.#next = dataStart
  }

  /** The block that begins at `offset`. */
  async blockAt(offset: number): Promise<Block> {
    const { value, end } = await this.#file.parse(offset, this.#sizes, (cursor) => ({
      type: cursor.byte(),
      entry: cursor.int(),
    }))
    if (value.type !== BLOCK_DATA && value.type !== BLOCK_LARGE_OBJECTS) {
      throw archiveCorrupt(this.#file.name, offset, `a data block of type ${value.type}`)
    }
    const kind = value.type === BLOCK_DATA ? 'rows' : 'large objects'
    return { kind, entry: value.entry, offset, payload: end }
  }

  /** The block of an entry whose place the archive does not tell. */
  async find(entry: number): Promise<Block> {
    const passed = this.#passed.get(entry)
    if (passed !== undefined) return passed
    while (this.#next < this.#file.size) {
      const block = await this.blockAt(this.#next)
      if (block.entry === entry) return block
      this.#passed.set(block.entry, block)
      this.#next = await this.endOf(block)
    }
    throw archiveTruncated(this.#file.name, `the data: those of entry ${entry} are missing`)
  }

  /** Tells that a block was read and where it ends. */
  wasRead(block: Block, end: number): void {
    if (block.offset !== this.#next) return
    this.#passed.set(block.entry, block)
    this.#next = end
  }

  /** The place after a block. */
  async endOf(block: Block): Promise<number> {
    if (block.kind === 'rows') return skipPayload(this.#file, this.#sizes, block.payload)
    let position = block.payload
    for (;;) {
      const object = await this.#file.parse(position, this.#sizes, (cursor) => cursor.int())
      if (object.value === 0) return object.end
      position = await skipPayload(this.#file, this.#sizes, object.end)
    }
  }
}
