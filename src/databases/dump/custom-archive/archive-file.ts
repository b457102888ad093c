import { type FileHandle, open } from 'node:fs/promises'
import { codeOf, OutsideError, UserError } from '../../../base/index.js'
import { archiveTruncated, notAnArchive } from './archive-errors.js'
import type { NumberSizes } from './archive-format.js'
import { ByteCursor, type CursorFile, ShortRead } from './byte-cursor.js'

const WINDOW = 262_144

/** A value and the place in the file after it. */
export interface Parsed<T> {
  readonly value: T
  readonly end: number
}

/** An archive on disk, read through a window of 256 KiB that moves over it. */
export class ArchiveFile implements CursorFile {
  readonly name: string
  readonly size: number
  readonly #handle: FileHandle
  #window = Buffer.alloc(0)
  #windowStart = 0

  private constructor(name: string, size: number, handle: FileHandle) {
    this.name = name
    this.size = size
    this.#handle = handle
  }

  static async open(path: string): Promise<ArchiveFile> {
    const handle = await open(path, 'r').catch((error) => {
      throw unreadable(path, error)
    })
    try {
      const stat = await handle.stat()
      if (!stat.isFile()) {
        throw notAnArchive(
          path,
          'this is not a file',
          'A backup in directory format can be converted: "pg_restore --no-owner -f dump.sql DIRECTORY".',
        )
      }
      return new ArchiveFile(path, stat.size, handle)
    } catch (error) {
      await handle.close()
      throw error
    }
  }

  close(): Promise<void> {
    return this.#handle.close()
  }

  /** Runs a parser on the bytes from `position` on; it is run again when it needs more of them. */
  async parse<T>(
    position: number,
    sizes: NumberSizes,
    parser: (cursor: ByteCursor) => T,
  ): Promise<Parsed<T>> {
    if (!this.#holds(position)) await this.#load(position, WINDOW)
    for (;;) {
      const bytes = this.#window.subarray(position - this.#windowStart)
      const cursor = new ByteCursor(this, bytes, position, sizes)
      try {
        return { value: parser(cursor), end: cursor.position }
      } catch (error) {
        if (!(error instanceof ShortRead)) throw error
        await this.#load(position, Math.max(error.needed, bytes.length * 2, WINDOW))
      }
    }
  }

  /** Between one and `most` bytes from `position` on; they stay valid. */
  async bytes(position: number, most: number): Promise<Buffer> {
    if (!this.#holds(position)) await this.#load(position, WINDOW)
    const start = position - this.#windowStart
    const bytes = this.#window.subarray(start, start + most)
    if (bytes.length === 0) throw archiveTruncated(this.name, 'its data')
    return bytes
  }

  #holds(position: number): boolean {
    const start = position - this.#windowStart
    return start >= 0 && start < this.#window.length
  }

  /** Moves the window; a new buffer each time, because parts of the old one may still be in use. */
  async #load(position: number, wanted: number): Promise<void> {
    const length = Math.max(0, Math.min(wanted, this.size - position))
    const buffer = Buffer.allocUnsafeSlow(length)
    let filled = 0
    while (filled < length) {
      const { bytesRead } = await this.#handle
        .read(buffer, filled, length - filled, position + filled)
        .catch((error) => {
          throw unreadable(this.name, error)
        })
      if (bytesRead === 0) throw archiveTruncated(this.name, 'its data; it was shortened just now')
      filled += bytesRead
    }
    this.#window = buffer
    this.#windowStart = position
  }
}

function unreadable(file: string, cause: unknown): Error {
  const missing = codeOf(cause) === 'ENOENT'
  const Kind = missing || codeOf(cause) === 'EACCES' ? UserError : OutsideError
  return new Kind('ARCHIVE_UNREADABLE', `${file} cannot be read`, {
    place: { file },
    cause,
    hint: missing ? 'Check the name of the file.' : 'Check the permissions and the disk.',
  })
}
