import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { administer, dropWithFilestore } from '../../src/databases/manager/index.js'
import {
  type DatabaseHost,
  Progress,
  raw,
  restoreDatabase,
  sql,
  withBackupFile,
} from '../../src/index.js'
import { engines, useEngine } from '../support/engines.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const folder = await temporaryFolder()
afterAll(() => folder.remove())
const usable = (await engines()).filter(
  (engine) => engine.unavailable === undefined && engine.name !== 'embedded on disk',
)
const progress = new Progress()

/** Statements that a dump could hide in a function, which the restore then runs for a default value. */
const HIDDEN: readonly [string, string][] = [
  ['a program', "COPY (SELECT 1) TO PROGRAM 'id'"],
  ['a file of the server read', "PERFORM pg_read_file('PG_VERSION')"],
  ['a file of the server written', "COPY (SELECT 1) TO '/tmp/moult-strange'"],
  ['a directory of the server', "PERFORM pg_ls_dir('.')"],
  ['a large object from a file', "PERFORM lo_import('/etc/passwd')"],
  ['the role given back', "RESET ROLE; PERFORM pg_read_file('PG_VERSION')"],
  [
    'another role',
    "EXECUTE format('SET ROLE %I', (SELECT rolname FROM pg_roles WHERE rolsuper LIMIT 1))",
  ],
  ['another session user', "SET SESSION AUTHORIZATION DEFAULT; PERFORM pg_read_file('PG_VERSION')"],
  ['rights for oneself', "EXECUTE format('ALTER ROLE %I SUPERUSER', current_user)"],
  ['a new superuser', 'CREATE ROLE evil SUPERUSER'],
  ['a setting of the server', "PERFORM set_config('session_preload_libraries', 'x', false)"],
  ['an untrusted extension', 'CREATE EXTENSION file_fdw SCHEMA public'],
  ['the catalog', 'UPDATE pg_catalog.pg_authid SET rolsuper = true'],
]

describe.each(usable)('a dump of a stranger on $name', (engine) => {
  const cluster = useEngine(engine)
  const host = (): DatabaseHost => ({
    cluster: cluster(),
    filestoreRoot: join(folder.path, 'files'),
  })

  async function restore(text: string, name: string) {
    const file = join(folder.path, 'strange.sql')
    await writeFile(file, text)
    return withBackupFile(file, progress, (backup) =>
      restoreDatabase(host(), backup, progress, { name }),
    )
  }

  test('cannot reach more than its database', async () => {
    // Each attempt runs for a default value while the dump is loaded, and notes how it ended.
    const attempts = HIDDEN.map(
      ([name, body], at) => `CREATE FUNCTION public.f${at}() RETURNS text LANGUAGE plpgsql AS $f$
BEGIN ${body}; RETURN 'reached'; EXCEPTION WHEN OTHERS THEN RETURN SQLSTATE; END $f$;
CREATE TABLE public.t${at} (name text, outcome text DEFAULT public.f${at}());
INSERT INTO public.t${at} (name) VALUES ('${name}');`,
    )
    await restore(attempts.join('\n'), 'strange')
    const tables = HIDDEN.map((_, at) => `SELECT name, outcome FROM public.t${at}`)
    const { rows } = await cluster().withSession('strange', (session) =>
      session.query<{ name: string; outcome: string }>(raw(tables.join(' UNION ALL '))),
    )
    await dropWithFilestore(host(), 'strange')
    expect(rows).toHaveLength(HIDDEN.length)
    // Not allowed, or on the embedded engine not there at all.
    const refused = ['42501', '58P01', '0A000']
    expect(rows.filter(({ outcome }) => !refused.includes(outcome))).toEqual([])
  })

  test('cannot use what the restore itself writes', async () => {
    const text = `CREATE FUNCTION public.f() RETURNS trigger LANGUAGE plpgsql AS $f$
BEGIN CREATE ROLE evil SUPERUSER; RETURN NEW; END $f$;
CREATE TABLE public.ir_config_parameter (id serial, key varchar UNIQUE, value text,
  create_date timestamp, create_uid integer, write_date timestamp, write_uid integer);
CREATE TRIGGER f BEFORE INSERT ON public.ir_config_parameter FOR EACH ROW EXECUTE FUNCTION public.f();`
    await expect(restore(text, 'strange')).rejects.toMatchObject({
      data: expect.objectContaining({ sqlState: '42501' }),
    })
  })

  test('leaves no role and no database behind', async () => {
    const { rows } = await administer(cluster(), (session) =>
      session.query<{ name: string }>(sql`
        SELECT datname AS name FROM pg_database WHERE datname LIKE 'moult%' OR datname = 'strange'
        UNION ALL SELECT rolname FROM pg_roles WHERE rolname LIKE 'moult\\_tmp%' OR rolname = 'evil'`),
    )
    expect(rows).toEqual([])
  })

  test('may bring functions and triggers, which end up with an owner that is no superuser', async () => {
    const report = await restore(
      `CREATE FUNCTION public.stamp() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $f$
         BEGIN NEW.seen := true; RETURN NEW; END $f$;
       CREATE TABLE public.t (id integer, seen boolean);
       CREATE TRIGGER stamp BEFORE INSERT ON public.t FOR EACH ROW EXECUTE FUNCTION public.stamp();`,
      'honest',
    )
    expect(report.findings).toEqual([])
    const { rows } = await cluster().withSession('honest', (session) =>
      session.query(sql`
        SELECT (SELECT rolsuper FROM pg_roles WHERE oid = relowner) AS superuser FROM pg_class WHERE relname = 't'`),
    )
    expect(rows).toEqual([{ superuser: false }])
  })
})
