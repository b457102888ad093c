import { describe, expect, test } from 'vitest'
import { decide, verdict } from './fixtures/decide.js'

/** What pg_dump of some release writes, or what honest tools add. */
const RUN: Readonly<Record<string, readonly string[]>> = {
  setting: [
    "SELECT pg_catalog.set_config('search_path', '', false)",
    'SET check_function_bodies = false',
    'SET xmloption = content',
    'SET XML OPTION DOCUMENT',
    'SET client_min_messages = warning',
    'SET row_security = off',
    'SET default_table_access_method = heap',
    'SET search_path = public, pg_catalog',
    `SET search_path TO "a;b", 'c', $$d$$`,
    "SET TIME ZONE 'UTC'",
    "set timezone to 'Europe/Berlin'",
    'SET DateStyle = iso, mdy',
    'RESET search_path',
  ],
  schema: [
    'CREATE SCHEMA topology',
    "CREATE TYPE public.mood AS ENUM ('a', 'b')",
    'CREATE TYPE public.shell',
    'CREATE DOMAIN public.d AS integer CONSTRAINT c CHECK ((VALUE > 0))',
    'CREATE TABLE public.t (id integer NOT NULL)',
    'CREATE UNLOGGED TABLE public.t (id integer) WITH (fillfactor=70)',
    'CREATE TABLE public.c (x integer) INHERITS (public.t)',
    'CREATE TABLE public.p (d date) PARTITION BY RANGE (d)',
    'CREATE TABLE pg_thing (id integer)',
    'CREATE SEQUENCE public.s AS integer START WITH 1',
    'ALTER SEQUENCE public.s OWNED BY public.t.id',
    "ALTER TABLE ONLY public.t ALTER COLUMN id SET DEFAULT nextval('public.s'::regclass)",
    'ALTER TABLE public.t ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME public.s START WITH 1)',
    "ALTER TABLE ONLY public.p ATTACH PARTITION public.p1 FOR VALUES FROM ('a') TO ('b')",
    'ALTER TABLE public.c INHERIT public.t',
    'ALTER TABLE public.t ALTER COLUMN a SET STORAGE EXTERNAL',
    'ALTER TABLE ONLY public.t ALTER COLUMN a SET STATISTICS 500',
    'ALTER TABLE public.t ADD COLUMN x integer',
    "CREATE FUNCTION public.f(a integer DEFAULT 1) RETURNS text LANGUAGE plpgsql SECURITY DEFINER AS $_$ begin; COPY x TO PROGRAM 'y'; end $_$",
    "CREATE FUNCTION public.language() RETURNS int AS 'select 1' LANGUAGE 'sql'",
    'CREATE FUNCTION public.f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END',
    'CREATE FUNCTION public.f() RETURNS int RETURN 1',
    'CREATE OR REPLACE PROCEDURE public.p() LANGUAGE sql AS $$ $$',
    'CREATE FUNCTION public.f() RETURNS int LANGUAGE plperl AS $$ 1 $$',
    'CREATE FUNCTION public.pg_ls_mine() RETURNS int LANGUAGE sql AS $$ select 1 $$',
    'CREATE AGGREGATE public.a(integer) (SFUNC = int4pl, STYPE = integer)',
    'CREATE OPERATOR public.=== (FUNCTION = enum_eq, LEFTARG = anyenum, RIGHTARG = anyenum)',
    "CREATE COLLATION public.c (provider = libc, locale = 'C')",
    "CREATE DEFAULT CONVERSION public.c FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1",
    'CREATE CAST (public.pair AS text) WITH INOUT',
    'CREATE TEXT SEARCH CONFIGURATION public.c (PARSER = pg_catalog."default")',
    'CREATE TEXT SEARCH DICTIONARY public.d (TEMPLATE = pg_catalog.simple)',
    'ALTER TEXT SEARCH CONFIGURATION public.c ADD MAPPING FOR asciiword WITH public.d',
    "ALTER TYPE public.mood ADD VALUE 'c'",
    'ALTER DOMAIN public.d ADD CONSTRAINT c CHECK ((VALUE > 0)) NOT VALID',
  ],
  data: [
    'COPY public.t (id, "na""me") FROM stdin',
    'copy t from STDIN with (format csv)',
    "INSERT INTO public.t VALUES (1, 'it''s; \\', NULL, '\\x00')",
    "INSERT INTO public.t (a, b) OVERRIDING SYSTEM VALUE VALUES (1, 'US$ lo_import(') ON CONFLICT DO NOTHING",
    'INSERT INTO public.t DEFAULT VALUES',
    "UPDATE ir_cron SET active = false WHERE id = 1 OR note = 'pg_read_file('",
    'DELETE FROM ONLY public.t WHERE id = 1',
    'TRUNCATE TABLE public.t',
  ],
  sequence: [
    "SELECT pg_catalog.setval('public.s', 1, true)",
    "SELECT setval('s', -3)",
    "SELECT pg_catalog.setval(pg_catalog.pg_get_serial_sequence('public.t', 'id'), 5, false)",
  ],
  view: [
    'CREATE VIEW public.v AS SELECT 1 AS x',
    'CREATE VIEW public.v AS\nSELECT\n    NULL::integer AS id,\n    NULL::text AS name',
    'CREATE OR REPLACE VIEW public.v AS SELECT NULL::integer AS id, t.name FROM public.t',
    "CREATE OR REPLACE VIEW public.v WITH (security_barrier='true') AS SELECT 1 AS x",
    'CREATE RECURSIVE VIEW public.v (n) AS SELECT 1',
    'CREATE MATERIALIZED VIEW public.m AS SELECT 1 WITH NO DATA',
    'REFRESH MATERIALIZED VIEW public.m',
    'ALTER TABLE ONLY public.v ALTER COLUMN x SET DEFAULT 1',
    'CREATE RULE "_RETURN" AS ON SELECT TO public.v DO INSTEAD SELECT 1 AS x',
  ],
  comment: [
    "COMMENT ON TABLE public.t IS 'a; lo_import('",
    "COMMENT ON FUNCTION public.dblink(text) IS 'x'",
    "COMMENT ON SCHEMA topology IS 'x'",
  ],
  other: [
    'CREATE TRIGGER a BEFORE INSERT ON public.t FOR EACH ROW EXECUTE PROCEDURE public.f()',
    'CREATE CONSTRAINT TRIGGER a AFTER INSERT ON public.t FOR EACH ROW EXECUTE FUNCTION public.f()',
    'CREATE RULE r AS ON INSERT TO public.v DO INSTEAD (INSERT INTO a VALUES (1); DELETE FROM b)',
    'CREATE POLICY p ON public.t FOR SELECT USING ((id > 0))',
    'CREATE STATISTICS public.s ON a, b FROM public.t',
    'ALTER TABLE public.t ENABLE ROW LEVEL SECURITY',
    'ALTER TABLE ONLY public.t FORCE ROW LEVEL SECURITY',
    'ALTER TABLE public.t DISABLE TRIGGER a',
    'ALTER TABLE ONLY public.t REPLICA IDENTITY USING INDEX i',
    'ALTER TABLE public.t CLUSTER ON i',
    'ALTER INDEX public.i ATTACH PARTITION public.i1',
    'ALTER INDEX public.i ALTER COLUMN 1 SET STATISTICS 100',
    'ALTER TABLE t ADD CONSTRAINT a UNIQUE (x), ADD CONSTRAINT b FOREIGN KEY (x) REFERENCES u',
  ],
}

describe('statements of honest dumps are run', () => {
  const cases = Object.entries(RUN).flatMap(([kind, texts]) => texts.map((text) => [text, kind]))
  test.each(cases)('%s', (text, kind) => {
    // A view's default is set like a table's.
    const expected = text.startsWith('ALTER TABLE ONLY public.v ') ? 'schema' : kind
    expect(decide(text)).toEqual({ kind: 'run', class: expected, text })
  })
})

describe('indexes and constraints name their table', () => {
  const t = { schema: 'public', name: 't' }
  test.each([
    ['CREATE INDEX i ON public.t USING btree (a)', 'index', t],
    ['CREATE UNIQUE INDEX "on" ON ONLY public."t" (a)', 'index', t],
    ['CREATE INDEX ON t (lower(a))', 'index', { schema: undefined, name: 't' }],
    ['ALTER TABLE ONLY public.t ADD CONSTRAINT a PRIMARY KEY (id)', 'constraint', t],
    ['ALTER TABLE public.t ADD CONSTRAINT "u;" UNIQUE (a, b)', 'constraint', t],
    ['ALTER TABLE public.t ADD CHECK ((a > 0)) NOT VALID', 'constraint', t],
    [
      'ALTER TABLE IF EXISTS public.t ADD CONSTRAINT e EXCLUDE USING gist (c WITH &&)',
      'constraint',
      t,
    ],
  ] as const)('%s', (text, kind, table) => {
    expect(decide(text)).toEqual({ kind: 'run', class: kind, text, table })
  })

  test('a foreign key names both', () => {
    const text =
      'ALTER TABLE ONLY public.t\n    ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES "B".u(id) ON DELETE CASCADE'
    expect(decide(text)).toEqual({
      kind: 'run',
      class: 'foreignKey',
      text,
      table: t,
      references: { schema: 'B', name: 'u' },
    })
  })

  test('an index is not built concurrently', () => {
    expect(decide('CREATE UNIQUE INDEX CONCURRENTLY i ON public.t (a)')).toMatchObject({
      text: 'CREATE UNIQUE INDEX i ON public.t (a)',
    })
  })
})

describe('what is not needed is left out without a word', () => {
  test.each([
    'SET statement_timeout = 0',
    'SET lock_timeout = 0',
    'SET idle_in_transaction_session_timeout = 0',
    'SET transaction_timeout = 0',
    "SET client_encoding = 'LATIN1'",
    "SET NAMES 'UTF8'",
    'SET standard_conforming_strings = off',
    'SET escape_string_warning = off',
    "SET default_tablespace = ''",
    'SET default_with_oids = false',
    'SET CONSTRAINTS ALL DEFERRED',
    'SET TRANSACTION READ ONLY',
    'RESET client_encoding',
    "SET SESSION AUTHORIZATION 'bob'",
    'SET SESSION AUTHORIZATION DEFAULT',
    'RESET SESSION AUTHORIZATION',
    'SET ROLE "Bob Smith"',
    'CREATE SCHEMA public',
    'CREATE SCHEMA IF NOT EXISTS "public"',
    'ALTER SCHEMA public OWNER TO bob',
    "COMMENT ON SCHEMA public IS 'standard public schema'",
    'ALTER TABLE public.t OWNER TO "Bob; Smith"',
    'ALTER FUNCTION public.f(integer, text) OWNER TO postgres',
    'ALTER LARGE OBJECT 4711 OWNER TO bob',
    'ALTER EVENT TRIGGER e OWNER TO bob',
    'GRANT ALL ON SCHEMA public TO PUBLIC',
    'GRANT SELECT(id),UPDATE(name) ON TABLE public.t TO bob WITH GRANT OPTION',
    'REVOKE USAGE ON SCHEMA public FROM PUBLIC',
    'ALTER DEFAULT PRIVILEGES FOR ROLE bob IN SCHEMA public GRANT SELECT ON TABLES TO alice',
    'CREATE EXTENSION IF NOT EXISTS plpgsql WITH SCHEMA pg_catalog',
    'CREATE OR REPLACE PROCEDURAL LANGUAGE plpgsql',
    "COMMENT ON EXTENSION pg_trgm IS 'x'",
    "COMMENT ON DATABASE d IS 'x'",
    "COMMENT ON EVENT TRIGGER e IS 'x'",
    'BEGIN',
    'START TRANSACTION',
    'COMMIT',
    'END',
    'DROP TABLE IF EXISTS public.t',
    'DROP SCHEMA public',
    'DROP EXTENSION IF EXISTS unaccent',
    'DROP DATABASE d',
    'ALTER TABLE IF EXISTS ONLY public.t DROP CONSTRAINT IF EXISTS c',
    'ALTER TABLE public.t ALTER COLUMN id DROP DEFAULT',
    'CREATE OR REPLACE VIEW public.v AS\nSELECT\n    NULL::integer AS id,\n    NULL::numeric(16,2) AS x',
    'ALTER TABLE public.t DISABLE TRIGGER ALL',
    'ALTER TABLE public.t SET WITHOUT OIDS',
    'ALTER TABLE public.t SET ACCESS METHOD heap',
    'VACUUM',
    'ANALYZE public.t',
    'LOCK TABLE public.t IN SHARE MODE',
    "SELECT * FROM pg_catalog.pg_restore_relation_stats(\n\t'version', '180000'::integer)",
    "SELECT pg_catalog.lowrite(0, '\\x00')",
    "SELECT pg_catalog.lo_unlink(oid) FROM pg_catalog.pg_largeobject_metadata WHERE oid = '1'",
    '/* nothing */',
  ])('%s', (text) => {
    expect(verdict(text)).toBe('skip')
  })
})

describe('what may be missed is left out with a finding', () => {
  test.each([
    ['SET session_replication_role = replica', 'SETTING_IGNORED'],
    ['SET plv8.start_proc = x', 'SETTING_IGNORED'],
    ['SET default_tablespace = fast', 'TABLESPACE_IGNORED'],
    ['SET default_table_access_method = columnar', 'ACCESS_METHOD_IGNORED'],
    ['ALTER TABLE public.t SET ACCESS METHOD columnar', 'ACCESS_METHOD_IGNORED'],
    ['SET default_with_oids = true', 'OIDS_IGNORED'],
    ["CREATE DATABASE d WITH TEMPLATE = template0 ENCODING = 'UTF8'", 'DATABASE_COMMAND_IGNORED'],
    ["ALTER DATABASE d SET statement_timeout TO '5min'", 'DATABASE_COMMAND_IGNORED'],
    ["ALTER ROLE bob IN DATABASE d SET work_mem TO '8MB'", 'DATABASE_COMMAND_IGNORED'],
    ["SECURITY LABEL FOR anon ON COLUMN public.t.a IS 'MASKED'", 'SECURITY_LABEL_SKIPPED'],
    ["SELECT pg_catalog.lo_create('4711')", 'LARGE_OBJECTS'],
    [
      'CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION public.f()',
      'SUPERUSER_OBJECT_SKIPPED',
    ],
    ['CREATE TRUSTED PROCEDURAL LANGUAGE plperl', 'SUPERUSER_OBJECT_SKIPPED'],
    [
      'CREATE OPERATOR CLASS public.o FOR TYPE integer USING btree AS STORAGE integer',
      'SUPERUSER_OBJECT_SKIPPED',
    ],
    ['CREATE OPERATOR FAMILY public.o USING btree', 'SUPERUSER_OBJECT_SKIPPED'],
    ['CREATE TEXT SEARCH TEMPLATE public.t (LEXIZE = dsimple_lexize)', 'SUPERUSER_OBJECT_SKIPPED'],
    ['CREATE CAST (integer AS text) WITH INOUT AS IMPLICIT', 'SUPERUSER_OBJECT_SKIPPED'],
    ['CREATE CAST (public.a AS public.b) WITHOUT FUNCTION', 'SUPERUSER_OBJECT_SKIPPED'],
    ['CREATE ACCESS METHOD a TYPE INDEX HANDLER h', 'SUPERUSER_OBJECT_SKIPPED'],
    ['CREATE PUBLICATION p FOR ALL TABLES', 'REPLICATION_SKIPPED'],
    ["CREATE SUBSCRIPTION s CONNECTION 'host=evil' PUBLICATION p", 'REPLICATION_SKIPPED'],
  ])('%s', (text, code) => {
    expect(verdict(text)).toBe(`skip ${code}`)
  })
})

test('grants are run when asked for, except on what is not restored', () => {
  const grants = { keepGrants: true }
  expect(verdict('GRANT SELECT ON TABLE public.t TO bob', grants)).toBe('run other')
  expect(verdict('REVOKE ALL ON FUNCTION public.f() FROM PUBLIC', grants)).toBe('run other')
  expect(verdict('ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO a', grants)).toBe('run other')
  expect(verdict('GRANT CONNECT ON DATABASE d TO bob', grants)).toBe('skip')
  expect(verdict('GRANT SELECT ON LARGE OBJECT 1 TO bob', grants)).toBe('skip')
  expect(verdict('GRANT admin TO bob', grants)).toBe('refuse ROLE_STATEMENT')
})

test('the role that owns a schema is not needed', () => {
  expect(decide('CREATE SCHEMA "a""b" AUTHORIZATION bob')).toMatchObject({
    text: 'CREATE SCHEMA "a""b"',
  })
  expect(decide('CREATE SCHEMA AUTHORIZATION bob')).toMatchObject({ text: 'CREATE SCHEMA "bob"' })
})
