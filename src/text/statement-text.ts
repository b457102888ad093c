import { countLines } from './byte-window.js'
import { type ClientEncoding, clientEncoding, type TextReader } from './client-encoding.js'
import { wrongEncoding } from './dump-refusals.js'

const UTF8 = clientEncoding('UTF8') as ClientEncoding
const AGAIN = 'Dump again with "pg_dump --encoding=UTF8 --file=dump.sql".'

/** Turns statements into text by the `client_encoding` that the dump declares. */
export class StatementText {
  #encoding: ClientEncoding = UTF8
  #reader: TextReader = UTF8.reader()

  /** PostgreSQL's name of the encoding. */
  get encoding(): string {
    return this.#encoding.name
  }

  /** Goes on in the encoding that a SET on `line` names. */
  use(name: string, line: number): void {
    const encoding = clientEncoding(name)
    if (encoding === undefined) {
      throw wrongEncoding(
        `The dump is in the encoding "${name}", which moult cannot read`,
        line,
        AGAIN,
      )
    }
    this.#encoding = encoding
    this.#reader = encoding.reader()
  }

  /** The text of `bytes`, which begin on `line`. */
  read(bytes: Buffer, line: number): string {
    let text: string
    try {
      text = this.#reader.decode(bytes)
    } catch {
      const at = line + this.#linesBeforeFault(bytes)
      throw wrongEncoding(`Line ${at} of the dump is not ${this.#encoding.name} text`, at, AGAIN)
    }
    const nul = text.indexOf('\0')
    if (nul < 0) return text
    const at = line + text.slice(0, nul).split('\n').length - 1
    throw wrongEncoding(`Line ${at} of the dump holds a NUL character`, at, AGAIN)
  }

  #linesBeforeFault(bytes: Buffer): number {
    for (let from = 0; from < bytes.length; ) {
      const found = bytes.indexOf(0x0a, from)
      const to = found < 0 ? bytes.length : found
      try {
        this.#encoding.reader().decode(bytes.subarray(from, to))
      } catch {
        return countLines(bytes, 0, from)
      }
      from = to + 1
    }
    return 0
  }
}
