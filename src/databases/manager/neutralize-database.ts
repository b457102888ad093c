import { type NeutralizeOptions, type NeutralizeReport, neutralize } from '../neutralize/index.js'
import type { DatabaseHost } from './database-host.js'

/**
 * Neutralises a database where it is. Its identity stays.
 *
 * Errors: DATABASE_UNKNOWN, NOT_AN_ODOO_DATABASE, NEUTRALIZE_FAILED.
 */
export async function neutralizeDatabase(
  host: DatabaseHost,
  name: string,
  options: NeutralizeOptions = {},
): Promise<NeutralizeReport> {
  const lock = await host.cluster.lock(name, `neutralize ${name}`)
  try {
    return await host.cluster.withSession(name, (session) => neutralize(session, options))
  } finally {
    await lock.release()
  }
}
