import type { DatabasePicture, TablePicture } from './database-picture.js'

/** What became of a table, and how many of its rows were written. */
export interface TableChange {
  readonly table: string
  readonly fate: 'kept' | 'new' | 'dropped'
  /** Its name before, where it was renamed. */
  readonly formerly?: string
  readonly inserted: number
  readonly updated: number
  readonly deleted: number
  /** `name varchar(64)` */
  readonly newColumns: readonly string[]
  readonly droppedColumns: readonly string[]
  /** `old varchar → new varchar(64)` */
  readonly changedColumns: readonly string[]
}

/** What is different between two moments of a database: tables that nothing happened to are left out. */
export function changesBetween(
  before: DatabasePicture,
  after: DatabasePicture,
): readonly TableChange[] {
  const oids = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return oids
    .flatMap((oid) => changeOf(before[oid], after[oid]) ?? [])
    .filter(isChange)
    .sort((a, b) => (a.table < b.table ? -1 : 1))
}

/** Rows inserted, updated and deleted together. */
export function rowsWritten({ inserted, updated, deleted }: TableChange): number {
  return inserted + updated + deleted
}

function changeOf(
  before: TablePicture | undefined,
  after: TablePicture | undefined,
): TableChange | undefined {
  const known = after ?? before
  if (known === undefined) return undefined
  const columns = columnsBetween(before?.columns ?? {}, after?.columns ?? {})
  return {
    table: known.name,
    fate: before === undefined ? 'new' : after === undefined ? 'dropped' : 'kept',
    ...(before !== undefined && before.name !== known.name && { formerly: before.name }),
    inserted: counted(before?.inserted, after?.inserted),
    updated: counted(before?.updated, after?.updated),
    deleted: counted(before?.deleted, after?.deleted),
    // A new table's columns are all new, and a dropped one's all gone.
    ...(before !== undefined && after !== undefined ? columns : NO_COLUMNS),
  }
}

const NO_COLUMNS = { newColumns: [], droppedColumns: [], changedColumns: [] } as const

/** A server that crashed begins to count again. */
function counted(before = 0, after = 0): number {
  return after >= before ? after - before : after
}

function columnsBetween(
  before: TablePicture['columns'],
  after: TablePicture['columns'],
): Pick<TableChange, 'newColumns' | 'droppedColumns' | 'changedColumns'> {
  const numbers = Object.keys(after)
  return {
    newColumns: numbers.flatMap((n) => (before[n] === undefined ? (after[n] ?? []) : [])),
    droppedColumns: Object.keys(before).flatMap((n) =>
      after[n] === undefined ? (before[n] ?? []) : [],
    ),
    changedColumns: numbers.flatMap((n) => {
      const [old, now] = [before[n], after[n]]
      return old === undefined || old === now ? [] : [`${old} → ${now}`]
    }),
  }
}

function isChange(change: TableChange): boolean {
  const { fate, formerly, newColumns, droppedColumns, changedColumns } = change
  const columns = newColumns.length + droppedColumns.length + changedColumns.length
  return fate !== 'kept' || formerly !== undefined || columns > 0 || rowsWritten(change) > 0
}
