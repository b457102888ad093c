import { UserError } from '../../base/index.js'
import { clientEncoding, type SqlCopy, type SqlDumpMarks, splitSqlDump } from '../../text/index.js'
import type { DumpCopy, DumpItem } from './dump-item.js'

/** A plain dump as items, and what it says about where it came from. */
export interface PlainDump extends AsyncIterable<DumpItem> {
  readonly marks: SqlDumpMarks
}

/** Encodings whose bytes reach a UTF-8 session as they are. */
const AS_THEY_ARE: ReadonlySet<string> = new Set(['UTF8', 'SQL_ASCII'])

/**
 * Reads a plain SQL dump. Everything comes in UTF-8, the rows too: a dump in another encoding is
 * translated, so its `SET client_encoding` is not to be run. Fails with DUMP_TRUNCATED at the end when
 * pg_dump's final mark is missing.
 */
export function readPlainDump(source: AsyncIterable<Uint8Array>): PlainDump {
  const dump = splitSqlDump(source)
  return { marks: dump.marks, [Symbol.asyncIterator]: () => itemsOf(dump) }
}

async function* itemsOf(
  dump: AsyncIterable<SqlCopy | Exclude<DumpItem, DumpCopy>>,
): AsyncGenerator<DumpItem, void, undefined> {
  for await (const item of dump) {
    if (item.kind === 'copy') yield copyOf(item)
    else yield item
  }
}

function copyOf({ statement, line, encoding, data }: SqlCopy): DumpCopy {
  const inUtf8 = AS_THEY_ARE.has(encoding) ? data : translated(data, encoding, line)
  return { kind: 'copy', statement, line, data: inUtf8 }
}

/** Rows of another encoding in UTF-8; COPY's own escapes are ASCII in all of them. */
async function* translated(
  data: AsyncIterable<Uint8Array>,
  encoding: string,
  line: number,
): AsyncGenerator<Uint8Array> {
  const reader = clientEncoding(encoding)?.reader()
  if (reader === undefined) return
  try {
    for await (const chunk of data) yield Buffer.from(reader.decode(chunk, true))
    yield Buffer.from(reader.decode(new Uint8Array()))
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new UserError(
      'DUMP_ENCODING',
      `The rows that begin behind line ${line} are not ${encoding} text`,
      {
        hint: 'Dump again with "pg_dump --encoding=UTF8 --file=dump.sql".',
        place: { line },
        cause: error,
      },
    )
  }
}
