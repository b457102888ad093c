import type { Compression } from '../compression.js'
import type { ZipEntry } from './zip-entry.js'

export interface EntryOptions {
  /** Instead of the archive's. */
  readonly compress?: Compression
  /** The time in the archive: unless given, a file's own, and now for anything else. */
  readonly mtime?: Date
}

/** Chunks to be read once; given as a function, it is called when it is the entry's turn. */
export type ByteSource = AsyncIterable<Uint8Array> | (() => AsyncIterable<Uint8Array>)

/**
 * Takes the entries of an archive and writes them one after the other: calls made at the same time
 * wait for each other. An entry that fails before its first byte is written, such as a missing
 * file, leaves the archive as it was; after any other failure the archive cannot be finished.
 */
export interface ZipWriter {
  /** Adds a content of unknown size. Its chunks must not change once they are handed over. */
  addStream(name: string, source: ByteSource, options?: EntryOptions): Promise<ZipEntry>
  /**
   * Adds a file. A small one is read and packed at once, so several calls at a time are faster than one after
   * the other; a big one is opened when its turn comes, and closed before the next.
   */
  addFile(name: string, path: string, options?: EntryOptions): Promise<ZipEntry>
  /** Adds a content that is in memory. */
  addBuffer(name: string, bytes: Uint8Array, options?: EntryOptions): Promise<ZipEntry>
}

/** What an archive has become. */
export interface ZipStatistics {
  readonly entries: number
  /** Of all entries, before compression. */
  readonly bytes: number
  readonly fileSize: number
}
