import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { type Cluster, raw, type Session, sql } from '../../../src/db/index.js'
import { failureOf, SUITE, type Suite } from './suite.js'

const ENDLESS = raw('SELECT count(*) FROM generate_series(1, 10000000000) AS a')

/** Cancelling by signal. On the memory engine this loses the data, so it comes last. */
export function cancellationTests({ engine, cluster, session }: Suite): void {
  const isMemory = engine.kind === 'embedded' && !engine.name.includes('disk')
  const cancelled = async (
    body: (db: Session) => Promise<unknown>,
    delay = 150,
  ): Promise<{ error: unknown; milliseconds: number }> => {
    const controller = new AbortController()
    const begun = performance.now()
    setTimeout(() => controller.abort(), delay)
    const error = await failureOf(session(body, { signal: controller.signal }))
    return { error, milliseconds: performance.now() - begun }
  }
  const recovers = async (at: Cluster): Promise<void> => {
    const database = isMemory ? at.maintenanceDatabase : SUITE
    const answer = at.withSession(database, (db) => db.query(sql`SELECT ${1}::int AS a`))
    expect((await answer).rows).toEqual([{ a: 1 }])
  }

  describe('cancellation', () => {
    it('of a session that has not begun opens none', async () => {
      const error = await failureOf(session(async () => {}, { signal: AbortSignal.abort() }))
      expect(error).toMatchObject({ code: 'CANCELLED', tier: 'user' })
    })

    it.skipIf(isMemory)('between two statements refuses the next', async () => {
      const { error } = await cancelled(async (db) => {
        await sleep(250)
        await db.query(raw('SELECT 1'))
      })
      expect(error).toMatchObject({ code: 'CANCELLED' })
      await recovers(cluster())
    })

    it.skipIf(isMemory)('stops a COPY whose source does not answer', async () => {
      const silent = async function* (): AsyncIterable<Uint8Array> {
        yield Buffer.from('1\n')
        await sleep(60_000, undefined, { ref: false })
      }
      const { error, milliseconds } = await cancelled(async (db) => {
        await db.execute(raw('CREATE TEMP TABLE c (a int)'))
        await db.copyIn(sql`COPY c FROM STDIN`, silent())
      })
      expect(error).toMatchObject({ code: 'CANCELLED' })
      expect(milliseconds).toBeLessThan(5_000)
      await recovers(cluster())
    })

    it.skipIf(isMemory)('stops reading a COPY', async () => {
      const { error } = await cancelled(async (db) => {
        const large = sql`COPY (SELECT repeat('x', 1000) FROM generate_series(1, 100000000)) TO STDOUT`
        for await (const _ of db.copyOut(large));
      })
      expect(error).toMatchObject({ code: 'CANCELLED' })
      await recovers(cluster())
    })

    it('stops a long statement soon, undoes its transaction, and the cluster goes on', async () => {
      await session((db) => db.execute(raw('CREATE TABLE IF NOT EXISTS in_doubt (a int)')))
      const { error, milliseconds } = await cancelled((db) =>
        db.transaction(async () => {
          await db.execute(raw('INSERT INTO in_doubt VALUES (1)'))
          await db.query(ENDLESS)
        }),
      )
      expect(error).toMatchObject({ code: 'CANCELLED' })
      expect(milliseconds).toBeLessThan(5_000)
      await recovers(cluster())
      if (isMemory) return
      const { rows } = await session((db) => db.query(raw('SELECT count(*) AS n FROM in_doubt')))
      expect(rows).toEqual([{ n: 0 }])
    })
  })
}
