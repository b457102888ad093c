import { constants } from 'node:buffer'
import { CopyRowsScanner } from './copy-rows-scanner.js'
import { truncated } from './dump-refusals.js'
import { dumpStart } from './dump-start.js'
import type { SqlDump, SqlDumpItem } from './sql-dump-item.js'
import { SqlDumpReader } from './sql-dump-reader.js'

/** How a dump is read. */
export interface SplitOptions {
  /** Longer statements are refused; by default what JavaScript can hold as text, just below 512 MiB. */
  readonly maxStatementBytes?: number
}

/**
 * Reads a plain SQL dump (of any pg_dump, or written by hand) piece by piece, in constant memory, as psql
 * and PostgreSQL would read it. Fails with DUMP_TRUNCATED when the dump ends inside of something or lacks
 * pg_dump's final mark, and with DUMP_ENCODING when it is not text of the encoding it declares.
 */
export function splitSqlDump(
  source: AsyncIterable<Uint8Array>,
  options: SplitOptions = {},
): SqlDump {
  const reader = new SqlDumpReader(options.maxStatementBytes ?? constants.MAX_STRING_LENGTH)
  return {
    marks: reader.marks,
    [Symbol.asyncIterator]: () => itemsOf(reader, dumpStart(source)),
  }
}

async function* itemsOf(
  reader: SqlDumpReader,
  chunks: AsyncGenerator<Buffer>,
): AsyncGenerator<SqlDumpItem, void, undefined> {
  try {
    for (let ended = false; ; ) {
      const item = reader.next()
      if (item === undefined) {
        if (ended) return
        const { value, done } = await chunks.next()
        ended = done === true
        if (ended) reader.finish()
        else reader.feed(value as Buffer)
      } else if (item.kind === 'copy') {
        const rows = new CopyRows(reader, chunks, item.line)
        yield { ...item, data: rows }
        while ((await rows.read()) !== undefined);
      } else {
        yield item
      }
    }
  } finally {
    await chunks.return(undefined)
  }
}

/** The rows of one COPY, read from the dump's chunks; whoever goes on with the dump reads what is left. */
class CopyRows implements AsyncIterable<Uint8Array> {
  readonly #reader: SqlDumpReader
  readonly #chunks: AsyncGenerator<Buffer>
  readonly #line: number
  readonly #scanner = new CopyRowsScanner()
  #rest: Buffer | undefined
  #lines = 0
  #done = false

  constructor(reader: SqlDumpReader, chunks: AsyncGenerator<Buffer>, line: number) {
    this.#reader = reader
    this.#chunks = chunks
    this.#line = line
    this.#rest = reader.takeRest()
  }

  /** The next bytes of the rows, or undefined behind the last one. */
  async read(): Promise<Buffer | undefined> {
    while (!this.#done) {
      const chunk = this.#rest ?? (await this.#chunks.next()).value
      this.#rest = undefined
      if (chunk === undefined) {
        if (!this.#scanner.endsComplete) throw truncated('the rows of a COPY', this.#line)
        this.#finish(Buffer.alloc(0))
        return undefined
      }
      const { rows, rest, lines } = this.#scanner.scan(chunk)
      this.#lines += lines
      if (rest !== undefined) this.#finish(rest)
      if (rows.length > 0) return rows
    }
    return undefined
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    return {
      next: async () => {
        const value = await this.read()
        return value === undefined ? { done: true, value } : { done: false, value }
      },
    }
  }

  #finish(rest: Buffer): void {
    this.#done = true
    this.#reader.resume(rest, this.#lines)
  }
}
