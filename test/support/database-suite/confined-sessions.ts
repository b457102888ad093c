import { beforeAll, describe, expect, it } from 'vitest'
import { DatabaseError, type RunElevated, raw, type Session, sql } from '../../../src/db/index.js'
import { failureOf, inChunks, runInSuite, SUITE, type Suite, textOf } from './suite.js'

const GUEST = { name: 'Guest "1"' }
const GUEST_SQL = '"Guest ""1"""'

/** Each must fail, whatever was tried before it. */
const ESCAPES: readonly string[] = [
  'SET ROLE SUPERUSER_NAME',
  'SET SESSION AUTHORIZATION SUPERUSER_NAME',
  "SELECT set_config('role', 'SUPERUSER_NAME', false)",
  "SELECT set_config('session_authorization', 'SUPERUSER_NAME', false)",
  'RESET ROLE; CREATE ROLE escaped SUPERUSER',
  'RESET SESSION AUTHORIZATION; CREATE ROLE escaped SUPERUSER',
  'SET SESSION AUTHORIZATION DEFAULT; CREATE ROLE escaped SUPERUSER',
  'ROLLBACK; CREATE ROLE escaped SUPERUSER',
  'COMMIT; CREATE ROLE escaped SUPERUSER',
  'BEGIN; ROLLBACK; BEGIN; CREATE ROLE escaped SUPERUSER',
  'SAVEPOINT s; ROLLBACK TO s; CREATE ROLE escaped SUPERUSER',
  `ALTER ROLE ${GUEST_SQL} SUPERUSER`,
  `ALTER ROLE ${GUEST_SQL} LOGIN`,
  'UPDATE pg_authid SET rolsuper = true',
  'SELECT rolpassword FROM pg_authid',
  "COPY (SELECT 1) TO PROGRAM 'id'",
  "COPY (SELECT 1) TO '/tmp/moult-escaped'",
  "CREATE TEMP TABLE f (a text); COPY f FROM '/etc/passwd'",
  "SELECT pg_read_file('PG_VERSION')",
  "SELECT pg_ls_dir('.')",
  "SELECT lo_import('/etc/passwd')",
  "SELECT lo_export(lo_create(0), '/tmp/moult-escaped')",
  'CREATE EXTENSION file_fdw',
  'CREATE EXTENSION pageinspect',
  "CREATE FUNCTION f() RETURNS int LANGUAGE c AS 'libc', 'system'",
  "LOAD '/tmp/moult-escaped.so'",
  'ALTER SYSTEM SET fsync = off',
  'SELECT pg_reload_conf()',
  "SET session_preload_libraries = 'x'",
  'CREATE DATABASE escaped',
]

/** Sessions of a role that cannot become anybody else. */
export function confinedTests(suite: Suite): void {
  const { engine, cluster, session } = suite
  const confined = <T>(
    body: (db: Session, elevated: RunElevated) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> => cluster().withConfinedSession(SUITE, GUEST, body, signal && { signal })
  const superuser = (): Promise<string> =>
    session(async (db) => {
      const { rows } = await db.query(
        raw(`SELECT session_user || ' ' || current_setting('is_superuser') AS s`),
      )
      return String(rows[0]?.s)
    })

  describe('confined sessions', () => {
    let before = ''

    beforeAll(async () => {
      if (engine.unavailable !== undefined) return
      await runInSuite(
        suite,
        `CREATE ROLE ${GUEST_SQL} NOLOGIN`,
        `ALTER DATABASE ${SUITE} OWNER TO ${GUEST_SQL}`,
      )
      before = await superuser()
    })

    it('run as the role and return what the body returns', async () => {
      const { rows } = await confined((db) =>
        db.query(
          raw(`SELECT session_user AS s, current_user AS c, current_setting('is_superuser') AS su`),
        ),
      )
      expect(rows).toEqual([{ s: GUEST.name, c: GUEST.name, su: 'off' }])
      expect(await superuser()).toBe(before)
    })

    it('keep what they did, and own it', async () => {
      await confined(async (db) => {
        await db.execute(raw('CREATE TABLE of_guest (a int)'))
        await db.copyIn(sql`COPY of_guest FROM STDIN`, inChunks('1\n2\n', 3))
        await db.transaction(() => db.execute(raw('INSERT INTO of_guest VALUES (3)')))
        expect(await textOf(db.copyOut(sql`COPY of_guest TO STDOUT`))).toBe('1\n2\n3\n')
      })
      const { rows } = await session((db) =>
        db.query(
          raw(`SELECT tableowner AS o, (SELECT count(*) FROM of_guest) AS n
                        FROM pg_tables WHERE tablename = 'of_guest'`),
        ),
      )
      expect(rows).toEqual([{ o: GUEST.name, n: 3 }])
    })

    it.each(ESCAPES)('cannot escape by %s', async (text) => {
      const attempt = text.replaceAll('SUPERUSER_NAME', before.split(' ')[0] ?? '')
      const tried = confined(async (db) => {
        const error = await failureOf(db.execute(raw(attempt)))
        const next = db.execute(raw('ROLLBACK; CREATE ROLE escaped SUPERUSER'))
        return { error, after: await failureOf(next) }
      })
      // The role may have ended its transaction with it; that is refused too, and gives nothing.
      const outcome = await tried.catch((error: unknown) => ({ error, after: error }))
      expect(outcome.error).toBeInstanceOf(Error)
      expect(outcome.after).toBeInstanceOf(Error)
      const { rows } = await session((db) =>
        db.query(
          raw(`SELECT rolname FROM pg_roles WHERE rolname = 'escaped' OR rolsuper AND rolname ~ 'Guest'
                      UNION ALL SELECT datname FROM pg_database WHERE datname = 'escaped'`),
        ),
      )
      expect(rows).toEqual([])
      expect(await superuser()).toBe(before)
    })

    it('may create trusted extensions in a database that the role owns', async () => {
      await confined((db) => db.execute(raw('CREATE EXTENSION pg_trgm; CREATE EXTENSION unaccent')))
      const { rows } = await session((db) =>
        db.query(raw("SELECT unaccent('é') AS e, similarity('a', 'a') AS s")),
      )
      expect(rows).toEqual([{ e: 'e', s: 1 }])
    })

    it('let moult itself run a statement with more rights', async () => {
      const [refused, user] = await confined(async (db, elevated) => {
        await elevated(raw('ALTER FUNCTION unaccent(text) IMMUTABLE'))
        const failed = await failureOf(elevated(raw('ALTER FUNCTION nope() IMMUTABLE')))
        const { rows } = await db.query(
          raw("SELECT current_user || current_setting('is_superuser') AS u"),
        )
        return [failed, rows[0]?.u]
      })
      expect(refused).toBeInstanceOf(DatabaseError)
      expect(user).toBe(`${GUEST.name}off`)
      const { rows } = await session((db) =>
        db.query(
          raw("SELECT provolatile AS v FROM pg_proc WHERE oid = 'unaccent(text)'::regprocedure"),
        ),
      )
      expect(rows).toEqual([{ v: 'i' }])
    })

    it('leave nothing in the connection: settings, temporary tables, functions put off', async () => {
      await confined((db) =>
        db.execute(
          raw(`SET work_mem TO '1MB'; CREATE TEMP TABLE lasting (a int);
               CREATE FUNCTION who() RETURNS trigger LANGUAGE plpgsql AS
                 $$BEGIN INSERT INTO seen VALUES (current_user); RETURN NULL; END$$;
               CREATE TABLE seen (who text); CREATE TABLE watched (a int);
               CREATE CONSTRAINT TRIGGER late AFTER INSERT ON watched
                 DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION who();
               INSERT INTO watched VALUES (1)`),
        ),
      )
      const { rows } = await session((db) =>
        db.query(
          raw(
            `SELECT to_regclass('lasting') AS t, current_setting('work_mem') <> '1MB' AS reset, who FROM seen`,
          ),
        ),
      )
      expect(rows).toEqual([{ t: null, reset: true, who: GUEST.name }])
    })

    it('fail with the error of their body, and the superuser is back', async () => {
      const reason = new Error('reason')
      const failing = confined(async (db) => {
        await db.execute(raw('CREATE TABLE undone ()'))
        await failureOf(db.query(raw('SELECT 1/0')))
        throw reason
      })
      expect(await failureOf(failing)).toBe(reason)
      expect(await superuser()).toBe(before)
    })

    it('refuse roles that could become others, and unknown ones', async () => {
      const nobody = cluster().withConfinedSession(SUITE, { name: 'nobody' }, async () => {})
      expect(await failureOf(nobody)).toMatchObject({ code: 'ROLE_UNKNOWN' })
      await runInSuite(suite, 'CREATE ROLE boss SUPERUSER', 'CREATE ROLE heir IN ROLE boss')
      for (const name of ['boss', 'heir']) {
        const powerful = cluster().withConfinedSession(SUITE, { name }, async () => {})
        expect(await failureOf(powerful)).toMatchObject({ code: 'ROLE_NOT_CONFINED' })
      }
      await runInSuite(suite, 'DROP ROLE heir', 'DROP ROLE boss')
    })

    it
      .runIf(engine.kind === 'embedded')
      .each([['COMMIT'], ['ROLLBACK'], ['COMMIT; BEGIN'], ['ROLLBACK AND CHAIN']])(
      'cannot end the transaction that the embedded engine puts around them: %s',
      async (text) => {
        const ending = confined(async (db) => {
          await db.execute(raw('CREATE TABLE half_made ()'))
          await db.execute(raw(text))
        })
        expect(await failureOf(ending)).toMatchObject({ code: 'TRANSACTION_ENDED' })
        await session((db) => db.execute(raw('DROP TABLE IF EXISTS half_made')))
      },
    )

    it.runIf(engine.kind !== 'embedded')(
      'run side by side, and the role cannot log in otherwise',
      async () => {
        const users = await Promise.all(
          Array.from({ length: 6 }, () =>
            confined((db) => db.query(raw('SELECT current_user AS u'))),
          ),
        )
        expect(users.flatMap(({ rows }) => rows)).toEqual(Array(6).fill({ u: GUEST.name }))
        const { rows } = await session((db) =>
          db.query(
            sql`SELECT rolcanlogin AS login, rolpassword AS password FROM pg_authid WHERE rolname = ${GUEST.name}`,
          ),
        )
        expect(rows).toEqual([{ login: false, password: null }])
      },
    )
  })
}
