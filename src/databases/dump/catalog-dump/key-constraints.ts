import { addressOf } from './address.js'
import type { CatalogSource } from './catalog-source.js'
import type { Draft } from './draft.js'
import { formatOptions, withOptions } from './storage-options.js'
import { indexRoles, type TableIndex } from './table-index.js'

/** A constraint that an index enforces: a primary key, a unique or an exclusion constraint. */
export interface KeyIndex extends TableIndex {
  readonly constraint: number
  readonly constraintName: string
}

export function hasConstraint(index: TableIndex): index is KeyIndex {
  return index.constraint !== null
}

export function draftKeyConstraint(source: CatalogSource, index: KeyIndex): Draft {
  const { table, constraintName } = index
  const add = `ALTER TABLE ONLY ${table.qualified}\n    ADD CONSTRAINT ${source.quote(constraintName)} ${definitionWithOptions(source, index)};`
  return {
    address: addressOf('constraint', index.constraint),
    section: 'post-data',
    description: 'CONSTRAINT',
    namespace: table.schema,
    tag: `${table.name} ${constraintName}`,
    includes: [addressOf('relation', index.oid)],
    needs: [addressOf('relation', table.oid)],
    definition: [add, ...indexRoles(index, source.quote)].join('\n\n'),
  }
}

const DEFERRABLE = /(?: DEFERRABLE)?(?: INITIALLY DEFERRED)?$/

/** PostgreSQL describes an exclusion constraint with its index's options, a key without. */
function definitionWithOptions(source: CatalogSource, index: KeyIndex): string {
  const options = formatOptions(source, index.relation.options)
  if (index.constraintType === 'x' || options.length === 0) return index.definition
  return index.definition.replace(DEFERRABLE, (deferral) => `${withOptions(options)}${deferral}`)
}
