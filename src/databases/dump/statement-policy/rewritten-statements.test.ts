import { describe, expect, test } from 'vitest'
import { decide, verdict } from './fixtures/decide.js'

const PG18 = { serverVersion: 180_003 }

describe('NOT NULL constraints of release 18 for older servers', () => {
  test.each([
    [
      'the column gets them',
      'CREATE TABLE public.t (\n    id integer,\n    "Na;me" text DEFAULT (lower(\'a, b\')),\n    CONSTRAINT n NOT NULL id,\n    NOT NULL "Na;me" NO INHERIT\n)',
      'CREATE TABLE public.t (\n    id integer NOT NULL,\n    "Na;me" text DEFAULT (lower(\'a, b\')) NOT NULL\n)',
    ],
    [
      'also before the column, and once',
      'CREATE TABLE t (NOT NULL id, id integer NOT NULL, CHECK ((id > 0)))',
      'CREATE TABLE t (id integer NOT NULL,\n    CHECK ((id > 0)))',
    ],
    [
      'an inherited column gets a check',
      'CREATE TABLE c (CONSTRAINT "n;n" NOT NULL a NO INHERIT, NOT NULL b) INHERITS (p)',
      'CREATE TABLE c (CONSTRAINT "n;n" CHECK ("a" IS NOT NULL) NO INHERIT,\n    CHECK ("b" IS NOT NULL)) INHERITS (p)',
    ],
    [
      'NO INHERIT of a column is taken out',
      'CREATE TABLE t (a integer CONSTRAINT n NOT NULL NO INHERIT DEFAULT 1, b integer)',
      'CREATE TABLE t (a integer CONSTRAINT n NOT NULL DEFAULT 1,\n    b integer)',
    ],
    [
      'ALTER TABLE sets it',
      'ALTER TABLE ONLY public.t\n    ADD CONSTRAINT n NOT NULL "I;d"',
      'ALTER TABLE ONLY public.t\n    ALTER COLUMN "I;d" SET NOT NULL',
    ],
    [
      'one that is not valid becomes a check',
      'ALTER TABLE public.t ADD CONSTRAINT n NOT NULL id NOT VALID',
      'ALTER TABLE public.t ADD CONSTRAINT "n" CHECK ("id" IS NOT NULL) NOT VALID',
    ],
  ])('%s', (_, text, expected) => {
    expect(decide(text)).toMatchObject({ kind: 'run', class: 'schema', text: expected })
    expect(decide(text, PG18)).toMatchObject({ kind: 'run', class: 'schema', text })
  })

  test.each([
    'CREATE TABLE t (a integer CONSTRAINT n NOT NULL, b text NOT NULL)',
    'CREATE TABLE t (a integer, CONSTRAINT c CHECK ((a IS NOT NULL)) NO INHERIT)',
    'CREATE TABLE t ("not" integer, "constraint" text)',
    'CREATE TABLE t PARTITION OF p FOR VALUES IN (NULL)',
  ])('%s stays as it is', (text) => {
    expect(decide(text)).toMatchObject({ text })
  })
})

describe('virtual columns', () => {
  const text =
    'CREATE TABLE public.t (a integer, "b;" integer GENERATED ALWAYS AS ((a + 1)), c int)'

  test('need release 18', () => {
    expect(decide(text)).toMatchObject({
      kind: 'refuse',
      code: 'VIRTUAL_COLUMN',
      message: expect.stringContaining('public.t.b;'),
    })
    expect(verdict(text, PG18)).toBe('run schema')
    expect(verdict('ALTER TABLE t ADD COLUMN x int GENERATED ALWAYS AS (1) VIRTUAL')).toBe(
      'refuse VIRTUAL_COLUMN',
    )
  })

  test.each([
    'CREATE TABLE t (a integer, b integer GENERATED ALWAYS AS ((a + 1)) STORED)',
    'CREATE TABLE t (a integer GENERATED ALWAYS AS IDENTITY (START WITH 1))',
  ])('%s is none', (stored) => {
    expect(verdict(stored)).toBe('run schema')
  })
})

describe('hidden columns of releases before 12', () => {
  test.each([
    ['CREATE TABLE t (a integer) WITH OIDS', 'CREATE TABLE t (a integer) '],
    ['CREATE TABLE t (a integer) WITH (oids=true)', 'CREATE TABLE t (a integer) '],
    [
      'CREATE TABLE t (a integer) WITH (oids, fillfactor=70)',
      'CREATE TABLE t (a integer) WITH (fillfactor=70)',
    ],
    [
      'CREATE TABLE t (a integer) WITH (fillfactor=70, oids=true)',
      'CREATE TABLE t (a integer) WITH (fillfactor=70)',
    ],
  ])('%s', (text, expected) => {
    expect(decide(text)).toMatchObject({ text: expected, finding: { code: 'OIDS_IGNORED' } })
  })

  test('WITHOUT OIDS is understood', () => {
    expect(decide('CREATE TABLE t (a integer) WITHOUT OIDS')).toEqual({
      kind: 'run',
      class: 'schema',
      text: 'CREATE TABLE t (a integer) WITHOUT OIDS',
    })
  })
})

describe('compression', () => {
  const lz4 = 'ALTER TABLE public.t ALTER COLUMN a SET COMPRESSION lz4'

  test('is set where the server knows it', () => {
    expect(verdict(lz4)).toBe('run schema')
    expect(verdict(lz4, { serverVersion: 130_000 })).toBe('skip')
    expect(verdict(lz4, { engine: 'embedded', ...PG18 })).toBe('skip')
    expect(verdict(lz4.replace('lz4', 'pglz'), { engine: 'embedded', ...PG18 })).toBe('run schema')
  })
})

describe('extensions', () => {
  test('are created by name and schema alone', () => {
    expect(decide('CREATE EXTENSION "uuid-ossp" SCHEMA "a""b" VERSION \'1.1\' CASCADE')).toEqual({
      kind: 'run',
      class: 'extension',
      text: 'CREATE EXTENSION IF NOT EXISTS "uuid-ossp" WITH SCHEMA "a""b"',
      extension: 'uuid-ossp',
      harmless: true,
    })
    expect(decide('create extension if not exists pg_trgm')).toMatchObject({
      text: 'CREATE EXTENSION IF NOT EXISTS "pg_trgm"',
    })
  })

  test('are only harmless when they are known', () => {
    expect(decide('CREATE EXTENSION pageinspect')).toMatchObject({ kind: 'run', harmless: false })
  })

  test.each(['dblink', 'postgres_fdw', 'plpython3u', 'adminpack', 'pg_cron'])(
    '%s is never created',
    (name) => {
      const availableExtensions = new Set([name])
      expect(verdict(`CREATE EXTENSION ${name}`, { availableExtensions })).toBe(
        'skip EXTENSION_SKIPPED',
      )
    },
  )

  test.each([
    'pg_stat_statements',
    'pg_buffercache',
    'pg_repack',
    'pgaudit',
    'timescaledb_toolkit',
  ])('%s is not missed', (name) => {
    expect(decide(`CREATE EXTENSION ${name} WITH SCHEMA public`)).toMatchObject({
      kind: 'skip',
      finding: { code: 'EXTENSION_SKIPPED', severity: 'warning' },
    })
  })

  test('others must be there', () => {
    expect(decide('CREATE EXTENSION IF NOT EXISTS postgis WITH SCHEMA public')).toMatchObject({
      kind: 'refuse',
      code: 'EXTENSION_MISSING',
      hint: expect.stringContaining('apt install postgresql-15-postgis-3'),
    })
    expect(decide('CREATE EXTENSION vector', { engine: 'embedded' })).toMatchObject({
      code: 'EXTENSION_MISSING',
      hint: expect.stringContaining('--db_host'),
    })
  })

  test.each([
    'CREATE EXTENSION pg_trgm; DROP TABLE t',
    'CREATE EXTENSION pg_trgm WITH SCHEMA public DROP',
    'CREATE EXTENSION a.b',
    "CREATE EXTENSION 'pg_trgm'",
  ])('%s is refused', (text) => {
    expect(decide(text).kind).toBe('refuse')
  })
})
