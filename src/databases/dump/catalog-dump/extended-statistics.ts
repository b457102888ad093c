import { sql } from '../../../db/index.js'
import { addressOf } from './address.js'
import { isNoMember, isUserSchema } from './catalog-scope.js'
import { type CatalogSource, since } from './catalog-source.js'
import type { Draft } from './draft.js'

interface StatisticsRow {
  readonly oid: number
  readonly schema: string
  readonly name: string
  readonly target: number | null
  readonly definition: string
  readonly [column: string]: unknown
}

/** Statistics over several columns or expressions. */
export async function readExtendedStatistics(source: CatalogSource): Promise<Draft[]> {
  const target = since(source, 130_000, sql`nullif(s.stxstattarget, -1)`, sql`NULL::int`)
  const rows = await source.query<StatisticsRow>(sql`
    SELECT s.oid, n.nspname AS schema, s.stxname AS name, ${target} AS target,
           pg_get_statisticsobjdef(s.oid) AS definition
      FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace
     WHERE ${isUserSchema} AND ${isNoMember('statistics', sql`s.oid`)}`)
  return rows.map(({ oid, schema, name, target, definition }) => {
    const alter = `ALTER STATISTICS ${source.qualify(schema, name)} SET STATISTICS ${target};`
    return {
      address: addressOf('statistics', oid),
      section: 'post-data',
      description: 'STATISTICS',
      namespace: schema,
      tag: name,
      definition: [`${definition};`, ...(target === null ? [] : [alter])].join('\n\n'),
    }
  })
}
