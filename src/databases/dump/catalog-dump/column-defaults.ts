import { addressOf } from './address.js'
import type { Column } from './columns.js'
import type { Draft } from './draft.js'
import { ofKind, type Relation, type Relations } from './relations.js'

/** A default that `SET DEFAULT` can give; a generated column's expression is no such thing. */
export interface DefaultedColumn extends Column {
  readonly default: string
  readonly defaultOid: number
}

export function hasDefault(column: Column): column is DefaultedColumn {
  return column.defaultOid !== null && column.generated === ''
}

/** A column's default as a statement of its own, as that of a column with its own sequence is. */
export function draftDefault(relation: Relation, column: DefaultedColumn): Draft {
  return {
    address: addressOf('default', column.defaultOid),
    section: 'pre-data',
    description: 'DEFAULT',
    namespace: relation.schema,
    tag: `${relation.name} ${column.name}`,
    needs: [addressOf('relation', relation.oid)],
    definition: setDefault(relation, column),
  }
}

/** The statement that gives a column its default. */
export function setDefault(relation: Relation, column: DefaultedColumn): string {
  const alter = relation.kind === 'v' ? 'ALTER VIEW' : 'ALTER TABLE ONLY'
  return `${alter} ${relation.qualified} ALTER COLUMN ${column.quoted} SET DEFAULT ${column.default};`
}

/** Defaults of views' columns, for INSERT on an updatable view. */
export function draftViewDefaults(relations: Relations): Draft[] {
  return ofKind(relations, 'v').flatMap((view) =>
    view.columns.filter(hasDefault).map((column) => draftDefault(view, column)),
  )
}
