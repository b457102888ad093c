import { type Compression, levelFor } from '../compression.js'
import { withInputFile } from '../input-file.js'
import type { OutputFile } from '../output-file.js'
import { readStart } from '../read-start.js'
import { unlessCancelled } from '../unless-cancelled.js'
import { claimName } from './entry-rules.js'
import {
  type EntryPlan,
  type PackedContent,
  packBytes,
  writeChunks,
  writePacked,
} from './write-entry.js'
import type { ZipEntry } from './zip-entry.js'
import { zipError } from './zip-error.js'
import { directoryEnd, directoryRecord, type WrittenEntry } from './zip-records.js'
import type { ByteSource, EntryOptions, ZipStatistics, ZipWriter } from './zip-writer.js'

/**
 * Up to this size a content is read before it is written, so that its header can say what follows.
 */
const IN_MEMORY = 256 * 1024

/** Puts entries, and at the end the directory, into an open file. */
export class EntryWriter implements ZipWriter {
  readonly #output: OutputFile
  readonly #compression: Compression
  readonly #entries: WrittenEntry[] = []
  readonly #names = new Set<string>()
  #turn: Promise<unknown> = Promise.resolve()
  #broken: { readonly error: unknown } | undefined

  constructor(output: OutputFile, compression: Compression) {
    this.#output = output
    this.#compression = compression
  }

  addStream(name: string, source: ByteSource, options: EntryOptions = {}): Promise<ZipEntry> {
    return this.#inTurn(name, () =>
      this.#addChunks(name, typeof source === 'function' ? source() : source, options),
    )
  }

  addFile(name: string, path: string, options: EntryOptions = {}): Promise<ZipEntry> {
    const packing = this.#pack(name, path, options)
    // It is reported when it is the entry's turn.
    packing.catch(() => {})
    return this.#inTurn(name, async () => {
      const packed = await packing
      return packed === undefined
        ? await withInputFile(path, (file) =>
            this.#addChunks(name, file.chunks(), { mtime: file.modified, ...options }),
          )
        : await writePacked(this.#output, packed)
    })
  }

  addBuffer(name: string, bytes: Uint8Array, options: EntryOptions = {}): Promise<ZipEntry> {
    return this.#inTurn(name, async () =>
      writePacked(this.#output, await packBytes(this.#plan(name, bytes, options), bytes)),
    )
  }

  /** Writes the directory of the archive, its last part. */
  async finish(): Promise<ZipStatistics> {
    await this.#turn
    if (this.#broken) throw this.#broken.error
    const offset = this.#output.size
    for (const entry of this.#entries) await this.#output.write(directoryRecord(entry))
    const count = this.#entries.length
    await this.#output.write(directoryEnd({ count, offset, size: this.#output.size - offset }))
    return {
      entries: count,
      bytes: this.#entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0),
      fileSize: this.#output.size,
    }
  }

  /** A small file, ready to be written; undefined is a file to be streamed. */
  #pack(name: string, path: string, options: EntryOptions): Promise<PackedContent | undefined> {
    return withInputFile(path, async (file) => {
      // A pipe has no size.
      if (file.size === 0 || file.size > IN_MEMORY) return undefined
      const bytes = await file.read(0, file.size)
      return packBytes(this.#plan(name, bytes, { mtime: file.modified, ...options }), bytes)
    })
  }

  #inTurn(name: string, write: () => Promise<WrittenEntry>): Promise<ZipEntry> {
    const turn = this.#turn.then(() => this.#add(name, write))
    this.#turn = turn.catch(() => {})
    return turn
  }

  async #add(name: string, write: () => Promise<WrittenEntry>): Promise<ZipEntry> {
    if (this.#broken) throw this.#broken.error
    const { path, size } = this.#output
    if (name.endsWith('/')) {
      throw zipError('ZIP_UNSAFE_NAME', path, 'is the name of a folder', { entry: name })
    }
    claimName(path, name, this.#names)
    try {
      const entry = await write()
      this.#entries.push(entry)
      return entry
    } catch (error) {
      this.#names.delete(name)
      if (this.#output.size !== size) this.#broken = { error }
      throw error
    }
  }

  async #addChunks(
    name: string,
    chunks: AsyncIterable<Uint8Array>,
    options: EntryOptions,
  ): Promise<WrittenEntry> {
    const { path, signal } = this.#output
    const source = chunks[Symbol.asyncIterator]()
    try {
      const reading = readStart(source, IN_MEMORY)
      const start = await unlessCancelled(reading, signal, `Writing ${path}`)
      const plan = this.#plan(name, start.bytes, options)
      return start.complete
        ? await writePacked(this.#output, await packBytes(plan, start.bytes))
        : await writeChunks(this.#output, plan, start.all)
    } finally {
      // Not awaited: a source that waits for something that never comes does not answer.
      source.return?.().catch(() => {})
    }
  }

  #plan(name: string, head: Uint8Array, options: EntryOptions): EntryPlan {
    return {
      name,
      level: levelFor(options.compress ?? this.#compression, head),
      modified: options.mtime ?? new Date(),
    }
  }
}
