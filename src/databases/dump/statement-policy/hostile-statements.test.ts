import { describe, expect, test } from 'vitest'
import { decideMetaCommand } from '../statement-policy.js'
import { decide, verdict } from './fixtures/decide.js'

const REFUSED: Readonly<Record<string, readonly string[]>> = {
  SERVER_FILE_ACCESS: [
    "COPY t FROM '/etc/passwd'",
    "COPY t TO '/tmp/x'",
    "COPY t FROM PROGRAM 'id'",
    'copy public.t (a) /* x */ To\n-- y\nProgram $$id$$',
    "COPY t FROM E'/etc/passwd'",
    "COPY t FROM U&'\\002fetc'",
    "LOAD '$libdir/x'",
    "SELECT pg_catalog.lo_import('/etc/passwd')",
    "SELECT lo_export(1, '/tmp/x')",
    "INSERT INTO t VALUES (pg_read_file('/etc/passwd'))",
    "INSERT INTO t VALUES (1), (PG_CATALOG.Pg_Read_Binary_File /**/ ('x'))",
    `INSERT INTO t SELECT "lo_import"('x')`,
    "UPDATE t SET a = pg_ls_dir('.')",
    "CREATE TABLE t (a text DEFAULT pg_read_file('x'))",
    "CREATE VIEW v AS SELECT pg_stat_file('x')",
    "CREATE INDEX i ON t (pg_read_file('x'))",
    "CREATE TABLE function AS SELECT lo_import('x')",
    'ALTER TABLE t ALTER COLUMN a SET DEFAULT pg_reload_conf()',
  ],
  NETWORK_ACCESS: [
    'CREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw',
    'CREATE USER MAPPING FOR PUBLIC SERVER s',
    'CREATE FOREIGN DATA WRAPPER w',
    'CREATE FOREIGN TABLE t (a int) SERVER s',
    'IMPORT FOREIGN SCHEMA x FROM SERVER s INTO y',
    "ALTER SERVER s OPTIONS (SET host 'evil')",
    "CREATE VIEW v AS SELECT * FROM dblink('x', 'y') AS t(a int)",
    "INSERT INTO t SELECT public.dblink_exec('x', 'y')",
  ],
  ROLE_STATEMENT: [
    'CREATE ROLE evil SUPERUSER',
    'create/**/User evil',
    'CREATE GROUP g',
    'ALTER ROLE postgres PASSWORD NULL',
    'ALTER USER bob SUPERUSER',
    'DROP ROLE bob',
    'DROP OWNED BY bob',
    'REASSIGN OWNED BY a TO b',
    'GRANT postgres TO bob',
    'REVOKE a FROM b',
    'SET ROLE NONE',
    "SET ROLE = 'x'",
    "SET role TO 'postgres'",
    'SET "role" = postgres',
    "SET session_authorization = 'postgres'",
    'RESET ROLE',
    'RESET session_authorization',
    "SELECT pg_catalog.set_config('role', 'postgres', false)",
    'SET SESSION AUTHORIZATION a b',
  ],
  SERVER_STATEMENT: [
    "ALTER SYSTEM SET archive_command = 'id'",
    "CREATE TABLESPACE t LOCATION '/x'",
    'ALTER TABLESPACE t OWNER TO bob, x',
    'DROP TABLESPACE t',
  ],
  UNTRUSTED_LANGUAGE: [
    "CREATE FUNCTION f() RETURNS int LANGUAGE c AS '/tmp/x.so', 'f'",
    "CREATE OR REPLACE FUNCTION f() RETURNS int AS 'x' LANGUAGE 'C'",
    'CREATE FUNCTION f() RETURNS int LANGUAGE "internal" AS $$lo_import$$',
    "CREATE FUNCTION f() RETURNS int AS 'x' LaNgUaGe /* sql */ plpython3u",
    "CREATE FUNCTION f() RETURNS int LANGUAGE sql LANGUAGE c AS 'x'",
    "CREATE FUNCTION f() RETURNS int LANGUAGE U&'c' AS 'x'",
    "CREATE FUNCTION f() RETURNS int LANGUAGE E'\\143' AS 'x'",
    'CREATE PROCEDURE p() LANGUAGE plperlu AS $$ $$',
    'CREATE FUNCTION f() RETURNS int LANGUAGE "SQL" AS $$ $$',
  ],
  DO_BLOCK: ['DO $$ begin end $$', 'do language plpgsql $$ $$'],
  TRANSACTION_STATEMENT: ['ROLLBACK', 'ABORT', 'ROLLBACK TO SAVEPOINT x', "COMMIT PREPARED 'x'"],
  SYSTEM_CATALOG: [
    'UPDATE pg_database SET datallowconn = true',
    'UPDATE pg_catalog.pg_authid SET rolsuper = true',
    'INSERT INTO pg_catalog.pg_proc DEFAULT VALUES',
    'DELETE FROM information_schema.sql_features',
    'COPY pg_catalog.pg_largeobject FROM stdin',
  ],
  UNEXPECTED_STATEMENT: [
    'SELECT 1',
    'SELECT * FROM t',
    'SELECT pg_sleep(1000)',
    'SELECT public.setval(1)',
    "SELECT pg_catalog.setval('s', (SELECT 1))",
    "SELECT pg_catalog.setval('s', 1, true), pg_sleep(1)",
    "SELECT pg_catalog.setval('s', 1, true) FROM t",
    "SELECT pg_catalog.set_config('search_path', '', false) INTO x",
    "SELECT set_config('search_path', current_user, false)",
    "SELECT pg_catalog.set_config('standard_conforming_strings', 'off', false)",
    '(SELECT 1)',
    '((TABLE t))',
    'WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x',
    'with recursive x as (select 1) insert into t select * from x',
    'TABLE pg_authid',
    'VALUES (1)',
    'EXPLAIN ANALYZE DELETE FROM t',
    'COPY (SELECT 1) TO STDOUT',
    'COPY t TO STDOUT',
    'COPY BINARY t FROM stdin',
    'COPY t FROM stdin WITH (FORMAT binary)',
    'CALL p()',
    'PREPARE x AS SELECT 1',
    'EXECUTE x',
    'DEALLOCATE ALL',
    'LISTEN x',
    "NOTIFY x, 'y'",
    'DISCARD ALL',
    'DECLARE c CURSOR FOR SELECT 1',
    'FETCH ALL FROM c',
    'MERGE INTO t USING u ON true WHEN MATCHED THEN DELETE',
    'SET LOCAL ROLE postgres',
    'SET search_path = (SELECT 1)',
    'CREATE SCHEMA x CREATE TABLE t (a int)',
    '"select" 1',
    'constructor',
    'CREATE SOMETHING x',
    'ALTER SOMETHING x',
  ],
  UNREADABLE_STATEMENT: [
    'CREATE TABLE U&"\\0061" (a int)',
    'INSERT INTO t VALUES (0x1$a$, 1)',
    'INSERT INTO t SELECT U&"lo\\005fimport"(1)',
    "CREATE TABLE t (a text DEFAULT 'x",
    '; DROP TABLE t',
    'CREATE TABLE t (a int); DROP TABLE u',
    'CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; END; DROP TABLE t',
    'CREATE RULE r AS ON INSERT TO t DO NOTHING; DROP TABLE t',
  ],
  OIDS_DATA: ['COPY public.t (a) WITH OIDS FROM stdin', 'COPY t FROM stdin WITH OIDS'],
}

describe('statements that no dump of an honest database holds are refused', () => {
  const cases = Object.entries(REFUSED).flatMap(([code, texts]) =>
    texts.map((text) => [text, code]),
  )
  test.each(cases)('%s', (text, code) => {
    expect(verdict(text)).toBe(`refuse ${code}`)
  })
})

test('a refusal says what it is about and what to do', () => {
  expect(decide("CREATE FUNCTION public.f() RETURNS int LANGUAGE c AS 'x'")).toEqual({
    kind: 'refuse',
    code: 'UNTRUSTED_LANGUAGE',
    message:
      'The function public.f is written in "c", which can reach files and programs of the database server',
    hint: expect.stringContaining('Drop the function'),
  })
})

describe('commands of psql are never run', () => {
  test.each([
    ['\\restrict hq8AbC', 'skip'],
    ['\\unrestrict hq8AbC', 'skip'],
    ['\\echo hello', 'skip'],
    ['\\set ON_ERROR_STOP on', 'skip'],
    ['\\pset pager off', 'skip'],
    ['\\connect db', 'skip DATABASE_COMMAND_IGNORED'],
    ['\\connect -reuse-previous=on "dbname=\'x\'"', 'skip DATABASE_COMMAND_IGNORED'],
    ['\\c db', 'skip DATABASE_COMMAND_IGNORED'],
    ['\\! rm -rf /', 'refuse META_COMMAND'],
    ['\\restrict a \\! id', 'refuse META_COMMAND'],
    ['\\copy t from x', 'refuse META_COMMAND'],
    ['\\i other.sql', 'refuse META_COMMAND'],
    ['\\set x `id`', 'refuse META_COMMAND'],
    ['\\gexec', 'refuse META_COMMAND'],
    ['SELECT 1 \\gexec', 'refuse META_COMMAND'],
    ['\\', 'refuse META_COMMAND'],
  ])('%s', (command, expected) => {
    const decision = decideMetaCommand(command)
    if (decision.kind === 'refuse') expect(`refuse ${decision.code}`).toBe(expected)
    else expect(['skip', decision.finding?.code].filter(Boolean).join(' ')).toBe(expected)
  })
})
