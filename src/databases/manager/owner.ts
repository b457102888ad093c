import { type EngineKind, firstRow, id, type Session, sql } from '../../db/index.js'

/** Owns the databases of moult's own engines, whose connected role is a superuser. */
const LOCAL_OWNER = 'odoo'

/** The role that is connected. */
export interface ConnectedRole {
  readonly name: string
  readonly superuser: boolean
}

export async function connectedRole(session: Session): Promise<ConnectedRole> {
  const role = await firstRow<{ name: string; superuser: boolean }>(
    session,
    sql`SELECT rolname AS name, rolsuper AS superuser FROM pg_roles WHERE rolname = current_user`,
  )
  return { name: role?.name ?? 'postgres', superuser: role?.superuser === true }
}

/**
 * Who owns a new database when the user did not say: on a server the connected role, on moult's own engines a
 * role without superuser rights, which is made when it is missing.
 */
export async function defaultOwner(session: Session, engine: EngineKind): Promise<string> {
  if (engine === 'server') return (await connectedRole(session)).name
  const known = await firstRow(session, sql`SELECT 1 FROM pg_roles WHERE rolname = ${LOCAL_OWNER}`)
  if (known === undefined) await session.execute(sql`CREATE ROLE ${id(LOCAL_OWNER)} NOLOGIN`)
  return LOCAL_OWNER
}

/** Who owns a database that is there. */
export async function ownerOf(session: Session, database: string): Promise<string | undefined> {
  const row = await firstRow<{ owner: string }>(
    session,
    sql`SELECT pg_get_userbyid(datdba) AS owner FROM pg_database WHERE datname = ${database}`,
  )
  return row?.owner
}
