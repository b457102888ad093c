import { firstRow, type Session } from './session.js'
import { sql } from './sql.js'

interface Settings extends Record<string, unknown> {
  readonly path: string
  readonly kinds: string | null
}

/**
 * Lets `body` read a database whose content is not to be trusted, with the connected role's rights: only
 * PostgreSQL's own functions and operators are found without a schema, and views are not read, as both would run
 * what is in the database as that role. Tables have to be named with their schema.
 */
export async function withWaryReading<T>(
  session: Session,
  body: (session: Session) => Promise<T>,
): Promise<T> {
  const before = await set(session, { path: '', kinds: 'view, foreign-table' })
  try {
    return await body(session)
  } finally {
    // A broken transaction or a lost connection forgets the settings by itself.
    await set(session, before).catch(() => {})
  }
}

/** Sets both and returns what they were; servers before August 2024 know only the first. */
async function set(session: Session, { path, kinds }: Settings): Promise<Settings> {
  const before = await firstRow<Settings>(
    session,
    sql`SELECT pg_catalog.current_setting('search_path') AS path,
               pg_catalog.current_setting('restrict_nonsystem_relation_kind', true) AS kinds`,
  )
  await session.query(
    sql`SELECT pg_catalog.set_config('search_path', ${path}, false),
               CASE WHEN pg_catalog.current_setting('restrict_nonsystem_relation_kind', true) IS NOT NULL
                    THEN pg_catalog.set_config('restrict_nonsystem_relation_kind', ${kinds ?? ''}, false) END`,
  )
  return before ?? { path: '', kinds: null }
}
