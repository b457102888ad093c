import { sql } from '../../../db/index.js'
import type { CatalogSource } from './catalog-source.js'
import type { Draft } from './draft.js'
import { readSequenceValues } from './sequence-values.js'
import { draftRows } from './table-data.js'

interface ConfigurationRow {
  readonly oid: number
  readonly schema: string
  readonly name: string
  readonly kind: 'r' | 'S'
  readonly condition: string
  readonly columns: readonly string[]
  readonly [column: string]: unknown
}

/**
 * What users have put into the tables and sequences that extensions mark as holding configuration;
 * an extension's own rows come with it.
 */
export async function readExtensionData(
  source: CatalogSource,
  excluded: ReadonlySet<string>,
): Promise<Draft[]> {
  const rows = await source.query<ConfigurationRow>(sql`
    SELECT c.oid, n.nspname AS schema, c.relname AS name, c.relkind AS kind, w.condition,
           ARRAY(SELECT a.attname::text FROM pg_attribute a
                  WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                    AND a.attgenerated = '' ORDER BY a.attnum) AS columns
      FROM pg_extension x, unnest(x.extconfig, x.extcondition) AS w(oid, condition)
      JOIN pg_class c ON c.oid = w.oid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'S')`)
  const marked = rows.map((row) => ({ ...row, qualified: source.qualify(row.schema, row.name) }))
  const tables = marked
    .filter(({ kind, schema, name }) => kind === 'r' && !excluded.has(`${schema}.${name}`))
    .map((table) =>
      draftRows(source.session, {
        ...table,
        columns: table.columns.map(source.quote),
        empty: false,
        needsBareNames: true,
      }),
    )
  const values = await readSequenceValues(
    source,
    marked.filter(({ kind }) => kind === 'S'),
  )
  return [...tables, ...values]
}
