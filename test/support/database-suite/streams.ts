import { describe, expect, it } from 'vitest'
import { hasSqlState, raw, type Sql, sql } from '../../../src/db/index.js'
import { failureOf, type Suite } from './suite.js'

/** Rows by cursor. */
export function streamTests({ session }: Suite): void {
  const sizesOf = (statement: Sql, batchSize: number): Promise<number[]> =>
    session((db) =>
      db.transaction(async () => {
        const sizes: number[] = []
        for await (const rows of db.stream(statement, batchSize)) sizes.push(rows.length)
        return sizes
      }),
    )

  describe('streams', () => {
    it.each([
      [0, []],
      [1, [1]],
      [100, [100]],
      [250, [100, 100, 50]],
    ])('give %i rows in batches', async (rows, batches) => {
      expect(await sizesOf(sql`SELECT generate_series(1, ${rows}::int)`, 100)).toEqual(batches)
    })

    it('give every row once, with parameters and types', () =>
      session((db) =>
        db.transaction(async () => {
          let next = 1
          const statement = sql`SELECT n::int8 * ${2}::int AS n FROM generate_series(1, 100000) AS n`
          for await (const rows of db.stream<{ n: number }>(statement, 5000)) {
            for (const { n } of rows) {
              if (n !== next * 2) expect(n).toBe(next * 2)
              next += 1
            }
          }
          expect(next).toBe(100001)
        }),
      ))

    it('stop early, and leave the transaction usable', () =>
      session((db) =>
        db.transaction(async () => {
          for await (const rows of db.stream(raw('SELECT generate_series(1, 1000000)'), 10)) {
            expect(rows.length).toBe(10)
            break
          }
          const { rows } = await db.query(
            raw("SELECT count(*) AS n FROM pg_cursors WHERE name ~ '^moult'"),
          )
          expect(rows).toEqual([{ n: 0 }])
        }),
      ))

    it('run side by side in one session', () =>
      session((db) =>
        db.transaction(async () => {
          const pairs: unknown[] = []
          for await (const [outer] of db.stream(raw('SELECT generate_series(1, 2) AS n'), 1)) {
            for await (const [inner] of db.stream(raw('SELECT generate_series(3, 4) AS n'), 1)) {
              pairs.push([outer?.n, inner?.n])
            }
          }
          expect(pairs).toEqual([
            [1, 3],
            [1, 4],
            [2, 3],
            [2, 4],
          ])
        }),
      ))

    it('fail where a row fails, with the rows before it given', async () => {
      const batches: number[] = []
      const failing = session((db) =>
        db.transaction(async () => {
          const statement = raw('SELECT 1 / (150 - n) FROM generate_series(1, 300) AS n')
          for await (const rows of db.stream(statement, 100)) batches.push(rows.length)
        }),
      )
      expect(hasSqlState(await failureOf(failing), '22012')).toBe(true)
      expect(batches).toEqual([100])
      expect(await sizesOf(raw('SELECT 1'), 10)).toEqual([1])
    })

    it('keep the error of a loop that fails', async () => {
      const failing = session((db) =>
        db.transaction(async () => {
          for await (const _ of db.stream(raw('SELECT generate_series(1, 100)'), 10)) {
            await db.query(raw('SELECT nope'))
          }
        }),
      )
      expect(hasSqlState(await failureOf(failing), '42703')).toBe(true)
    })

    it('need a transaction', async () => {
      const alone = session(async (db) => {
        for await (const _ of db.stream(raw('SELECT 1'), 10));
      })
      expect(hasSqlState(await failureOf(alone), '25P01')).toBe(true)
    })
  })
}
