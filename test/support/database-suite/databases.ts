import { describe, expect, it } from 'vitest'
import { raw, sql } from '../../../src/db/index.js'
import { administer, failureOf, type Suite } from './suite.js'

/** Several databases of one cluster, and the locks on their names. */
export function databaseTests({ engine, cluster }: Suite): void {
  const valueIn = (database: string): Promise<unknown> =>
    cluster().withSession(database, async (db) => {
      const { rows } = await db.query(raw('SELECT v FROM kept'))
      return rows[0]?.v
    })

  describe('databases', () => {
    it('are created, copied, renamed and dropped', async () => {
      await administer(cluster(), 'CREATE DATABASE first')
      await cluster().withSession('first', (db) =>
        db.execute(raw("CREATE TABLE kept (v text); INSERT INTO kept VALUES ('here')")),
      )
      await administer(
        cluster(),
        'CREATE DATABASE "Second one" TEMPLATE first',
        'ALTER DATABASE first RENAME TO renamed',
      )
      expect(await valueIn('Second one')).toBe('here')
      expect(await valueIn('renamed')).toBe('here')
      await administer(cluster(), 'DROP DATABASE renamed WITH (FORCE)')
      expect(await failureOf(valueIn('renamed'))).toMatchObject({ code: 'DATABASE_UNKNOWN' })
      await administer(cluster(), 'DROP DATABASE "Second one"')
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
      const { maintenanceDatabase } = cluster()
      const lock = await cluster().lock(maintenanceDatabase, 'look')
      const { rows } = await cluster().withSession(maintenanceDatabase, (db) =>
        db.query(sql`SELECT 1 AS a`),
      )
      expect(rows).toEqual([{ a: 1 }])
      await lock.release()
    })
  })

  describe('sessions', () => {
    it('of one cluster may be asked for at the same time', async () => {
      const asked = Array.from({ length: 20 }, (_, n) =>
        cluster().withSession(cluster().maintenanceDatabase, async (db) => {
          const { rows } = await db.query(sql`SELECT ${n}::int AS n`)
          return rows[0]?.n
        }),
      )
      expect(await Promise.all(asked)).toEqual(Array.from({ length: 20 }, (_, n) => n))
    })

    it.runIf(engine.kind === 'embedded')(
      'inside one another are refused by the embedded engine',
      async () => {
        const { maintenanceDatabase } = cluster()
        const nested = cluster().withSession(maintenanceDatabase, () =>
          cluster().withSession(maintenanceDatabase, async () => {}),
        )
        expect(await failureOf(nested)).toMatchObject({ code: 'EMBEDDED_NESTED_SESSION' })
        const closing = cluster().withSession(maintenanceDatabase, () => cluster().close())
        expect(await failureOf(closing)).toMatchObject({ code: 'EMBEDDED_NESTED_SESSION' })
      },
    )

    it('may be opened by what a session has started, once it has ended', async () => {
      const { maintenanceDatabase } = cluster()
      const open = (): Promise<string> =>
        cluster().withSession(maintenanceDatabase, async () => 'opened')
      let end = (): void => {}
      const ended = new Promise<void>((done) => {
        end = done
      })
      const later = await cluster().withSession(maintenanceDatabase, async () => ({
        outcome: ended.then(open),
      }))
      end()
      expect(await later.outcome).toBe('opened')
    })
  })
}
