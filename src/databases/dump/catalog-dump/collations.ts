import { sql } from '../../../db/index.js'
import { addressOf } from './address.js'
import { isNoMember, isUserSchema } from './catalog-scope.js'
import { type CatalogSource, since } from './catalog-source.js'
import type { Draft } from './draft.js'
import { stringLiteral } from './string-literal.js'

interface CollationRow {
  readonly oid: number
  readonly schema: string
  readonly name: string
  readonly provider: string
  readonly deterministic: boolean
  readonly collate: string | null
  readonly ctype: string | null
  readonly locale: string | null
  readonly rules: string | null
  readonly [column: string]: unknown
}

const PROVIDERS: Readonly<Record<string, string>> = {
  b: 'builtin',
  c: 'libc',
  d: 'default',
  i: 'icu',
}

/** Collations, without the version of the library that sorts: the target's own counts. */
export async function readCollations(source: CatalogSource): Promise<Draft[]> {
  const locale = since(
    source,
    170_000,
    sql`l.colllocale`,
    since(source, 150_000, sql`l.colliculocale`, sql`NULL::text`),
  )
  const rules = since(source, 160_000, sql`l.collicurules`, sql`NULL::text`)
  const rows = await source.query<CollationRow>(sql`
    SELECT l.oid, n.nspname AS schema, l.collname AS name, l.collprovider AS provider,
           l.collisdeterministic AS deterministic, l.collcollate AS "collate", l.collctype AS ctype,
           ${locale} AS locale, ${rules} AS rules
      FROM pg_collation l JOIN pg_namespace n ON n.oid = l.collnamespace
     WHERE ${isUserSchema} AND ${isNoMember('collation', sql`l.oid`)}`)
  return rows.map((row) => ({
    address: addressOf('collation', row.oid),
    section: 'pre-data',
    description: 'COLLATION',
    namespace: row.schema,
    tag: row.name,
    definition: `CREATE COLLATION ${source.qualify(row.schema, row.name)} (${attributes(row)});`,
  }))
}

function attributes(row: CollationRow): string {
  return [
    `provider = ${PROVIDERS[row.provider] ?? row.provider}`,
    !row.deterministic && 'deterministic = false',
    ...localeOf(row),
    row.rules !== null && `rules = ${stringLiteral(row.rules)}`,
  ]
    .filter((part) => part !== false)
    .join(', ')
}

function localeOf({ locale, collate, ctype }: CollationRow): string[] {
  // Before PostgreSQL 15 an ICU locale stood in both of libc's fields.
  const single = locale ?? (collate === ctype ? collate : null)
  if (single !== null) return [`locale = ${stringLiteral(single)}`]
  return [
    `lc_collate = ${stringLiteral(collate ?? '')}`,
    `lc_ctype = ${stringLiteral(ctype ?? '')}`,
  ]
}
