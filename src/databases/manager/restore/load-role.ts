import type { Finding } from '../../../base/index.js'
import {
  type Cluster,
  type EngineKind,
  id,
  join,
  type RunElevated,
  raw,
  type Session,
  type SessionOptions,
  sql,
} from '../../../db/index.js'
import { connectedRole, defaultOwner } from '../owner.js'

/** Who loads a dump, and who owns the database afterwards. */
export interface LoadRole {
  /** Logs in for the time of loading; undefined when the connected role is no superuser anyway. */
  readonly confined: string | undefined
  readonly owner: string
}

export interface RoleRequest {
  /** Of the role that is made where one is needed. */
  readonly name: string
  /** Who is to own the database, if the user said so. */
  readonly owner: string | undefined
  readonly engine: EngineKind
}

/**
 * Chooses the role. A dump is SQL that somebody else wrote: where the connected role is a superuser, a role
 * without any rights but the new database is made for it.
 */
export async function prepareLoadRole(session: Session, request: RoleRequest): Promise<LoadRole> {
  const { name, owner, engine } = request
  const connected = await connectedRole(session)
  const final = owner ?? (await defaultOwner(session, engine))
  if (!connected.superuser) return { confined: undefined, owner: final }
  await session.execute(sql`CREATE ROLE ${id(name)} NOSUPERUSER NOCREATEDB NOCREATEROLE NOLOGIN`)
  return { confined: name, owner: final }
}

/** Opens the session in which the dump is loaded. */
export function withLoadSession<T>(
  cluster: Cluster,
  database: string,
  role: LoadRole,
  body: (session: Session, elevated: RunElevated) => Promise<T>,
  options: SessionOptions,
): Promise<T> {
  if (role.confined !== undefined) {
    return cluster.withConfinedSession(database, { name: role.confined }, body, options)
  }
  return cluster.withSession(
    database,
    (session) => body(session, (statement) => session.execute(statement)),
    options,
  )
}

interface DefinerFunction extends Record<string, unknown> {
  readonly name: string
}

/** Gives what was loaded to its final owner; in a session of the connected role on the database. */
export async function giveToOwner(session: Session, role: LoadRole): Promise<readonly Finding[]> {
  const { confined, owner } = role
  if (confined === undefined) return []
  const findings = await disarmDefinerFunctions(session, owner)
  await session.execute(sql`
    REASSIGN OWNED BY ${id(confined)} TO ${id(owner)};
    DROP OWNED BY ${id(confined)};
    DROP ROLE ${id(confined)}`)
  return findings
}

/** A stranger's SECURITY DEFINER function that a superuser owns would run with all rights. */
async function disarmDefinerFunctions(
  session: Session,
  owner: string,
): Promise<readonly Finding[]> {
  const { rows } = await session.query<DefinerFunction>(sql`
    SELECT p.oid::regprocedure::text AS name
      FROM pg_proc p JOIN pg_roles o ON o.rolname = ${owner} AND o.rolsuper
     WHERE p.prosecdef AND p.pronamespace <> 'pg_catalog'::regnamespace
       AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')`)
  if (rows.length === 0) return []
  // regprocedure's own text is quoted by PostgreSQL and names exactly one function.
  const disarm = rows.map(({ name }) => sql`ALTER ROUTINE ${raw(name)} SECURITY INVOKER`)
  await session.execute(join(disarm, '; '))
  return [
    {
      code: 'DEFINER_FUNCTIONS_DISARMED',
      severity: 'warning',
      message: `Functions that would run with ${owner}'s rights now run with their caller's: ${rows.map((row) => row.name).join(', ')}`,
      hint: 'Give the database to a role that is no superuser (--owner), and restore again, if they are needed as they were.',
    },
  ]
}
