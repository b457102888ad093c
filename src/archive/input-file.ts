import { type FileHandle, open } from 'node:fs/promises'
import { readError } from '../base/index.js'

const CHUNK = 256 * 1024

/** A file open for reading, at any position; its errors name it. */
export class InputFile {
  readonly path: string
  /** 0 where the system cannot tell, as for a pipe. */
  readonly size: number
  readonly modified: Date
  readonly #handle: FileHandle
  readonly #seekable: boolean

  constructor(
    path: string,
    handle: FileHandle,
    stats: { size: number; mtime: Date; isFile(): boolean },
  ) {
    this.path = path
    this.#handle = handle
    this.size = stats.size
    this.modified = stats.mtime
    this.#seekable = stats.isFile()
  }

  /** The bytes from `position` on: `length` of them, or fewer at the end of the file. */
  async read(position: number, length: number): Promise<Buffer> {
    const bytes = Buffer.allocUnsafe(length)
    let filled = 0
    while (filled < length) {
      const count = await this.#readInto(bytes, filled, position + filled)
      if (count === 0) break
      filled += count
    }
    return bytes.subarray(0, filled)
  }

  /** The bytes from `start` up to, not including, `end`, in pieces; without them all bytes. */
  async *chunks(start = 0, end = this.#end()): AsyncGenerator<Buffer> {
    for (let position = start; position < end; ) {
      const bytes = Buffer.allocUnsafe(Math.min(CHUNK, end - position))
      const count = await this.#readInto(bytes, 0, position)
      if (count === 0) return
      position += count
      yield bytes.subarray(0, count)
    }
  }

  async close(): Promise<void> {
    await this.#handle.close()
  }

  #end(): number {
    return this.#seekable ? this.size : Number.POSITIVE_INFINITY
  }

  async #readInto(bytes: Buffer, offset: number, position: number): Promise<number> {
    try {
      const at = this.#seekable ? position : null
      return (await this.#handle.read(bytes, offset, bytes.length - offset, at)).bytesRead
    } catch (error) {
      throw readError(error, this.path)
    }
  }
}

/** Opens a file; FILE_NOT_FOUND and FILE_UNREADABLE say why not. The caller closes it. */
export async function openInputFile(path: string): Promise<InputFile> {
  let handle: FileHandle | undefined
  try {
    handle = await open(path, 'r')
    const stats = await handle.stat()
    if (stats.isDirectory()) throw Object.assign(new Error(`EISDIR: ${path}`), { code: 'EISDIR' })
    return new InputFile(path, handle, stats)
  } catch (error) {
    await handle?.close()
    throw readError(error, path)
  }
}

/** Opens a file, runs `body`, closes the file. */
export async function withInputFile<T>(
  path: string,
  body: (file: InputFile) => Promise<T>,
): Promise<T> {
  const file = await openInputFile(path)
  try {
    return await body(file)
  } finally {
    await file.close()
  }
}
