import { isUtf8 } from 'node:buffer'
import { archiveCorrupt, archiveTruncated } from './archive-errors.js'
import type { NumberSizes } from './archive-format.js'

/** What a cursor must know of the file whose bytes it walks over. */
export interface CursorFile {
  readonly name: string
  readonly size: number
}

/** Thrown when the value goes beyond the bytes at hand although the file has them. */
export class ShortRead {
  /** How many bytes from the cursor's first one on are needed at least. */
  readonly needed: number

  constructor(needed: number) {
    this.needed = needed
  }
}

/** Below this a length that does not fit is blamed on a file cut short, not on damage. */
const PLAUSIBLE_LENGTH = 65_536

/** Walks over a part of an archive and reads its numbers and texts. */
export class ByteCursor {
  readonly #file: CursorFile
  readonly #bytes: Buffer
  readonly #start: number
  readonly #sizes: NumberSizes
  #next = 0

  /** `start` is the place of the first of `bytes` in the file. */
  constructor(file: CursorFile, bytes: Buffer, start: number, sizes: NumberSizes) {
    this.#file = file
    this.#bytes = bytes
    this.#start = start
    this.#sizes = sizes
  }

  /** Place in the file of what is read next. */
  get position(): number {
    return this.#start + this.#next
  }

  byte(): number {
    return this.#bytes[this.#take(1)] ?? 0
  }

  /** A byte for the sign, then the magnitude, its lowest byte first. */
  int(): number {
    const at = this.#take(1 + this.#sizes.int)
    const value = this.#unsigned(at + 1, this.#sizes.int)
    return this.#bytes[at] === 0 || value === 0 ? value : -value
  }

  offset(): number {
    return this.#unsigned(this.#take(this.#sizes.offset), this.#sizes.offset)
  }

  /** A text with its length before it; undefined where the archive has NULL. */
  text(): string | undefined {
    const at = this.position
    const length = this.int()
    if (length === -1) return undefined
    this.checkLength(length, at)
    const start = this.#take(length)
    const bytes = this.#bytes.subarray(start, start + length)
    if (!isUtf8(bytes)) throw this.corrupt(at, 'a text is not UTF-8')
    if (bytes.includes(0)) throw this.corrupt(at, 'a text holds a zero byte')
    return bytes.toString('utf8')
  }

  /** How many bytes at hand are not read yet. */
  get available(): number {
    return this.#bytes.length - this.#next
  }

  /** Between one and `most` bytes, as many as are at hand. */
  some(most: number): Buffer {
    const start = this.#take(1)
    this.#next = Math.min(start + most, this.#bytes.length)
    return this.#bytes.subarray(start, this.#next)
  }

  /** Refuses a length, read at `at`, that the rest of the file cannot hold. */
  checkLength(length: number, at: number): void {
    if (length >= 0 && length <= this.#file.size - this.position) return
    if (length >= 0 && length <= Math.max(PLAUSIBLE_LENGTH, this.#file.size)) throw this.#cutOff()
    throw this.corrupt(at, `a length of ${length} bytes`)
  }

  /** The error for a value, read at `at`, that makes no sense. */
  corrupt(at: number, what: string): Error {
    return archiveCorrupt(this.#file.name, at, what)
  }

  #cutOff(): Error {
    return archiveTruncated(this.#file.name, 'its table of contents or data')
  }

  /** Index of the next `count` bytes, which are then behind the cursor. */
  #take(count: number): number {
    const at = this.#next
    if (at + count > this.#bytes.length) {
      if (this.#start + at + count > this.#file.size) throw this.#cutOff()
      throw new ShortRead(at + count)
    }
    this.#next = at + count
    return at
  }

  #unsigned(at: number, size: number): number {
    let value = 0
    for (let index = size - 1; index >= 0; index--) {
      value = value * 256 + (this.#bytes[at + index] ?? 0)
    }
    if (Number.isSafeInteger(value)) return value
    throw this.corrupt(this.#start + at, 'a number is far too large')
  }
}
