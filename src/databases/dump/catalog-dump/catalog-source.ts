import type { Findings } from '../../../base/index.js'
import { type Row, type Session, type Sql, sql } from '../../../db/index.js'
import { QueryQueue } from './query-queue.js'

/** What the readers of the catalog need. */
export interface CatalogSource {
  readonly session: Session
  /** Runs a query and returns its rows; several tasks may ask at the same time. */
  readonly query: <R extends Row>(statement: Sql) => Promise<readonly R[]>
  /** The identifier in quotes where it needs them: `"order"`, `"Name"`, `name`. */
  readonly quote: (name: string) => string
  /** `schema.name`, each quoted where it needs to be. */
  readonly qualify: (schema: string, name: string) => string
  readonly findings: Findings
}

const PLAIN = /^[a-z_][a-z0-9_]*$/

/** Words that PostgreSQL 13 to 17 have made keywords: names for an older server, not for a newer one. */
const LATER_KEYWORDS = [
  'json',
  'json_array',
  'json_arrayagg',
  'json_exists',
  'json_object',
  'json_objectagg',
  'json_query',
  'json_scalar',
  'json_serialize',
  'json_table',
  'json_value',
  'merge_action',
  'normalize',
  'system_user',
]

/** Opens a source over a session; `findings` receives what is worth knowing about the database. */
export async function openCatalog(session: Session, findings: Findings): Promise<CatalogSource> {
  const queue = new QueryQueue(session)
  const rows = await queue.query<{ word: string }>(
    sql`SELECT word FROM pg_catalog.pg_get_keywords() WHERE catcode <> 'U'`,
  )
  const keywords = new Set([...LATER_KEYWORDS, ...rows.map(({ word }) => word)])
  const quote = (name: string): string =>
    PLAIN.test(name) && !keywords.has(name) ? name : `"${name.replaceAll('"', '""')}"`
  return {
    session,
    query: (statement) => queue.query(statement),
    quote,
    qualify: (schema, name) => `${quote(schema)}.${quote(name)}`,
    findings,
  }
}

/** `then` on a server of at least this version (`160000`), else `otherwise`. */
export function since(source: CatalogSource, version: number, then: Sql, otherwise: Sql): Sql {
  return source.session.serverVersion >= version ? then : otherwise
}
