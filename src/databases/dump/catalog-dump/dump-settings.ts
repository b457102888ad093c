import { lit, raw, type Session, sql } from '../../../db/index.js'

/** Settings under which values and names come out the same everywhere, whatever the caller has set. */
const SETTINGS: Readonly<Record<string, string>> = {
  DateStyle: 'ISO',
  IntervalStyle: 'postgres',
  extra_float_digits: '1',
  // Rows in the order of the table, also when somebody else is reading it.
  synchronize_seqscans: 'off',
  quote_all_identifiers: 'off',
  // Catalog queries are many and short; compiling one takes longer than running it.
  jit: 'off',
  lock_timeout: '0',
}

/** Applies the dump's settings until the transaction ends; none changes what the caller's SQL means. */
export async function applyDumpSettings(session: Session): Promise<void> {
  await session.execute(
    raw(
      Object.entries(SETTINGS)
        .map(([name, value]) => setLocal(name, value))
        .join(';'),
    ),
  )
}

/**
 * Runs `body` without a search path, so that PostgreSQL qualifies every name it writes, and with row
 * security refusing to hide rows; puts both back.
 */
export async function withBareNames<T>(session: Session, body: () => Promise<T>): Promise<T> {
  const restore = await enterBareNames(session)
  try {
    return await body()
  } finally {
    await restore()
  }
}

/** {@link withBareNames} for bodies that are no function; returns how to put the settings back. */
export async function enterBareNames(session: Session): Promise<() => Promise<void>> {
  const { rows } = await session.query<{ path: string; security: string }>(
    sql`SELECT current_setting('search_path') AS path, current_setting('row_security') AS security`,
  )
  const [before] = rows
  const set = (path: string, security: string): Promise<void> =>
    session.execute(raw(`${setLocal('search_path', path)};${setLocal('row_security', security)}`))
  await set('', 'off')
  return () =>
    set(before?.path ?? '', before?.security ?? 'on').catch(() => {
      // In a broken transaction there is nothing to put back: its settings end with it.
    })
}

function setLocal(name: string, value: string): string {
  return `SELECT pg_catalog.set_config(${lit(name).text}, ${lit(value).text}, true)`
}
