import { type Opening, QuoteScanner } from './quote-scanner.js'
import { ByteClass, byteClasses, DASH, QUOTE, STAR, wordParts } from './sql-byte-classes.js'
import { StatementShape } from './statement-shape.js'

/** Why the scanner stopped: bytes are missing, or an end was reached. */
export type ScanStop = 'more' | 'statement' | 'comment' | 'meta'

/** Comments up to this length are kept until they have been read. */
const SHORT_COMMENT = 200
const DOT = 0x2e

/**
 * The lexer of PostgreSQL on bytes, as far as it decides where statements end. It can stop after any byte
 * and go on when more have come; positions are those of the window it is given.
 */
export class StatementScanner {
  position = 0
  /** Where the statement begins; -1 between statements. */
  start = -1
  shape = new StatementShape()
  /** `standard_conforming_strings` is off: a backslash escapes in every string. */
  backslashEscapes = false
  readonly #quotes = new QuoteScanner()
  #inWord = false

  /** What is open, if anything. */
  get opening(): Opening | undefined {
    return this.#quotes.opening
  }

  /** Where it was opened, or the word or comment that was read last. */
  get opened(): number {
    return this.#quotes.opened
  }

  /** Where the first byte is that must be kept. */
  get needed(): number {
    if (this.start >= 0) return this.start
    const short = this.opening === 'lineComment' && this.position - this.opened < SHORT_COMMENT
    return short ? this.opened : this.position
  }

  /** Tells that all positions of the window have become smaller. */
  moved(by: number): void {
    this.position -= by
    this.#quotes.opened -= by
    if (this.start >= 0) this.start -= by
  }

  /** Forgets the statement that was read. */
  reset(): void {
    this.start = -1
    this.shape = new StatementShape()
  }

  /**
   * Reads on up to `end`. `statement`: `position` is at its semicolon. `comment`: a line comment between
   * statements ends at `position`. `meta`: a backslash command ends at `position`. `last` says that
   * nothing follows `end`.
   */
  scan(bytes: Buffer, end: number, last: boolean): ScanStop {
    for (;;) {
      const { opening } = this
      if (opening !== undefined) {
        this.position = this.#quotes.scan(bytes, this.position, end, last)
        if (this.opening === opening) return 'more'
        if (this.opening === undefined) {
          if (opening === 'meta') return 'meta'
          if (opening === 'lineComment' && this.start < 0) return 'comment'
        }
      } else {
        const stop = this.#inWord ? this.#word(bytes, end, last) : this.#plain(bytes, end, last)
        if (stop !== undefined) return stop
      }
    }
  }

  /** Outside of quotes: until something opens, or something ends. */
  #plain(bytes: Buffer, end: number, last: boolean): ScanStop | undefined {
    let at = this.position
    for (; at < end; at += 1) {
      const kind = byteClasses[bytes[at] as number]
      if (kind === ByteClass.space) continue
      if (kind === ByteClass.other) {
        if (this.start < 0) this.start = at
        continue
      }
      if (kind === ByteClass.dash || kind === ByteClass.slash) {
        if (at + 1 === end && !last) break
        const next = at + 1 < end ? bytes[at + 1] : -1
        if (kind === ByteClass.dash && next === DASH) return this.#comment('lineComment', at)
        if (kind === ByteClass.slash && next === STAR) return this.#comment('blockComment', at)
      } else if (kind === ByteClass.semicolon) {
        if (this.start < 0) continue
        if (this.shape.endsHere) {
          this.position = at
          return 'statement'
        }
      }
      if (this.start < 0) this.start = at
      switch (kind) {
        case ByteClass.word:
          this.#inWord = true
          this.#quotes.opened = at
          this.position = at + 1
          return undefined
        case ByteClass.quote:
          this.shape.quoted()
          return this.#open(this.backslashEscapes ? 'escapeString' : 'string', at, 1)
        case ByteClass.doubleQuote:
          this.shape.quoted()
          return this.#open('quotedName', at, 1)
        case ByteClass.backslash:
          return this.#open('meta', at, 1)
        case ByteClass.dollar:
          return this.#open('tag', at, 1)
        case ByteClass.open:
          this.shape.depth += 1
          break
        case ByteClass.close:
          if (this.shape.depth > 0) this.shape.depth -= 1
      }
    }
    this.position = at
    return 'more'
  }

  #open(opening: Opening, at: number, length: number): undefined {
    this.#quotes.open(opening, at)
    this.position = at + length
  }

  #comment(opening: Opening, at: number): undefined {
    if (this.start >= 0) this.shape.hasComments = true
    this.#open(opening, at, 2)
  }

  #word(bytes: Buffer, end: number, last: boolean): ScanStop | undefined {
    let at = this.position
    while (at < end && wordParts[bytes[at] as number] === 1) at += 1
    this.position = at
    if (at === end && !last) return 'more'
    this.#inWord = false
    const { opened, shape } = this
    if (at - opened === 1 && at < end && bytes[at] === QUOTE) {
      const prefix = prefixedString(bytes[opened] as number)
      if (prefix !== undefined) {
        shape.quoted()
        return this.#open(prefix, opened, 2)
      }
    }
    if (shape.wantsWords) {
      const before = opened > this.start ? bytes[opened - 1] : 0
      shape.word(bytes.toString('latin1', opened, at).toLowerCase(), before === DOT)
    }
    return undefined
  }
}

/** How a string goes on that has this letter before its quote: E'', B'', X''. */
function prefixedString(letter: number): Opening | undefined {
  const lower = letter | 0x20
  if (lower === 0x65) return 'escapeString'
  return lower === 0x62 || lower === 0x78 ? 'string' : undefined
}
