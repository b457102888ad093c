import { countLines } from './byte-window.js'
import { BACKSLASH, CR, LF } from './sql-byte-classes.js'

const LINE_END_AND_TERMINATOR = Buffer.from('\n\\.')
const DOT = 0x2e

/** What one chunk held of a COPY's rows. */
export interface ScannedRows {
  readonly rows: Buffer
  /** What follows the `\.` line; undefined while the rows go on. */
  readonly rest: Buffer | undefined
  /** Lines ended, the terminator's included. */
  readonly lines: number
}

/** Finds the `\.` line that ends the rows of `COPY … FROM stdin`, without copying them. */
export class CopyRowsScanner {
  #held: Buffer | undefined
  #atLineStart = true

  /** Reads one chunk. Bytes that may be the beginning of a terminator are held back. */
  scan(chunk: Buffer): ScannedRows {
    const bytes = this.#held === undefined ? chunk : Buffer.concat([this.#held, chunk])
    this.#held = undefined
    let at = this.#atLineStart ? 0 : nextCandidate(bytes, 0)
    while (at >= 0 && at < bytes.length) {
      const end = terminatorEnd(bytes, at)
      if (end === undefined) {
        this.#held = bytes.subarray(at)
        this.#atLineStart = true
        return this.#result(bytes, at)
      }
      if (end > 0) return this.#result(bytes, at, end)
      at = nextCandidate(bytes, at)
    }
    const last = bytes.length - 1
    if (last >= 0) this.#atLineStart = bytes[last] === LF
    if (last > 0 && bytes[last] === BACKSLASH && bytes[last - 1] === LF) {
      this.#held = bytes.subarray(last)
      this.#atLineStart = true
      return this.#result(bytes, last)
    }
    return this.#result(bytes, bytes.length)
  }

  /** Nothing follows: whether what was held back is a terminator without its line end. */
  get endsComplete(): boolean {
    return this.#held !== undefined && this.#held.length > 1
  }

  #result(bytes: Buffer, rowsEnd: number, end?: number): ScannedRows {
    const rows = bytes.subarray(0, rowsEnd)
    const lines = countLines(rows, 0, rows.length)
    if (end === undefined) return { rows, rest: undefined, lines }
    return { rows, rest: bytes.subarray(end), lines: lines + 1 }
  }
}

/** The beginning of the next line, at or behind `from`, that begins with `\.`. */
function nextCandidate(bytes: Buffer, from: number): number {
  const found = bytes.indexOf(LINE_END_AND_TERMINATOR, from)
  return found < 0 ? -1 : found + 1
}

/**
 * The position behind the terminator line at `at`; 0 when another line is there; undefined when bytes are
 * missing to know.
 */
function terminatorEnd(bytes: Buffer, at: number): number | undefined {
  const { length } = bytes
  if (bytes[at] !== BACKSLASH) return 0
  if (at + 1 === length) return undefined
  if (bytes[at + 1] !== DOT) return 0
  if (at + 2 === length) return undefined
  if (bytes[at + 2] === LF) return at + 3
  if (bytes[at + 2] !== CR) return 0
  if (at + 3 === length) return undefined
  return bytes[at + 3] === LF ? at + 4 : 0
}
