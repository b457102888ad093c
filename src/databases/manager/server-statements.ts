import { UserError } from '../../base/index.js'
import {
  type Cluster,
  databaseUnknown,
  firstRow,
  hasSqlState,
  id,
  join,
  lit,
  raw,
  type Session,
  sql,
} from '../../db/index.js'
import { STAGING_PREFIX } from './database-name.js'

const FORCE_DROP_VERSION = 130_000
const STRATEGY_VERSION = 150_000

/** Runs `body` in a session on the database that always exists. */
export function administer<T>(
  cluster: Cluster,
  body: (session: Session) => Promise<T>,
): Promise<T> {
  return cluster.withSession(cluster.maintenanceDatabase, body)
}

export async function databaseExists(session: Session, name: string): Promise<boolean> {
  return (
    (await firstRow(session, sql`SELECT 1 FROM pg_database WHERE datname = ${name}`)) !== undefined
  )
}

/** Names of the databases that can be opened, moult's own working copies left out. */
export async function databaseNames(session: Session): Promise<readonly string[]> {
  const { rows } = await session.query<{ name: string }>(sql`
    SELECT datname AS name FROM pg_database
     WHERE NOT datistemplate AND datallowconn AND datname <> current_database()
       AND has_database_privilege(oid, 'CONNECT') AND NOT starts_with(datname, ${STAGING_PREFIX})
     ORDER BY 1`)
  return rows.map((row) => row.name)
}

/** Fails with DATABASE_EXISTS when the name is taken. */
export async function refuseExisting(session: Session, name: string): Promise<void> {
  if (!(await databaseExists(session, name))) return
  throw new UserError('DATABASE_EXISTS', `There is already a database "${name}"`, {
    hint: `Choose another name, or remove it first: moult db drop ${name}`,
    data: { database: name },
  })
}

/** Fails with DATABASE_UNKNOWN when there is no such database. */
export async function requireDatabase(
  cluster: Cluster,
  session: Session,
  name: string,
): Promise<void> {
  if (!(await databaseExists(session, name))) throw databaseUnknown(name, cluster.address)
}

export interface NewDatabase {
  readonly name: string
  readonly owner?: string
  /** A database to copy; `template0` with C collation when absent, as Odoo's manager does. */
  readonly template?: string
}

export async function createDatabase(session: Session, database: NewDatabase): Promise<void> {
  const { name, owner, template } = database
  const clauses = [
    raw("ENCODING 'UTF8'"),
    ...(template === undefined
      ? [raw("LC_COLLATE 'C' TEMPLATE template0")]
      : [sql`TEMPLATE ${id(template)}`]),
    ...(owner === undefined ? [] : [sql`OWNER ${id(owner)}`]),
    // File by file beats row by row through the log, for anything but tiny databases.
    ...(template !== undefined && session.serverVersion >= STRATEGY_VERSION
      ? [raw('STRATEGY FILE_COPY')]
      : []),
  ]
  try {
    await session.execute(sql`CREATE DATABASE ${id(name)} ${join(clauses, ' ')}`)
  } catch (error) {
    throw explainCreation(error, name, template)
  }
}

function explainCreation(error: unknown, name: string, template: string | undefined): unknown {
  if (hasSqlState(error, '42501')) {
    return new UserError('NOT_ALLOWED_TO_CREATE', 'This role may not create databases', {
      cause: error,
      hint: 'Let a superuser run: ALTER ROLE … CREATEDB',
    })
  }
  if (hasSqlState(error, '42P04')) {
    return new UserError('DATABASE_EXISTS', `There is already a database "${name}"`, {
      cause: error,
    })
  }
  if (hasSqlState(error, '55006') && template !== undefined) return sessionsRefused(template, error)
  return error
}

function sessionsRefused(database: string, cause: unknown): UserError {
  return new UserError('DATABASE_HAS_SESSIONS', `"${database}" is being used by other sessions`, {
    cause,
    hint: 'Stop the Odoo server that uses it, or add --force to end the sessions.',
    data: { database },
  })
}

interface OtherSession extends Record<string, unknown> {
  readonly pid: number
  readonly who: string
}

/**
 * Makes sure that nobody else is connected: refuses, or ends the sessions with `force`. New ones
 * are kept out until {@link letIn}.
 */
export async function shutOut(session: Session, database: string, force: boolean): Promise<void> {
  const others = sql`
    SELECT pid, concat_ws(' ', usename, nullif(application_name, ''), host(client_addr)) AS who
      FROM pg_stat_activity
     WHERE datname = ${database} AND pid <> pg_backend_pid() AND backend_type = 'client backend'`
  const { rows } = await session.query<OtherSession>(others)
  if (rows.length > 0 && !force) {
    throw new UserError(
      'DATABASE_HAS_SESSIONS',
      `"${database}" is being used by ${rows.length} other session${rows.length > 1 ? 's' : ''}: ${rows
        .slice(0, 5)
        .map((row) => `${row.who} (process ${row.pid})`)
        .join(', ')}`,
      {
        hint: 'Stop the Odoo server that uses it, or add --force to end the sessions.',
        data: { database, sessions: rows },
      },
    )
  }
  await session.execute(sql`ALTER DATABASE ${id(database)} WITH ALLOW_CONNECTIONS false`)
  if (rows.length === 0) return
  await session.query(
    sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = ${database} AND pid <> pg_backend_pid()`,
  )
  await session.query(
    sql`SELECT pg_sleep(0.05) FROM generate_series(1, 40) n
         WHERE EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = ${database})`,
  )
}

export async function letIn(session: Session, database: string): Promise<void> {
  await session.execute(sql`ALTER DATABASE ${id(database)} WITH ALLOW_CONNECTIONS true`)
}

export async function dropDatabase(session: Session, name: string, force: boolean): Promise<void> {
  const withForce =
    force && session.serverVersion >= FORCE_DROP_VERSION ? raw(' WITH (FORCE)') : raw('')
  try {
    await session.execute(sql`DROP DATABASE IF EXISTS ${id(name)}${withForce}`)
  } catch (error) {
    throw hasSqlState(error, '55006') ? sessionsRefused(name, error) : error
  }
}

export async function renameDatabase(session: Session, from: string, to: string): Promise<void> {
  try {
    await session.execute(sql`ALTER DATABASE ${id(from)} RENAME TO ${id(to)}`)
  } catch (error) {
    throw explainCreation(error, to, from)
  }
}

/** Writes a comment that names what a database under construction is for. */
export async function describeDatabase(
  session: Session,
  name: string,
  text: string,
): Promise<void> {
  await session.execute(sql`COMMENT ON DATABASE ${id(name)} IS ${lit(text)}`)
}
