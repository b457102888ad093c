import { randomBytes, randomUUID } from 'node:crypto'
import { firstRow, type Session, sql } from '../../db/index.js'

/** Whether a copy stands beside its original, or takes its place. */
export type Whereabouts = 'copy' | 'moved'

/**
 * Gives a copy its own identity, as Odoo's `ir.config_parameter.init(force=True)` does: two live
 * databases with one uuid confuse the subscription check and in-app purchases, and a shared secret lets
 * links of one be used on the other. The subscription code goes with the original.
 *
 * @returns the new uuid, or undefined when the database has no parameters (is none of Odoo's).
 */
export async function resetIdentity(session: Session): Promise<string | undefined> {
  const known = await firstRow<{ there: boolean }>(
    session,
    sql`SELECT to_regclass('public.ir_config_parameter') IS NOT NULL AS there`,
  )
  if (known?.there !== true) return undefined
  const uuid = timeBasedUuid()
  const values = {
    'database.uuid': uuid,
    'database.secret': randomUUID(),
    'database.create_date': new Date().toISOString().slice(0, 19).replace('T', ' '),
    'web.base.url': 'http://localhost:8069',
    'base.login_cooldown_after': '10',
    'base.login_cooldown_duration': '60',
  }
  await session.query(sql`
    INSERT INTO public.ir_config_parameter (key, value, create_date, write_date, create_uid, write_uid)
    SELECT key, value, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC', 1, 1
      FROM unnest(${Object.keys(values)}::text[], ${Object.values(values)}::text[]) AS wanted (key, value)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, write_date = excluded.write_date`)
  await session.query(
    sql`DELETE FROM public.ir_config_parameter WHERE key = 'database.enterprise_code'`,
  )
  return uuid
}

/** UUID version 1 with a random node, which is what Odoo writes for `database.uuid` (RFC 9562 §5.1). */
function timeBasedUuid(): string {
  const GREGORIAN_OFFSET = 0x01b21dd213814000n
  const ticks = BigInt(Date.now()) * 10_000n + GREGORIAN_OFFSET
  const hex = ticks.toString(16).padStart(16, '0')
  const bytes = randomBytes(8)
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x80
  // The multicast bit says that the node is no network card's address.
  bytes[2] = (bytes[2] ?? 0) | 0x01
  const tail = bytes.toString('hex')
  return `${hex.slice(8)}-${hex.slice(4, 8)}-1${hex.slice(1, 4)}-${tail.slice(0, 4)}-${tail.slice(4)}`
}
