/** What a script tries, statement by statement, and whether PostgreSQL or moult refuses it. */
export interface Attack {
  readonly sql: readonly string[]
  /** It ends without an error and has no effect on anything but the database itself. */
  readonly passes?: boolean
}

/** Runs whatever is slipped in as whoever reads it, and tells who that was. */
const SPY = `
  CREATE FUNCTION public.spy() RETURNS boolean LANGUAGE plpgsql AS $$
  BEGIN
    IF current_setting('is_superuser') = 'on' THEN
      CREATE ROLE escaped SUPERUSER;
    END IF;
    RETURN true;
  END $$`

/**
 * Attacks on the journal, on moult's rights and on other databases. `OTHER` is the name of another database, `OWN`
 * that of the script's own, `ADMIN` the superuser.
 */
export const ATTACKS: Readonly<Record<string, Attack>> = {
  'drops the journal': { sql: ['DROP SCHEMA moult CASCADE'] },
  'drops the journal twice': { sql: ['RESET ROLE', 'DROP SCHEMA IF EXISTS moult CASCADE'] },
  'deletes steps': { sql: ['DELETE FROM moult.journal_step'] },
  'empties steps': { sql: ['TRUNCATE moult.journal_step'] },
  'changes runs': { sql: ["UPDATE moult.journal_run SET status = 'done'"] },
  'reads the token': { sql: ['SELECT token_hash FROM moult.journal_run'] },
  'makes a table in the journal': { sql: ['CREATE TABLE moult.mine (a integer)'] },
  'replaces a function of the journal': {
    sql: [
      "CREATE OR REPLACE FUNCTION moult.finish_step(a text, b jsonb, c jsonb) RETURNS boolean LANGUAGE sql AS 'SELECT true'",
    ],
  },
  'forges a step': {
    sql: [
      `SELECT moult.start_step('x', '{"run": 1, "hop": 0, "step": 99, "name": "forged"}')`,
      `SELECT moult.finish_step('x', '{"run": 1, "hop": 0, "step": 0}', '{"status": "done"}')`,
    ],
    passes: true,
  },
  'becomes the role it was': {
    sql: ['RESET ROLE', 'RESET SESSION AUTHORIZATION', 'SET SESSION AUTHORIZATION DEFAULT'],
    passes: true,
  },
  'becomes the superuser': { sql: ['SET SESSION AUTHORIZATION ADMIN'] },
  'takes on the superuser': { sql: ['SET ROLE ADMIN'] },
  'takes on the superuser by a setting': {
    sql: ["SELECT set_config('role', 'ADMIN', false)"],
  },
  'runs a program': { sql: ["COPY log TO PROGRAM 'id'"] },
  'runs a program to read': { sql: ["COPY log (entry) FROM PROGRAM 'id'"] },
  'reads a file': { sql: ["SELECT pg_read_file('/etc/passwd')"] },
  'reads a file by COPY': { sql: ["COPY log (entry) FROM '/etc/passwd'"] },
  'imports a file': { sql: ["SELECT lo_import('/etc/passwd')"] },
  'makes a role': { sql: ['CREATE ROLE escaped SUPERUSER'] },
  'raises its role': { sql: ['ALTER ROLE CURRENT_USER SUPERUSER'] },
  'lets its role log in': { sql: ['ALTER ROLE CURRENT_USER LOGIN'] },
  'changes the superuser': { sql: ["ALTER ROLE ADMIN PASSWORD 'x'"] },
  'changes another database': { sql: ["ALTER DATABASE OTHER SET work_mem = '1MB'"] },
  'takes another database': { sql: ['ALTER DATABASE OTHER OWNER TO CURRENT_USER'] },
  'drops another database': { sql: ['DROP DATABASE OTHER'] },
  'changes the server': { sql: ["ALTER SYSTEM SET work_mem = '1MB'"] },
  'watches all statements': {
    sql: [
      'CREATE FUNCTION watch() RETURNS event_trigger LANGUAGE plpgsql AS $$BEGIN END$$',
      'CREATE EVENT TRIGGER watching ON ddl_command_end EXECUTE FUNCTION watch()',
    ],
  },
  commits: { sql: ['COMMIT'] },
  'commits in small letters': { sql: ['/* x */ commit work'] },
  'commits and begins': { sql: ['COMMIT; BEGIN'] },
  'commits behind another statement': { sql: ['SELECT 1; COMMIT; BEGIN; SELECT 2'] },
  ends: { sql: ['END'] },
  begins: { sql: ['BEGIN'] },
  'rolls back': { sql: ['ROLLBACK'] },
  'rolls back and chains': { sql: ['ROLLBACK AND CHAIN'] },
  aborts: { sql: ['ABORT'] },
  'prepares the transaction': { sql: ["PREPARE TRANSACTION 'x'"] },
  'commits a prepared one': { sql: ["COMMIT PREPARED 'x'"] },
  'hides a commit in a string': {
    sql: ['SET standard_conforming_strings = off', "SELECT '\\'' ; COMMIT; --'"],
  },
  'hides a commit in an escape string': { sql: ["SELECT E'\\'' ; COMMIT; SELECT E''"] },
  'commits in a block': { sql: ['DO $$ BEGIN COMMIT; END $$'] },
  'rolls back in a block': { sql: ['DO $$ BEGIN ROLLBACK; END $$'] },
  'commits in a procedure': {
    sql: ['CREATE PROCEDURE ending() LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$', 'CALL ending()'],
  },
  'puts functions before those of PostgreSQL': {
    sql: [
      SPY,
      "CREATE FUNCTION public.quote_ident(name) RETURNS text LANGUAGE sql AS 'SELECT $1::text WHERE public.spy()'",
      "CREATE FUNCTION public.to_regclass(text) RETURNS regclass LANGUAGE sql AS 'SELECT $1::regclass WHERE public.spy()'",
      "CREATE FUNCTION public.max(integer) RETURNS integer LANGUAGE sql AS 'SELECT $1 WHERE public.spy()'",
      "CREATE FUNCTION public.same(integer, integer) RETURNS boolean LANGUAGE sql AS 'SELECT $1 OPERATOR(pg_catalog.=) $2 AND public.spy()'",
      'CREATE OPERATOR public.= (LEFTARG = integer, RIGHTARG = integer, FUNCTION = public.same)',
      'ALTER DATABASE OWN SET search_path = public, pg_catalog',
    ],
    passes: true,
  },
  'sees who reads the modules': {
    sql: [
      'ALTER TABLE ir_module_module RENAME TO real_modules',
      'CREATE VIEW ir_module_module AS SELECT * FROM real_modules WHERE public.spy()',
    ],
    passes: true,
  },
}

/** Comments by which the owner of a database makes it look like something of moult's. */
export const FORGED_COMMENTS: readonly string[] = [
  'moult: {"name": "OTHER", "staging": "moult_tmp_x", "replace": true}',
  'moult: {"name": "OTHER", "staging": "OWN", "replace": true}',
  'moult checkpoint {"database": "OTHER", "hop": 0, "step": 0, "before": "a:pre"}',
  'moult checkpoint {',
]
