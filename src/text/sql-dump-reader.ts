import { ByteWindow, countLines } from './byte-window.js'
import { statementTooLarge, textBehindCopy, truncated } from './dump-refusals.js'
import type { Opening } from './quote-scanner.js'
import { ByteClass, byteClasses, LF } from './sql-byte-classes.js'
import type { SqlCopy, SqlMetaCommand, SqlStatement } from './sql-dump-item.js'
import { MarkCollector } from './sql-dump-marks.js'
import { readingChange, SETTING_VERBS } from './sql-dump-settings.js'
import { toStandardStrings, withoutLastComments } from './standard-strings.js'
import { StatementScanner } from './statement-scanner.js'
import { StatementText } from './statement-text.js'

/** What the reader finds; after a `copy`, its rows are next in the stream. */
export type FoundItem = SqlStatement | SqlMetaCommand | Omit<SqlCopy, 'data'>

/** In words, what a dump can end inside of. */
const OPENINGS: Readonly<Record<Opening, string>> = {
  string: 'a string',
  escapeString: 'a string',
  gap: 'a string',
  quotedName: 'a quoted name',
  tag: 'a string',
  dollar: 'a dollar-quoted string',
  lineComment: 'a comment',
  blockComment: 'a comment',
  meta: 'a command',
}

/** Reads the bytes of a plain dump into items; the caller brings chunks when it asks for more. */
export class SqlDumpReader {
  readonly marks = new MarkCollector()
  readonly #window = new ByteWindow()
  readonly #scanner = new StatementScanner()
  readonly #text = new StatementText()
  readonly #maxBytes: number
  /** The line of the position up to which lines have been counted. */
  #line = 1
  #counted = 0
  #openedLine = 1
  #last = false
  #copy: FoundItem | undefined

  constructor(maxStatementBytes: number) {
    this.#maxBytes = maxStatementBytes
  }

  /** Adds the next bytes. */
  feed(chunk: Uint8Array): void {
    const keepFrom = this.#scanner.needed
    this.#noteOpenComment()
    this.#countTo(keepFrom)
    if (this.#window.end - keepFrom > this.#maxBytes) {
      throw statementTooLarge(this.#line, this.#maxBytes)
    }
    const moved = this.#window.append(chunk, keepFrom)
    this.#scanner.moved(moved)
    this.#counted -= moved
  }

  /** Says that no more bytes come. */
  finish(): void {
    this.#last = true
  }

  /** The next item; undefined when bytes are missing or, after {@link finish}, at the end. */
  next(): FoundItem | undefined {
    if (this.#copy !== undefined) return this.#beginRows(this.#copy)
    const { bytes, end } = this.#window
    for (;;) {
      const stop = this.#scanner.scan(bytes, end, this.#last)
      switch (stop) {
        case 'comment':
          this.#readComment()
          break
        case 'meta':
          return this.#takeMeta()
        case 'statement': {
          const item = this.#takeStatement(1)
          if (item.kind === 'statement') return item
          this.#copy = item
          return this.#beginRows(item)
        }
        default:
          return this.#last ? this.#atEnd() : undefined
      }
    }
  }

  /** The bytes behind a COPY statement, as far as they are there. */
  takeRest(): Buffer {
    const { bytes, end } = this.#window
    const rest = bytes.subarray(this.#scanner.position, end)
    this.#countTo(this.#scanner.position)
    this.#scanner.position = end
    this.#counted = end
    return rest
  }

  /** Goes on behind the rows of a COPY, which had so many lines. */
  resume(rest: Buffer, lines: number): void {
    this.#line += lines
    this.feed(rest)
  }

  /** The line that the reader has come to, for errors. */
  get line(): number {
    return this.#line
  }

  /** Between statements nothing is kept of a comment, except where it began. */
  #noteOpenComment(): void {
    const { opening, opened, start } = this.#scanner
    if (opening === undefined || start >= 0 || opened < this.#counted) return
    this.#countTo(opened)
    this.#openedLine = this.#line
  }

  #countTo(position: number): void {
    if (position <= this.#counted) return
    this.#line += countLines(this.#window.bytes, this.#counted, position)
    this.#counted = position
  }

  #lineAt(position: number): number {
    return this.#line + countLines(this.#window.bytes, this.#counted, position)
  }

  #readComment(): void {
    const { opened, position } = this.#scanner
    if (opened < 0 || position - opened > 100) return
    this.marks.comment(this.#window.bytes.toString('latin1', opened, position))
  }

  /** Takes the text from the statement's start to the scanner's position. */
  #takeText(): { readonly text: string; readonly line: number } {
    const { bytes } = this.#window
    const { start, position } = this.#scanner
    this.#countTo(start)
    const line = this.#line
    let end = position
    while (byteClasses[bytes[end - 1] as number] === ByteClass.space) end -= 1
    if (end - start > this.#maxBytes) throw statementTooLarge(line, this.#maxBytes)
    return { text: this.#text.read(bytes.subarray(start, end), line), line }
  }

  #takeMeta(): SqlMetaCommand {
    const { text, line } = this.#takeText()
    this.#scanner.reset()
    return { kind: 'meta', text, line }
  }

  /** Takes the statement, and passes over the `skip` bytes that end it. */
  #takeStatement(skip: number): FoundItem {
    const scanner = this.#scanner
    const { text, line } = this.#takeText()
    const { verb, isCopyFromStdin, hasComments } = scanner.shape
    scanner.reset()
    scanner.position += skip
    const written = hasComments ? withoutLastComments(text, scanner.backslashEscapes) : text
    const standard = scanner.backslashEscapes ? toStandardStrings(written) : written
    if (isCopyFromStdin) {
      return { kind: 'copy', statement: standard, line, encoding: this.#text.encoding }
    }
    if (SETTING_VERBS.has(verb)) this.#changeReading(text, line)
    return { kind: 'statement', text: standard, line }
  }

  #changeReading(text: string, line: number): void {
    const change = readingChange(text)
    if (change?.encoding !== undefined) this.#text.use(change.encoding, line)
    if (change?.standardStrings !== undefined) {
      this.#scanner.backslashEscapes = !change.standardStrings
    }
  }

  /** Passes over the line end behind a COPY; undefined when it is not there yet. */
  #beginRows(item: FoundItem): FoundItem | undefined {
    const { bytes, end } = this.#window
    const scanner = this.#scanner
    const lineEnd = bytes.subarray(0, end).indexOf(LF, scanner.position)
    if (lineEnd < 0 && this.#last) throw truncated('the rows of a COPY', item.line)
    if (lineEnd < 0) return undefined
    const behind = bytes.toString('latin1', scanner.position, lineEnd)
    if (!/^\s*(?:--.*)?$/.test(behind)) throw textBehindCopy(this.#lineAt(scanner.position))
    scanner.position = lineEnd + 1
    this.#copy = undefined
    return item
  }

  #atEnd(): FoundItem | undefined {
    const { opening, opened, start, shape } = this.#scanner
    if (opening !== undefined) {
      const line = opened >= this.#counted ? this.#lineAt(opened) : this.#openedLine
      throw truncated(OPENINGS[opening], line)
    }
    if (start >= 0) {
      const line = this.#lineAt(start)
      if (!shape.endsHere || shape.depth > 0) throw truncated('a statement', line)
      if (shape.isCopyFromStdin) throw truncated('the rows of a COPY', line)
    }
    if (this.marks.started && !this.marks.complete) {
      throw truncated(
        'pg_dump\'s output (the line "PostgreSQL database dump complete" is missing)',
        undefined,
      )
    }
    return start < 0 ? undefined : this.#takeStatement(0)
  }
}
