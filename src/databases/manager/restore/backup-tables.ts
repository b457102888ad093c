import type { BackupFile } from './backup-file.js'

/** A row of a dumped table, by column; PostgreSQL's texts. */
export type DumpedRow = Readonly<Record<string, string | null>>

const COPY = /^COPY\s+(?:"?public"?\.)?"?([\w$]+)"?\s*\(([^)]*)\)\s+FROM\s+stdin/i

/**
 * Reads the rows of small tables out of a backup without restoring it; reading stops when all were
 * found. A table that the backup does not hold is absent.
 */
export async function readBackupTables(
  backup: BackupFile,
  tables: readonly string[],
): Promise<ReadonlyMap<string, readonly DumpedRow[]>> {
  const found = new Map<string, readonly DumpedRow[]>()
  for await (const item of backup.items()) {
    if (item.kind !== 'copy') continue
    const [, table = '', columns = ''] = COPY.exec(item.statement) ?? []
    if (!tables.includes(table)) continue
    const names = columns.split(',').map((name) => name.trim().replaceAll('"', ''))
    found.set(table, await readRows(item.data, names))
    if (found.size === tables.length) break
  }
  return found
}

async function readRows(
  data: AsyncIterable<Uint8Array>,
  columns: readonly string[],
): Promise<readonly DumpedRow[]> {
  const chunks: Uint8Array[] = []
  for await (const chunk of data) chunks.push(Uint8Array.from(chunk))
  const lines = Buffer.concat(chunks).toString('utf8').split('\n')
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const cells = line.split('\t')
      return Object.fromEntries(columns.map((name, at) => [name, readCell(cells[at])]))
    })
}

const ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

/** A cell of COPY's text format. */
function readCell(cell: string | undefined): string | null {
  if (cell === undefined || cell === '\\N') return null
  if (!cell.includes('\\')) return cell
  return cell.replace(/\\(.)/g, (_, escaped: string) => ESCAPES[escaped] ?? escaped)
}
