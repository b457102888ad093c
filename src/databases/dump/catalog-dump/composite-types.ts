import { addressOf } from './address.js'
import type { Column } from './columns.js'
import type { Draft } from './draft.js'
import { ofKind, type Relations } from './relations.js'

/** Composite types that stand alone; a table's row type comes with its table. */
export function draftCompositeTypes(relations: Relations): Draft[] {
  return ofKind(relations, 'c').map(({ oid, schema, name, qualified, columns }) => ({
    address: addressOf('relation', oid),
    section: 'pre-data',
    description: 'TYPE',
    namespace: schema,
    tag: name,
    definition: `CREATE TYPE ${qualified} AS (\n${columns.map(attribute).join(',\n')}\n);`,
  }))
}

function attribute({ quoted, type, collation }: Column): string {
  return `\t${quoted} ${type}${collation === null ? '' : ` COLLATE ${collation}`}`
}
