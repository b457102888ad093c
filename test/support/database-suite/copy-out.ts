import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { raw, type Sql, sql } from '../../../src/db/index.js'
import { failureOf, type Suite, textOf } from './suite.js'

const MEGABYTE = 1024 * 1024
/** Each row is 1 kB. */
const rowsOut = (rows: number): Sql =>
  sql`COPY (SELECT repeat('x', 1023) FROM generate_series(1, ${raw(String(rows))})) TO STDOUT`
const HUGE_ROWS = 80_000
const HUGE = rowsOut(HUGE_ROWS)
/** More than what is under way when a reader has stopped. */
const LARGE = rowsOut(24_000)

/** COPY … TO STDOUT. */
export function copyOutTests({ session }: Suite): void {
  describe('copy out', () => {
    it('gives the text of all rows', async () => {
      const statement = sql`COPY (SELECT n, 'a' || chr(9) || chr(10) || chr(92) FROM generate_series(1, 2) AS n) TO STDOUT`
      const text = await session((db) => textOf(db.copyOut(statement)))
      expect(text).toBe('1\ta\\t\\n\\\\\n2\ta\\t\\n\\\\\n')
    })

    it('gives nothing for nothing', async () => {
      const statement = sql`COPY (SELECT 1 WHERE false) TO STDOUT`
      expect(await session((db) => textOf(db.copyOut(statement)))).toBe('')
    })

    it('waits for a slow reader', () =>
      session(async (db) => {
        const before = process.memoryUsage().arrayBuffers
        let bytes = 0
        let most = 0
        let chunks = 0
        for await (const chunk of db.copyOut(HUGE)) {
          bytes += chunk.byteLength
          chunks += 1
          if (chunks % 40 === 1 && chunks < 400) {
            await sleep(20)
            most = Math.max(most, process.memoryUsage().arrayBuffers - before)
          }
        }
        expect(bytes).toBe(HUGE_ROWS * 1024)
        expect(most).toBeLessThan(48 * MEGABYTE)
      }))

    it('stops early, and leaves the session usable', () =>
      session(async (db) => {
        for (let turn = 1; turn <= 2; turn += 1) {
          for await (const chunk of db.copyOut(LARGE)) {
            expect(chunk.byteLength).toBeGreaterThan(0)
            break
          }
          expect((await db.query(sql`SELECT ${turn}::int AS turn`)).rows).toEqual([{ turn }])
        }
      }))

    it('stops early inside a transaction, and leaves that usable', () =>
      session((db) =>
        db.transaction(async () => {
          await db.execute(raw('CREATE TEMP TABLE kept AS SELECT 1 AS a'))
          for await (const _ of db.copyOut(LARGE)) break
          expect((await db.query(raw('SELECT a FROM kept'))).rows).toEqual([{ a: 1 }])
          expect(await textOf(db.copyOut(sql`COPY kept TO STDOUT`))).toBe('1\n')
        }),
      ))

    it('keeps the error of a reader that fails', async () => {
      const reason = new Error('reader')
      const failing = session(async (db) => {
        for await (const _ of db.copyOut(LARGE)) throw reason
      })
      expect(await failureOf(failing)).toBe(reason)
    })

    it('fails where a row fails', () =>
      session(async (db) => {
        const failing = sql`COPY (SELECT 1 / (5000 - n) FROM generate_series(1, 9999) AS n) TO STDOUT`
        expect(await failureOf(textOf(db.copyOut(failing)))).toMatchObject({ sqlState: '22012' })
        expect(await failureOf(textOf(db.copyOut(sql`COPY nowhere TO STDOUT`)))).toMatchObject({
          sqlState: '42P01',
        })
        expect(await textOf(db.copyOut(sql`COPY (SELECT 1) TO STDOUT`))).toBe('1\n')
      }))
  })
}
