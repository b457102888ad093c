import { createHash } from 'node:crypto'
import { firstRow, hasSqlState, id, raw, type Session, sql } from '../../db/index.js'

/** dependent_objects_still_exist */
const OBJECTS_DEPEND = '2BP01'

/**
 * The role that scripts run as: without rights but over this database, and without any over the journal.
 * Undefined where the connected role is no superuser and scripts run as that role itself.
 */
export interface ScriptRole {
  readonly name: string
  /** Who owned the database before, and will again. */
  readonly owner: string
}

/**
 * Everything in the database that the system, an extension or moult's journal does not own, as the end of an
 * ALTER. Sequences of columns follow their tables, row types and arrays theirs.
 */
const OWNED_OBJECTS = `
  SELECT CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE'
                        WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END AS kind,
         c.oid::regclass::text AS name, c.relowner AS owner, c.oid, c.relnamespace AS schema
    FROM pg_class c
   WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
     AND NOT (c.relkind = 'S' AND EXISTS (
       SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.classid = 'pg_class'::regclass
          AND d.deptype IN ('a', 'i')))
  UNION ALL
  SELECT CASE p.prokind WHEN 'a' THEN 'AGGREGATE' ELSE 'ROUTINE' END,
         p.oid::regprocedure::text, p.proowner, p.oid, p.pronamespace FROM pg_proc p
  UNION ALL
  SELECT CASE t.typtype WHEN 'd' THEN 'DOMAIN' ELSE 'TYPE' END, t.oid::regtype::text, t.typowner, t.oid,
         t.typnamespace
    FROM pg_type t
   WHERE t.typtype IN ('d', 'e', 'r') OR (t.typtype = 'c' AND EXISTS (
     SELECT FROM pg_class c WHERE c.oid = t.typrelid AND c.relkind = 'c'))
  UNION ALL
  SELECT 'SCHEMA', quote_ident(n.nspname), n.nspowner, n.oid, n.oid FROM pg_namespace n
   WHERE n.nspname <> 'public'`

/** Gives the database and all in it to `role`. */
function handTo(role: string, database: string): string {
  return `
  DO $handover$
  DECLARE statement text;
  BEGIN
    FOR statement IN
      SELECT format('ALTER %s %s OWNER TO %I', o.kind, o.name, ${literal(role)})
        FROM (${OWNED_OBJECTS}) o
        JOIN pg_namespace n ON n.oid = o.schema
       WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast', 'moult')
         AND n.nspname !~ '^pg_(toast_)?temp_'
         AND o.owner <> ${literal(role)}::regrole
         AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = o.oid AND d.deptype = 'e')
    LOOP
      EXECUTE statement;
    END LOOP;
  END $handover$;
  ALTER DATABASE ${id(database).text} OWNER TO ${id(role).text};
  GRANT ALL ON SCHEMA public TO ${id(role).text};
  GRANT USAGE ON SCHEMA moult TO ${id(role).text};
  GRANT EXECUTE ON FUNCTION moult.start_step(text, jsonb), moult.finish_step(text, jsonb, jsonb)
     TO ${id(role).text}`
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** The same for a database that was put back to a checkpoint, whose content the role owns already. */
function roleName(database: string): string {
  return `moult_scripts_${createHash('sha256').update(database).digest('hex').slice(0, 12)}`
}

/**
 * Makes the scripts' role and gives it the database; in a session of the connected role on that database,
 * whose journal is prepared. Does nothing twice.
 */
export async function prepareScriptRole(session: Session): Promise<ScriptRole | undefined> {
  const facts = await firstRow<{ superuser: boolean; owner: string }>(
    session,
    sql`SELECT r.rolsuper AS superuser, pg_get_userbyid(d.datdba) AS owner
          FROM pg_database d JOIN pg_roles r ON r.rolname = current_user
         WHERE d.datname = current_database()`,
  )
  if (facts?.superuser !== true) return undefined
  const name = roleName(session.database)
  const known = await firstRow(session, sql`SELECT 1 FROM pg_roles WHERE rolname = ${name}`)
  if (known === undefined) {
    await session.execute(sql`CREATE ROLE ${id(name)} NOSUPERUSER NOCREATEDB NOCREATEROLE NOLOGIN`)
  }
  await session.execute(raw(handTo(name, session.database)))
  return { name, owner: facts.owner }
}

/**
 * Gives the database back to its owner and removes the scripts' role; a checkpoint that it still owns keeps
 * the role.
 */
export async function releaseScriptRole(session: Session, role: ScriptRole): Promise<void> {
  await session.execute(sql`
    REASSIGN OWNED BY ${id(role.name)} TO ${id(role.owner)};
    DROP OWNED BY ${id(role.name)}`)
  try {
    await session.execute(sql`DROP ROLE ${id(role.name)}`)
  } catch (error) {
    if (!hasSqlState(error, OBJECTS_DEPEND)) throw error
  }
}
