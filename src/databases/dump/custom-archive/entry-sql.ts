import { UserError } from '../../../base/index.js'
import { splitSqlDump } from '../../../text/index.js'
import type { DumpItem } from '../dump-item.js'
import type { ArchiveEntry } from './archive-info.js'

/** Splits the SQL text of entries into items whose line is the number of the entry. */
export class EntrySql {
  readonly #file: string
  readonly #backslashEscapes: boolean

  /** `entries` are all of the archive: one of them tells how its string literals are to be read. */
  constructor(file: string, entries: readonly ArchiveEntry[]) {
    this.#file = file
    this.#backslashEscapes = entries.some(
      ({ description, definition }) => description === 'STDSTRINGS' && /'off'/i.test(definition),
    )
  }

  /** The statements of an entry's definition. */
  definition(entry: ArchiveEntry): AsyncIterable<DumpItem> {
    return this.#split(entry, one(Buffer.from(entry.definition)))
  }

  /** The statements that an entry's data consist of. */
  data(entry: ArchiveEntry, data: AsyncIterable<Uint8Array>): AsyncIterable<DumpItem> {
    return this.#split(entry, data)
  }

  async *#split(
    entry: ArchiveEntry,
    text: AsyncIterable<Uint8Array>,
  ): AsyncGenerator<DumpItem, void, undefined> {
    const line = entry.id
    try {
      if (!this.#backslashEscapes) {
        for await (const item of splitSqlDump(text)) yield { ...item, line }
        return
      }
      let first = true
      for await (const item of splitSqlDump(withBackslashEscapes(text))) {
        if (!first) yield { ...item, line }
        first = false
      }
    } catch (error) {
      throw this.#placed(entry, error)
    }
  }

  /** The splitter knows neither file nor entry. */
  #placed(entry: ArchiveEntry, error: unknown): unknown {
    if (!(error instanceof UserError) || error.place?.file !== undefined) return error
    const object = `${entry.description} ${entry.tag}`
    return new UserError(
      error.code,
      `${this.#file}, entry ${entry.id} (${object}): ${error.message}`,
      {
        place: { file: this.#file, object },
        cause: error,
        ...(error.hint !== undefined && { hint: error.hint }),
      },
    )
  }
}

async function* one(text: Buffer): AsyncGenerator<Buffer> {
  yield text
}

async function* withBackslashEscapes(text: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield Buffer.from('SET standard_conforming_strings = off;\n')
  yield* text
}
