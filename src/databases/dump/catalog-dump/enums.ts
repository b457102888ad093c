import { sql } from '../../../db/index.js'
import { addressOf } from './address.js'
import { isNoMember, isUserSchema } from './catalog-scope.js'
import type { CatalogSource } from './catalog-source.js'
import type { Draft } from './draft.js'
import { stringLiteral } from './string-literal.js'

interface EnumRow {
  readonly oid: number
  readonly schema: string
  readonly name: string
  readonly labels: readonly string[]
  readonly [column: string]: unknown
}

/** Enumeration types with their labels in order. */
export async function readEnums(source: CatalogSource): Promise<Draft[]> {
  const rows = await source.query<EnumRow>(sql`
    SELECT t.oid, n.nspname AS schema, t.typname AS name,
           ARRAY(SELECT v.enumlabel::text FROM pg_enum v
                  WHERE v.enumtypid = t.oid ORDER BY v.enumsortorder) AS labels
      FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
     WHERE t.typtype = 'e' AND ${isUserSchema} AND ${isNoMember('type', sql`t.oid`)}`)
  return rows.map(({ oid, schema, name, labels }) => ({
    address: addressOf('type', oid),
    section: 'pre-data',
    description: 'TYPE',
    namespace: schema,
    tag: name,
    definition: `CREATE TYPE ${source.qualify(schema, name)} AS ENUM (\n${labels
      .map((label) => `    ${stringLiteral(label)}`)
      .join(',\n')}\n);`,
  }))
}
