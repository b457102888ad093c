import type {
  Catalog,
  CatalogCheck,
  CatalogColumn,
  CatalogForeignKey,
  CatalogIndex,
  CatalogKey,
  CatalogSequence,
  CatalogTable,
  OnDelete,
} from './catalog/catalog.js'
import {
  COLUMNS,
  CONSTRAINTS,
  INDEXES,
  SEQUENCES,
  TABLES,
  VIEWS,
} from './catalog/catalog-queries.js'
import type { Session } from './session.js'

type TableRow = { name: string; rows: number | null; table_bytes: number; index_bytes: number }

type ColumnRow = {
  table: string
  name: string
  position: number
  not_null: boolean
  type: string
  expression: string | null
  generated: string
  identity: string
}

type ConstraintRow = {
  table: string
  name: string
  kind: 'p' | 'u' | 'c' | 'f'
  validated: boolean
  columns: readonly string[]
  definition: string | null
  target: string | null
  target_columns: readonly string[]
  on_delete: string
}

type IndexRow = {
  table: string
  name: string
  definition: string
  unique: boolean
  valid: boolean
  constraint: string | null
}

type SequenceRow = {
  name: string
  last_value: number | bigint | null
  start: number | bigint
  increment: number | bigint
  owner_table: string | null
  owner_column: string | null
}

type ViewRow = { name: string; materialized: boolean; definition: string }

const ON_DELETE: Readonly<Record<string, OnDelete>> = {
  a: 'no action',
  r: 'restrict',
  c: 'cascade',
  n: 'set null',
  d: 'set default',
}

/**
 * Reads what schema public holds, in six statements whatever its size. Inside a repeatable-read
 * transaction the parts belong together; else what others change meanwhile may show in some of them.
 */
export async function readCatalog(session: Session): Promise<Catalog> {
  const tables = (await session.query<TableRow>(TABLES)).rows
  const columns = groupByTable((await session.query<ColumnRow>(COLUMNS)).rows)
  const constraints = groupByTable((await session.query<ConstraintRow>(CONSTRAINTS)).rows)
  const indexes = groupByTable((await session.query<IndexRow>(INDEXES)).rows)
  const sequences = (await session.query<SequenceRow>(SEQUENCES)).rows
  const views = (await session.query<ViewRow>(VIEWS)).rows
  return {
    tables: byName(
      tables.map((row) =>
        tableOf(
          row,
          columns.get(row.name) ?? [],
          constraints.get(row.name) ?? [],
          indexes.get(row.name) ?? [],
        ),
      ),
    ),
    views: byName(views),
    sequences: byName(sequences.map(sequenceOf)),
  }
}

function tableOf(
  row: TableRow,
  columns: readonly ColumnRow[],
  constraints: readonly ConstraintRow[],
  indexes: readonly IndexRow[],
): CatalogTable {
  const ofKind = (kind: ConstraintRow['kind']): readonly ConstraintRow[] =>
    constraints.filter((constraint) => constraint.kind === kind)
  const primaryKey = ofKind('p').map(keyOf)[0]
  return {
    name: row.name,
    columns: columns.map(columnOf),
    ...(primaryKey !== undefined && { primaryKey }),
    uniques: ofKind('u').map(keyOf),
    checks: ofKind('c').map(checkOf),
    foreignKeys: ofKind('f').map(foreignKeyOf),
    indexes: indexes.map(indexOf),
    ...(row.rows !== null && { estimatedRows: row.rows }),
    tableBytes: row.table_bytes,
    indexBytes: row.index_bytes,
  }
}

function columnOf(row: ColumnRow): CatalogColumn {
  const { name, type, position, expression } = row
  return {
    name,
    type,
    notNull: row.not_null,
    ...(expression !== null &&
      (row.generated === '' ? { default: expression } : { generated: expression })),
    ...(row.identity === 'a' && { identity: 'always' }),
    ...(row.identity === 'd' && { identity: 'by default' }),
    position,
  }
}

function keyOf({ name, columns }: ConstraintRow): CatalogKey {
  return { name, columns }
}

function checkOf({ name, columns, definition, validated }: ConstraintRow): CatalogCheck {
  return { name, columns, definition: definition ?? '', validated }
}

function foreignKeyOf(row: ConstraintRow): CatalogForeignKey {
  return {
    name: row.name,
    columns: row.columns,
    target: row.target ?? '',
    targetColumns: row.target_columns,
    onDelete: ON_DELETE[row.on_delete] ?? 'no action',
    validated: row.validated,
  }
}

function indexOf({ name, definition, unique, valid, constraint }: IndexRow): CatalogIndex {
  return { name, definition, unique, ...(constraint !== null && { constraint }), valid }
}

function sequenceOf(row: SequenceRow): CatalogSequence {
  const { name, start, increment, owner_table: table, owner_column: column } = row
  return {
    name,
    ...(row.last_value !== null && { lastValue: row.last_value }),
    start,
    increment,
    ...(table !== null && column !== null && { owner: { table, column } }),
  }
}

function byName<T extends { readonly name: string }>(all: readonly T[]): ReadonlyMap<string, T> {
  return new Map(all.map((one) => [one.name, one]))
}

function groupByTable<T extends { readonly table: string }>(
  rows: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const group = groups.get(row.table)
    if (group === undefined) groups.set(row.table, [row])
    else group.push(row)
  }
  return groups
}
