import { withZip } from '../../src/archive/index.js'
import { splitSqlDump } from '../../src/text/index.js'

/** A row of a dumped table: texts as they were copied, null for `\N`. */
export type DumpedRow = Readonly<Record<string, string | null>>

const COPY = /^COPY (?:public\.)?"?(\w+)"? \(([^)]*)\)/

/**
 * Rows of tables out of the dump in a backup archive, without a database. Reading ends behind the last table
 * that is wanted. Only for tables whose texts hold no tabs or line breaks.
 */
export async function readDumpedTables(
  archive: string,
  tables: readonly string[],
): Promise<ReadonlyMap<string, readonly DumpedRow[]>> {
  const found = new Map<string, readonly DumpedRow[]>()
  await withZip(archive, async (zip) => {
    for await (const item of splitSqlDump(zip.read('dump.sql'))) {
      const match = item.kind === 'copy' ? COPY.exec(item.statement) : null
      const table = match?.[1] ?? ''
      if (item.kind !== 'copy' || !tables.includes(table)) continue
      const columns = (match?.[2] ?? '').split(',').map((name) => name.trim().replaceAll('"', ''))
      const chunks: Uint8Array[] = []
      for await (const chunk of item.data) chunks.push(Uint8Array.from(chunk))
      found.set(table, rowsOf(Buffer.concat(chunks).toString('utf8'), columns))
      if (found.size === tables.length) break
    }
  })
  return found
}

function rowsOf(text: string, columns: readonly string[]): readonly DumpedRow[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const values = line.split('\t')
      return Object.fromEntries(
        columns.map((column, at) => [column, values[at] === '\\N' ? null : (values[at] ?? null)]),
      )
    })
}
