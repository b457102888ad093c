import { sql } from '../../../db/index.js'
import { addressOf } from './address.js'
import { type CatalogSource, since } from './catalog-source.js'
import type { Draft } from './draft.js'
import type { Relation, Relations } from './relations.js'
import { SWITCHES } from './rules.js'

interface TriggerRow {
  readonly oid: number
  readonly table: number
  readonly name: string
  readonly enabled: string
  readonly definition: string
  /** Made by a trigger of the partitioned table, and switched differently. */
  readonly isClone: boolean
  readonly [column: string]: unknown
}

/** Triggers, those of constraints left out, with their switches. */
export async function readTriggers(source: CatalogSource, relations: Relations): Promise<Draft[]> {
  // Up to PostgreSQL 14 a partition's trigger counts as internal; 12 keeps its origin in pg_depend.
  const isClone = since(source, 150_000, sql`t.tgparentid <> 0`, sql`t.tgisinternal`)
  const origin = since(
    source,
    130_000,
    sql`LEFT JOIN pg_trigger o ON o.oid = t.tgparentid`,
    sql`LEFT JOIN pg_depend d ON d.classid = 'pg_trigger'::regclass AND d.objid = t.oid
                              AND d.refclassid = 'pg_trigger'::regclass
        LEFT JOIN pg_trigger o ON o.oid = d.refobjid`,
  )
  const rows = await source.query<TriggerRow>(sql`
    SELECT t.oid, t.tgrelid AS table, t.tgname AS name, t.tgenabled AS enabled,
           ${isClone} AS "isClone", pg_get_triggerdef(t.oid) AS definition
      FROM pg_trigger t ${origin}
     WHERE t.tgrelid >= 16384
       AND (NOT t.tgisinternal AND NOT ${isClone} OR t.tgenabled <> o.tgenabled)`)
  const byTable = new Map(rows.map((row) => [`${row.table} ${row.name}`, row]))
  return rows.flatMap((row) => {
    const table = relations.get(row.table)
    if (table === undefined) return []
    const change = SWITCHES[row.enabled] ?? (row.isClone ? 'ENABLE' : undefined)
    const alter = `ALTER TABLE ${table.qualified} ${change} TRIGGER ${source.quote(row.name)};`
    const origins = row.isClone
      ? ancestors(table).flatMap(({ oid }) => byTable.get(`${oid} ${row.name}`) ?? [])
      : []
    return {
      address: addressOf('trigger', row.oid),
      section: 'post-data',
      description: 'TRIGGER',
      namespace: table.schema,
      tag: `${table.name} ${row.name}`,
      needs: [
        addressOf('relation', table.oid),
        ...origins.map(({ oid }) => addressOf('trigger', oid)),
      ],
      definition: [
        ...(row.isClone ? [] : [`${row.definition};`]),
        ...(change === undefined ? [] : [alter]),
      ].join('\n\n'),
    }
  })
}

function ancestors(table: Relation): Relation[] {
  return table.parents.flatMap((parent) => [parent, ...ancestors(parent)])
}
