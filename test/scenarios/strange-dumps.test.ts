import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { administer } from '../../src/databases/manager/index.js'
import {
  type DatabaseHost,
  type MoultError,
  Progress,
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

  async function hidden(body: string): Promise<unknown> {
    const text = `CREATE FUNCTION public.f() RETURNS integer LANGUAGE plpgsql AS $f$ BEGIN ${body}; RETURN 1; END $f$;
CREATE TABLE public.t (id integer DEFAULT public.f());
INSERT INTO public.t DEFAULT VALUES;`
    return restore(text, 'strange').then(
      () => undefined,
      (error: unknown) => error,
    )
  }

  test.each(HIDDEN)('cannot reach %s', async (_, body) => {
    const error = await hidden(body)
    expect(error).toMatchObject({ code: 'DUMP_STATEMENT_FAILED' })
    // Not allowed, or on the embedded engine not there at all.
    expect(['42501', '58P01', '0A000']).toContain((error as MoultError).data.sqlState)
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
