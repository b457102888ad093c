import { addressOf } from './address.js'
import type { CatalogSource } from './catalog-source.js'
import { type Check, draftCheck, isAddedLater, isInline, readChecks } from './check-constraints.js'
import { draftDefault, hasDefault } from './column-defaults.js'
import type { Column } from './columns.js'
import type { Draft, IsApart } from './draft.js'
import { ofKind, type Relation, type Relations } from './relations.js'
import { formatOptions, withOptions } from './storage-options.js'
import { tableAlterations } from './table-alterations.js'

/** Tables with their columns, defaults and checks; partitions are attached by entries of their own. */
export async function readTables(source: CatalogSource, relations: Relations): Promise<Draft[]> {
  const checks = await readChecks(source)
  return ofKind(relations, 'r', 'p').flatMap((table) => {
    const own = checks.get(table.oid) ?? []
    return [
      draftTable(
        source,
        table,
        own.filter((check) => isInline(check, table)),
      ),
      ...own.filter(isAddedLater).map((check) => draftCheck(source, table, check)),
      ...draftAttachment(table),
    ]
  })
}

function draftTable(source: CatalogSource, table: Relation, checks: readonly Check[]): Draft {
  return {
    address: addressOf('relation', table.oid),
    section: 'pre-data',
    description: 'TABLE',
    namespace: table.schema,
    tag: table.name,
    includes: table.columns.flatMap(({ generated, defaultOid }) =>
      generated !== '' && defaultOid !== null ? addressOf('default', defaultOid) : [],
    ),
    parts: [
      ...table.columns.filter(hasDefault).map((column) => draftDefault(table, column)),
      ...checks.map((check) => draftCheck(source, table, check)),
    ],
    definition: (isApart) =>
      [
        createTable(source, table, checks, isApart),
        ...tableAlterations(source, table, isApart),
      ].join('\n\n'),
  }
}

function createTable(
  source: CatalogSource,
  table: Relation,
  checks: readonly Check[],
  isApart: IsApart,
): string {
  const elements = [
    ...table.columns
      .filter((column) => isDeclared(table, column))
      .map((column) => columnDefinition(column, isApart)),
    ...checks
      .filter((check) => !isApart(addressOf('constraint', check.oid)))
      .map((check) => `CONSTRAINT ${source.quote(check.name)} ${check.definition}`),
  ]
  const options = [
    ...formatOptions(source, table.options),
    ...formatOptions(source, table.toastOptions, 'toast.'),
  ]
  const parents = table.isPartition ? [] : table.parents
  return [
    `CREATE ${table.unlogged ? 'UNLOGGED ' : ''}TABLE ${table.qualified} (\n`,
    elements.map((element) => `    ${element}`).join(',\n'),
    elements.length > 0 ? '\n)' : ')',
    parents.length > 0 && `\nINHERITS (${parents.map(({ qualified }) => qualified).join(', ')})`,
    table.partitionKey !== null && `\nPARTITION BY ${table.partitionKey}`,
    withOptions(options, '\n'),
    ';',
  ]
    .filter((part) => part !== false)
    .join('')
}

/** A partition is made whole and then attached; another child gets inherited columns by INHERITS. */
export function isDeclared(table: Relation, column: Column): boolean {
  return column.isLocal || table.isPartition
}

function columnDefinition(column: Column, isApart: IsApart): string {
  const collate = column.collation === null ? '' : ` COLLATE ${column.collation}`
  const value = generatedOrDefault(column, isApart)
  return `${column.quoted} ${column.type}${collate}${value}${column.notNull ? ' NOT NULL' : ''}`
}

function generatedOrDefault(column: Column, isApart: IsApart): string {
  if (column.generated !== '') {
    const stored = column.generated === 's' ? ' STORED' : ''
    return ` GENERATED ALWAYS AS (${column.default ?? 'NULL'})${stored}`
  }
  if (!hasDefault(column) || isApart(addressOf('default', column.defaultOid))) return ''
  return ` DEFAULT ${column.default}`
}

function draftAttachment(table: Relation): Draft[] {
  const [parent] = table.parents
  if (!table.isPartition || parent === undefined) return []
  return [
    {
      address: addressOf('relation', table.oid, 'attach'),
      section: 'pre-data',
      description: 'TABLE ATTACH',
      namespace: table.schema,
      tag: table.name,
      needs: [addressOf('relation', table.oid), addressOf('relation', parent.oid)],
      definition: `ALTER TABLE ONLY ${parent.qualified} ATTACH PARTITION ${table.qualified} ${table.partitionBound};`,
    },
  ]
}
