import { id, join, lit, type Session, type Sql, sql } from '../../db/index.js'
import type { SchemaFacts } from './schema-facts.js'

/** A column that looks as if it held a credential, and the rows in which it holds something. */
export interface CredentialColumn extends Record<string, unknown> {
  readonly table: string
  readonly column: string
  readonly rows: number
}

const CREDENTIAL =
  /(^|_)(api_?key|apikey|secret|secret_key|token|rtoken|password|passwd|pass|private_key|access_key|client_secret|auth_key)(_|$)/
/** Links to single documents, and hashes: no key to anything outside. */
const HARMLESS = /^(access_token|signup_token|.*_validity|.*_expiration|.*_date)$/
const TEXT_TYPES: ReadonlySet<string> = new Set(['character varying', 'text'])

/** Looks, in one statement, for text columns whose names promise a credential and that are not empty. */
export async function findCredentials(
  session: Session,
  schema: SchemaFacts,
): Promise<readonly CredentialColumn[]> {
  const counts: Sql[] = []
  for (const table of schema.tables()) {
    for (const [column, type] of schema.columns(table)) {
      if (!TEXT_TYPES.has(type) || !CREDENTIAL.test(column) || HARMLESS.test(column)) continue
      counts.push(sql`
        SELECT ${lit(table)} AS table, ${lit(column)} AS column, count(*) AS rows
          FROM ${id('public', table)} WHERE ${id(column)} <> ''`)
    }
  }
  if (counts.length === 0) return []
  const { rows } = await session.query<CredentialColumn>(
    sql`SELECT * FROM (${join(counts, ' UNION ALL ')}) AS found WHERE rows > 0 ORDER BY 1, 2`,
  )
  return rows
}
