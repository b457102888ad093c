import { addressOf } from './address.js'
import type { CatalogSource } from './catalog-source.js'
import { hasDefault, setDefault } from './column-defaults.js'
import type { Column } from './columns.js'
import type { IsApart } from './draft.js'
import type { Relation } from './relations.js'
import { formatOptions } from './storage-options.js'

const STORAGE: Readonly<Record<string, string>> = {
  e: 'EXTERNAL',
  m: 'MAIN',
  p: 'PLAIN',
  x: 'EXTENDED',
}
const COMPRESSION: Readonly<Record<string, string>> = { l: 'lz4', p: 'pglz' }

/** What CREATE TABLE has no words for, as ALTER TABLE statements; also for materialized views. */
export function tableAlterations(
  source: CatalogSource,
  table: Relation,
  isApart: IsApart,
): string[] {
  const alter = table.kind === 'm' ? 'ALTER MATERIALIZED VIEW' : 'ALTER TABLE ONLY'
  const inherits = table.parents.length > 0 && !table.isPartition
  const differing = inherits ? table.columns : table.columns.filter(isTuned)
  const columns = differing.flatMap((column) =>
    [...(inherits ? inheritanceChanges(table, column) : []), ...tuning(source, column)].map(
      (change) => `${alter} ${table.qualified} ALTER COLUMN ${column.quoted} ${change};`,
    ),
  )
  return [
    ...columns,
    ...(inherits ? inheritedDefaults(table, isApart) : []),
    ...(table.forcesRowSecurity
      ? [`ALTER TABLE ONLY ${table.qualified} FORCE ROW LEVEL SECURITY;`]
      : []),
    ...replicaIdentity(table),
  ]
}

/** Whether anything about how a column is stored or counted differs from what its type gives it. */
function isTuned({ statistics, storage, compression, options }: Column): boolean {
  return statistics !== null || storage !== null || options !== null || compression in COMPRESSION
}

function tuning(source: CatalogSource, column: Column): string[] {
  const { statistics, storage, compression, options } = column
  return [
    ...(statistics === null ? [] : [`SET STATISTICS ${statistics}`]),
    ...(storage === null ? [] : [`SET STORAGE ${STORAGE[storage]}`]),
    ...(compression in COMPRESSION ? [`SET COMPRESSION ${COMPRESSION[compression]}`] : []),
    ...(options === null ? [] : [`SET (${formatOptions(source, options).join(', ')})`]),
  ]
}

/** Where a child's column differs from what it inherits. */
function inheritanceChanges(table: Relation, column: Column): string[] {
  if (column.generated !== '') return []
  const inherited = inheritedColumns(table, column)
  const needsNotNull =
    !column.isLocal && column.notNull && !inherited.some(({ notNull }) => notNull)
  return [
    ...(needsNotNull ? ['SET NOT NULL'] : []),
    ...(!hasDefault(column) && inherited.some(hasDefault) ? ['DROP DEFAULT'] : []),
  ]
}

/**
 * Defaults of columns that the child does not declare. INHERITS brings no default that the parent gets
 * later itself, so none is left out.
 */
function inheritedDefaults(table: Relation, isApart: IsApart): string[] {
  return table.columns
    .filter(hasDefault)
    .filter((column) => !column.isLocal && !isApart(addressOf('default', column.defaultOid)))
    .map((column) => setDefault(table, column))
}

function inheritedColumns(table: Relation, column: Column): Column[] {
  return table.parents.flatMap((parent) =>
    parent.columns.filter(({ name }) => name === column.name),
  )
}

function replicaIdentity({ qualified, replicaIdentity, kind }: Relation): string[] {
  const words: Readonly<Record<string, string>> = { f: 'FULL', n: 'NOTHING' }
  const word = kind === 'v' ? undefined : words[replicaIdentity]
  return word === undefined ? [] : [`ALTER TABLE ONLY ${qualified} REPLICA IDENTITY ${word};`]
}
