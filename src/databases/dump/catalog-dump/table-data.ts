import { raw, type Session } from '../../../db/index.js'
import { addressOf } from './address.js'
import type { CatalogSource } from './catalog-source.js'
import type { Draft } from './draft.js'
import { enterBareNames } from './dump-settings.js'
import { ofKind, type Relation, type Relations } from './relations.js'

/** A table whose rows are dumped. */
export interface RowsOf {
  readonly oid: number
  readonly schema: string
  readonly name: string
  readonly qualified: string
  /** Columns that hold values of their own, as SQL. */
  readonly columns: readonly string[]
  /** `WHERE …`, when only some rows are wanted. */
  readonly condition?: string
  readonly empty: boolean
  /** Values look different under another search path, or row security may hide rows. */
  readonly needsBareNames: boolean
}

/** Rows of all tables but the excluded ones; a partitioned table has none of its own. */
export function draftTableData(
  source: CatalogSource,
  relations: Relations,
  excluded: ReadonlySet<string>,
): Draft[] {
  return ofKind(relations, 'r')
    .filter(({ schema, name }) => !excluded.has(`${schema}.${name}`))
    .map((table) => draftRows(source.session, rowsOf(table)))
}

function rowsOf(table: Relation): RowsOf {
  return {
    ...table,
    columns: table.columns.filter(({ generated }) => generated === '').map(({ quoted }) => quoted),
    needsBareNames: table.rowSecurity || table.columns.some(({ holdsNames }) => holdsNames),
  }
}

/** The rows of one table. */
export function draftRows(session: Session, table: RowsOf): Draft {
  const { qualified, columns, condition } = table
  const target = `${qualified}${columns.length === 0 ? '' : ` (${columns.join(', ')})`}`
  const from =
    condition === undefined
      ? target
      : `(SELECT ${columns.join(', ')} FROM ONLY ${qualified} ${condition})`
  return {
    address: addressOf('relation', table.oid, 'rows'),
    section: 'data',
    description: 'TABLE DATA',
    namespace: table.schema,
    tag: table.name,
    needs: [addressOf('relation', table.oid)],
    definition: '',
    rows: {
      copyStatement: `COPY ${target} FROM stdin;\n`,
      read: () => (table.empty ? nothing() : readRows(session, from, table.needsBareNames)),
    },
  }
}

async function* nothing(): AsyncIterable<Uint8Array> {}

async function* readRows(
  session: Session,
  from: string,
  needsBareNames: boolean,
): AsyncIterable<Uint8Array> {
  // Most tables hold only values that look the same whatever the settings.
  const restore = needsBareNames ? await enterBareNames(session) : undefined
  try {
    yield* session.copyOut(raw(`COPY ${from} TO STDOUT`))
  } finally {
    await restore?.()
  }
}
