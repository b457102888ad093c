import { sql } from '../../../db/index.js'
import { addressOf } from './address.js'
import type { CatalogSource } from './catalog-source.js'
import type { Draft } from './draft.js'
import type { Relations } from './relations.js'

interface RuleRow {
  readonly oid: number
  readonly table: number
  readonly name: string
  readonly enabled: string
  readonly definition: string
  readonly [column: string]: unknown
}

/** How a rule or trigger that is not simply enabled is switched, by its state in the catalog. */
export const SWITCHES: Readonly<Record<string, string>> = {
  A: 'ENABLE ALWAYS',
  D: 'DISABLE',
  R: 'ENABLE REPLICA',
}

/** Rules; a view's own query is part of the view. */
export async function readRules(source: CatalogSource, relations: Relations): Promise<Draft[]> {
  const rows = await source.query<RuleRow>(sql`
    SELECT r.oid, r.ev_class AS table, r.rulename AS name, r.ev_enabled AS enabled,
           pg_get_ruledef(r.oid) AS definition
      FROM pg_rewrite r WHERE r.oid >= 16384 AND r.rulename <> '_RETURN'`)
  return rows.flatMap((row) => {
    const table = relations.get(row.table)
    if (table === undefined) return []
    const change = SWITCHES[row.enabled]
    const alter = `ALTER TABLE ${table.qualified} ${change} RULE ${source.quote(row.name)};`
    return {
      address: addressOf('rule', row.oid),
      section: 'post-data',
      description: 'RULE',
      namespace: table.schema,
      tag: `${table.name} ${row.name}`,
      needs: [addressOf('relation', table.oid)],
      definition: [row.definition, ...(change === undefined ? [] : [alter])].join('\n\n'),
    }
  })
}
