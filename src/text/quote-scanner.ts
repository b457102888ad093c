import {
  BACKSLASH,
  ByteClass,
  byteClasses,
  CR,
  DASH,
  DOLLAR,
  DOUBLE_QUOTE,
  LF,
  QUOTE,
  SLASH,
  STAR,
  wordParts,
} from './sql-byte-classes.js'

/**
 * What is open. `gap` is the space behind an E'' string, where a further quote goes on with the same
 * string; `tag` is what may become a dollar quote; `meta` is the rest of the line behind a backslash.
 */
export type Opening =
  | 'string'
  | 'escapeString'
  | 'gap'
  | 'quotedName'
  | 'tag'
  | 'dollar'
  | 'lineComment'
  | 'blockComment'
  | 'meta'

/** Finds the end of quotes and comments; can stop after any byte and go on when more have come. */
export class QuoteScanner {
  /** What is open, if anything. */
  opening: Opening | undefined
  /** Where it was opened. */
  opened = 0
  #tag: Buffer = Buffer.alloc(0)
  #depth = 0
  #newline = false
  #comment = false

  /** Notes that `opening` begins at `at`; its first delimiter has been read. */
  open(opening: Opening, at: number): void {
    this.opening = opening
    this.opened = at
    this.#depth = 1
  }

  /**
   * Reads on from `at` and returns how far it came; `opening` is undefined when what was open has ended.
   * `last` says that nothing follows `end`.
   */
  scan(bytes: Buffer, at: number, end: number, last: boolean): number {
    switch (this.opening) {
      case 'string':
        return this.#until(QUOTE, bytes, at, end)
      case 'quotedName':
        return this.#until(DOUBLE_QUOTE, bytes, at, end)
      case 'escapeString':
        return this.#escapeString(bytes, at, end, last)
      case 'gap':
        return this.#gap(bytes, at, end, last)
      case 'tag':
        return this.#readTag(bytes, at, end, last)
      case 'dollar':
        return this.#dollar(bytes, at, end)
      case 'blockComment':
        return this.#blockComment(bytes, at, end)
      default:
        return this.#line(bytes, at, end, last)
    }
  }

  #closed(position: number): number {
    this.opening = undefined
    return position
  }

  /** A string or name without escapes; a doubled quote is read as an end and a new beginning. */
  #until(quote: number, bytes: Buffer, from: number, end: number): number {
    let at = from
    while (at < end && bytes[at] !== quote) at += 1
    return at === end ? at : this.#closed(at + 1)
  }

  #escapeString(bytes: Buffer, from: number, end: number, last: boolean): number {
    let at = from
    while (at < end) {
      const byte = bytes[at]
      if (byte === BACKSLASH) {
        if (at + 1 === end) return at
        at += 2
      } else if (byte === QUOTE) {
        if (at + 1 === end && !last) return at
        if (at + 1 === end || bytes[at + 1] !== QUOTE) {
          this.opening = 'gap'
          this.#newline = false
          this.#comment = false
          return at + 1
        }
        at += 2
      } else {
        at += 1
      }
    }
    return at
  }

  #gap(bytes: Buffer, from: number, end: number, last: boolean): number {
    for (let at = from; at < end; at += 1) {
      const byte = bytes[at] as number
      if (byte === LF || byte === CR) {
        this.#newline = true
        this.#comment = false
      } else if (this.#comment) {
        // Comments do not part the pieces of a string.
      } else if (byte === DASH) {
        if (at + 1 === end && !last) return at
        if (at + 1 === end || bytes[at + 1] !== DASH) return this.#closed(at)
        this.#comment = true
      } else if (byte === QUOTE && this.#newline) {
        this.opening = 'escapeString'
        return at + 1
      } else if (byteClasses[byte] !== ByteClass.space) {
        return this.#closed(at)
      }
    }
    return last ? this.#closed(end) : end
  }

  /** Behind a dollar sign: a name and another dollar sign open a quote, all else is a parameter. */
  #readTag(bytes: Buffer, from: number, end: number, last: boolean): number {
    const begin = this.opened + 1
    let at = from
    while (at < end && bytes[at] !== DOLLAR && wordParts[bytes[at] as number] === 1) at += 1
    if (at === end && !last) return at
    const named = at > begin && byteClasses[bytes[begin] as number] === ByteClass.word
    if (at === end || bytes[at] !== DOLLAR || !(named || at === begin)) return this.#closed(begin)
    this.#tag = Buffer.from(bytes.subarray(this.opened, at + 1))
    this.opening = 'dollar'
    return at + 1
  }

  #dollar(bytes: Buffer, from: number, end: number): number {
    const tag = this.#tag
    const found = bytes.subarray(0, end).indexOf(tag, from)
    if (found < 0) return Math.max(from, end - tag.length + 1)
    return this.#closed(found + tag.length)
  }

  #blockComment(bytes: Buffer, from: number, end: number): number {
    let at = from
    while (at < end) {
      const byte = bytes[at]
      if (byte !== STAR && byte !== SLASH) {
        at += 1
        continue
      }
      if (at + 1 === end) return at
      const next = bytes[at + 1]
      if (byte === SLASH && next === STAR) {
        this.#depth += 1
        at += 2
      } else if (byte === STAR && next === SLASH) {
        this.#depth -= 1
        at += 2
        if (this.#depth === 0) return this.#closed(at)
      } else {
        at += 1
      }
    }
    return at
  }

  /** A comment or a backslash command, up to the end of its line. */
  #line(bytes: Buffer, from: number, end: number, last: boolean): number {
    const comment = this.opening === 'lineComment'
    let at = from
    while (at < end && bytes[at] !== LF && !(comment && bytes[at] === CR)) at += 1
    return at === end && !last ? at : this.#closed(at)
  }
}
