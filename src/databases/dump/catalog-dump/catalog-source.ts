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

/** Reserved since PostgreSQL 16: a plain name on an older server, not on a newer one. */
const LATER_RESERVED = 'system_user'

/** Opens a source over a session; `findings` receives what is worth knowing about the database. */
export async function openCatalog(session: Session, findings: Findings): Promise<CatalogSource> {
  const queue = new QueryQueue(session)
  const rows = await queue.query<{ word: string }>(
    sql`SELECT word FROM pg_catalog.pg_get_keywords() WHERE catcode <> 'U'`,
  )
  const keywords = new Set([LATER_RESERVED, ...rows.map(({ word }) => word)])
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
