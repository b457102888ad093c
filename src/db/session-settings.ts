import type pg from 'pg'
import { InternalError } from '../base/index.js'

/**
 * What every session sets, whatever the server, the database or the role has as its default: texts of
 * dates and bytes that mean the same everywhere, and no time limits made for a web application.
 */
const SETTINGS: readonly (readonly [name: string, value: string])[] = [
  ['datestyle', 'ISO, MDY'],
  ['intervalstyle', 'postgres'],
  ['timezone', 'UTC'],
  ['bytea_output', 'hex'],
  ['extra_float_digits', '1'],
  ['standard_conforming_strings', 'on'],
  ['statement_timeout', '0'],
  ['idle_in_transaction_session_timeout', '0'],
  ['idle_session_timeout', '0'],
  ['transaction_timeout', '0'],
]

/** The last two are unknown to servers before 14 and 17. */
const ASSIGNMENTS = SETTINGS.map(
  ([name, value]) =>
    `CASE WHEN pg_catalog.current_setting('${name}', true) IS NOT NULL
          THEN pg_catalog.set_config('${name}', '${value}', false) END`,
).join(', ')

const PREPARE = `SELECT pg_catalog.current_setting('server_version_num')::int AS version, ${ASSIGNMENTS}`

/** Makes a new connection like every other one, in one round trip; returns `server_version_num`. */
export async function prepareSession(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ version: unknown }>(PREPARE)
  const version = rows[0]?.version
  if (typeof version !== 'number') throw new InternalError('NO_SERVER_VERSION', String(version))
  return version
}
