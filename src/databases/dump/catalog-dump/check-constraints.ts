import { sql } from '../../../db/index.js'
import { addressOf } from './address.js'
import type { CatalogSource } from './catalog-source.js'
import type { Draft } from './draft.js'
import type { Relation } from './relations.js'

/** A CHECK of a table. */
export interface Check {
  readonly oid: number
  readonly table: number
  readonly name: string
  /** `CHECK ((amount > 0))`, with NO INHERIT and NOT VALID where they apply. */
  readonly definition: string
  readonly validated: boolean
  /** Declared by the table itself, be it inherited as well. */
  readonly isLocal: boolean
  readonly isInherited: boolean
}

/** All tables' CHECK constraints, by table, in the order of their names. */
export async function readChecks({ query }: CatalogSource): Promise<ReadonlyMap<number, Check[]>> {
  const rows = await query<Check & Record<string, unknown>>(sql`
    SELECT k.oid, k.conrelid AS table, k.conname AS name, k.convalidated AS validated,
           k.conislocal AS "isLocal", k.coninhcount > 0 AS "isInherited",
           pg_get_constraintdef(k.oid) AS definition
      FROM pg_constraint k WHERE k.contype = 'c' AND k.conrelid >= 16384
     ORDER BY k.conrelid, k.conname`)
  const checks = new Map<number, Check[]>()
  for (const row of rows) checks.set(row.table, [...(checks.get(row.table) ?? []), row])
  return checks
}

/** Checks made with their table: those of an ordinary child come from its parents. */
export function isInline(check: Check, table: Relation): boolean {
  return check.validated && (check.isLocal || table.isPartition)
}

/** Checks added after the rows, which may violate them. A parent's ADD reaches its children. */
export function isAddedLater(check: Check): boolean {
  return !check.validated && !check.isInherited
}

/** A check as a statement of its own. */
export function draftCheck(source: CatalogSource, table: Relation, check: Check): Draft {
  return {
    address: addressOf('constraint', check.oid),
    section: 'post-data',
    description: 'CHECK CONSTRAINT',
    namespace: table.schema,
    tag: `${table.name} ${check.name}`,
    needs: [addressOf('relation', table.oid)],
    definition: `ALTER TABLE ${table.qualified}\n    ADD CONSTRAINT ${source.quote(check.name)} ${check.definition};`,
  }
}
