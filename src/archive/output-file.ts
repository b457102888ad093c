import type { FileHandle } from 'node:fs/promises'
import { CancelledError, writeError } from '../base/index.js'
import { unlessCancelled } from './unless-cancelled.js'

const STAGING_BYTES = 256 * 1024

/** A file being written from front to back; small pieces are collected, errors name the file. */
export class OutputFile {
  /** The name the user gave, for messages. */
  readonly path: string
  /** Whether earlier bytes can be replaced: true of files, false of pipes and terminals. */
  readonly seekable: boolean
  readonly signal: AbortSignal | undefined
  readonly #handle: FileHandle
  readonly #staging = Buffer.allocUnsafe(STAGING_BYTES)
  #staged = 0
  #size = 0

  constructor(
    path: string,
    handle: FileHandle,
    options: { seekable: boolean; signal: AbortSignal | undefined },
  ) {
    this.path = path
    this.#handle = handle
    this.seekable = options.seekable
    this.signal = options.signal
  }

  /** Bytes written so far. */
  get size(): number {
    return this.#size
  }

  /** Appends bytes; the chunk may be reused once this has returned. */
  async write(chunk: Uint8Array): Promise<void> {
    this.#refuseWhenCancelled()
    this.#size += chunk.length
    if (this.#staged + chunk.length > STAGING_BYTES) await this.flush()
    if (chunk.length >= STAGING_BYTES) {
      await this.#writeFully(chunk, null)
      return
    }
    this.#staging.set(chunk, this.#staged)
    this.#staged += chunk.length
  }

  /** Appends all of a stream, never holding more than a few chunks. */
  async writeAll(source: AsyncIterable<Uint8Array>): Promise<void> {
    this.#refuseWhenCancelled()
    await unlessCancelled(this.#drain(source), this.signal, this.#work())
  }

  /**
   * Lets another program append: `body` gets the descriptor that it is to write to. For seekable files.
   */
  async writeBy(body: (descriptor: number) => Promise<void>): Promise<void> {
    this.#refuseWhenCancelled()
    await this.flush()
    try {
      await body(this.#handle.fd)
    } finally {
      this.#size = (await this.#handle.stat()).size
    }
  }

  /** Bytes that are on their way to the disk now, whoever wrote them. */
  async written(): Promise<number> {
    return this.seekable ? (await this.#handle.stat()).size : this.#size
  }

  /** Replaces bytes written earlier; only for seekable files. */
  async rewrite(position: number, bytes: Uint8Array): Promise<void> {
    await this.flush()
    await this.#writeFully(bytes, position)
  }

  /** Hands everything collected to the system. */
  async flush(): Promise<void> {
    const staged = this.#staging.subarray(0, this.#staged)
    this.#staged = 0
    if (staged.length > 0) await this.#writeFully(staged, null)
  }

  /** Hands everything to the system and, for a file, to the disk; the last chance to cancel. */
  async finish(): Promise<void> {
    await this.flush()
    try {
      if (this.seekable) await this.#handle.sync()
    } catch (error) {
      throw writeError(error, this.path)
    }
    this.#refuseWhenCancelled()
  }

  async #drain(source: AsyncIterable<Uint8Array>): Promise<void> {
    for await (const chunk of source) await this.write(chunk)
  }

  /** The system may write less than it was given, for instance just before the disk is full. */
  async #writeFully(bytes: Uint8Array, position: number | null): Promise<void> {
    try {
      for (let done = 0; done < bytes.length; ) {
        const at = position === null ? null : position + done
        done += (await this.#handle.write(bytes, done, bytes.length - done, at)).bytesWritten
      }
    } catch (error) {
      throw writeError(error, this.path)
    }
  }

  #refuseWhenCancelled(): void {
    if (this.signal?.aborted) throw new CancelledError(this.#work())
  }

  #work(): string {
    return `Writing ${this.path}`
  }
}
