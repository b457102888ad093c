import { InternalError } from '../base/index.js'
import { firstRow, type Session } from './session.js'
import { sql } from './sql.js'

/**
 * Fails when a role could become more than itself: a superuser, a role that makes roles, copies the
 * server or passes row security, or a member of another role.
 */
export async function refusePowerfulRole(admin: Session, role: string): Promise<void> {
  const found = await firstRow<{ powerful: boolean }>(
    admin,
    sql`SELECT r.rolsuper OR r.rolcreaterole OR r.rolreplication OR r.rolbypassrls
               OR EXISTS (SELECT FROM pg_catalog.pg_auth_members m WHERE m.member = r.oid) AS powerful
          FROM pg_catalog.pg_roles r WHERE r.rolname = ${role}`,
  )
  if (found === undefined) {
    throw new InternalError('ROLE_UNKNOWN', `There is no role "${role}"`)
  }
  if (found.powerful) {
    throw new InternalError('ROLE_NOT_CONFINED', `The role "${role}" can become another one`)
  }
}
