import { describe, expect, it } from 'vitest'
import { raw, sql } from '../../../src/db/index.js'
import { failureOf, runInSuite, SUITE, type Suite } from './suite.js'

/** Several databases of one cluster, and the locks on their names. */
export function databaseTests(suite: Suite): void {
  const { engine, cluster } = suite
  const valueIn = (database: string): Promise<unknown> =>
    cluster().withSession(database, async (db) => {
      const { rows } = await db.query(raw('SELECT v FROM kept'))
      return rows[0]?.v
    })

  describe('databases', () => {
    it('are created, copied, renamed and dropped', async () => {
      await runInSuite(suite, 'CREATE DATABASE first')
      await cluster().withSession('first', (db) =>
        db.execute(raw("CREATE TABLE kept (v text); INSERT INTO kept VALUES ('here')")),
      )
      await runInSuite(
        suite,
        'CREATE DATABASE "Second one" TEMPLATE first',
        'DROP DATABASE first WITH (FORCE)',
        'ALTER DATABASE "Second one" RENAME TO third',
      )
      expect(await valueIn('third')).toBe('here')
      for (const gone of ['first', 'Second one']) {
        expect(await failureOf(valueIn(gone))).toMatchObject({ code: 'DATABASE_UNKNOWN' })
      }
      await runInSuite(suite, 'DROP DATABASE third')
    })

    it('that do not exist are refused by name', async () => {
      const unknown = cluster().withSession('no such "thing"', async () => {})
      expect(await failureOf(unknown)).toMatchObject({
        code: 'DATABASE_UNKNOWN',
        tier: 'user',
        data: { database: 'no such "thing"' },
      })
      const confined = cluster().withConfinedSession(
        'nowhere',
        { name: 'postgres' },
        async () => {},
      )
      expect(await failureOf(confined)).toBeInstanceOf(Error)
    })
  })

  describe('locks', () => {
    it('keep a second operation out, naming the first, until they are released', async () => {
      const lock = await cluster().lock('some database', 'restore a.zip')
      const refused = await failureOf(cluster().lock('some database', 'drop'))
      expect(refused).toMatchObject({ code: 'DATABASE_BUSY', data: { database: 'some database' } })
      expect((refused as Error).message).toContain('restore a.zip')
      const other = await cluster().lock('another database', 'drop')
      await other.release()
      await lock.release()
      await (await cluster().lock('some database', 'drop')).release()
    })

    it('do not keep sessions out', async () => {
      const lock = await cluster().lock(SUITE, 'look')
      const { rows } = await cluster().withSession(SUITE, (db) => db.query(sql`SELECT 1 AS a`))
      expect(rows).toEqual([{ a: 1 }])
      await lock.release()
    })
  })

  describe('sessions', () => {
    it('of one cluster may be asked for at the same time', async () => {
      const asked = Array.from({ length: 20 }, (_, n) =>
        cluster().withSession(SUITE, async (db) => {
          const { rows } = await db.query(sql`SELECT ${n}::int AS n`)
          return rows[0]?.n
        }),
      )
      expect(await Promise.all(asked)).toEqual(Array.from({ length: 20 }, (_, n) => n))
    })

    it.runIf(engine.kind === 'embedded')(
      'inside one another are refused by the embedded engine',
      async () => {
        const nested = cluster().withSession(SUITE, () =>
          cluster().withSession(SUITE, async () => {}),
        )
        expect(await failureOf(nested)).toMatchObject({ code: 'EMBEDDED_NESTED_SESSION' })
        const closing = cluster().withSession(SUITE, () => cluster().close())
        expect(await failureOf(closing)).toMatchObject({ code: 'EMBEDDED_NESTED_SESSION' })
      },
    )

    it('may be opened by what a session has started, once it has ended', async () => {
      const open = (): Promise<string> => cluster().withSession(SUITE, async () => 'opened')
      let end = (): void => {}
      const ended = new Promise<void>((done) => {
        end = done
      })
      const later = await cluster().withSession(SUITE, async () => ({
        outcome: ended.then(open),
      }))
      end()
      expect(await later.outcome).toBe('opened')
    })
  })
}
