import { describe, expect, it } from 'vitest'
import { hasSqlState, raw, type Session, sql } from '../../../src/db/index.js'
import { countOf, failureOf, type Suite } from './suite.js'

/** Transactions and savepoints. */
export function transactionTests({ session }: Suite): void {
  const inTable = <T>(body: (db: Session) => Promise<T>): Promise<T> =>
    session(async (db) => {
      await db.execute(raw('CREATE TEMP TABLE t (a int)'))
      return body(db)
    })
  const insert = (db: Session): Promise<void> => db.execute(raw('INSERT INTO t VALUES (1)'))

  describe('transactions', () => {
    it('keep what their body did and return its result', () =>
      inTable(async (db) => {
        expect(await db.transaction(() => insert(db).then(() => 'result'))).toBe('result')
        expect(await countOf(db, 't')).toBe(1)
      }))

    it('undo what a failing body did, and fail with its error', () =>
      inTable(async (db) => {
        const reason = new Error('reason')
        const failing = db.transaction(async () => {
          await insert(db)
          throw reason
        })
        expect(await failureOf(failing)).toBe(reason)
        expect(await countOf(db, 't')).toBe(0)
      }))

    it('do not nest', () =>
      inTable(async (db) => {
        const nested = db.transaction(() => db.transaction(() => insert(db)))
        expect(await failureOf(nested)).toMatchObject({
          code: 'NESTED_TRANSACTION',
          tier: 'internal',
        })
        await db.transaction(() => insert(db))
        expect(await countOf(db, 't')).toBe(1)
      }))

    it('fail when a failed statement was ignored, as nothing was kept', () =>
      inTable(async (db) => {
        const ignoring = db.transaction(async () => {
          await insert(db)
          await failureOf(db.query(raw('SELECT 1/0')))
        })
        expect(await failureOf(ignoring)).toMatchObject({ code: 'TRANSACTION_FAILED' })
        expect(await countOf(db, 't')).toBe(0)
      }))

    it('refuse statements after a failed one', () =>
      inTable(async (db) => {
        const going = db.transaction(async () => {
          await failureOf(db.query(raw('SELECT 1/0')))
          await insert(db)
        })
        expect(hasSqlState(await failureOf(going), '25P02')).toBe(true)
      }))

    it('fail when a statement has ended them', async () => {
      const ended = inTable((db) => db.transaction(() => db.execute(raw('COMMIT'))))
      expect(await failureOf(ended)).toMatchObject({ code: 'TRANSACTION_ENDED' })
    })

    it('fail when a deferred constraint does not hold at their end', () =>
      session(async (db) => {
        await db.execute(raw('CREATE TEMP TABLE u (a int UNIQUE DEFERRABLE INITIALLY DEFERRED)'))
        const failing = db.transaction(() => db.execute(raw('INSERT INTO u VALUES (1), (1)')))
        expect(hasSqlState(await failureOf(failing), '23505')).toBe(true)
        expect(await countOf(db, 'u')).toBe(0)
      }))

    it('can be read-only and of another isolation', () =>
      session(async (db) => {
        const { rows } = await db.transaction(
          () => db.query(raw("SELECT current_setting('transaction_isolation') AS i")),
          { isolation: 'repeatable read', readOnly: true },
        )
        expect(rows).toEqual([{ i: 'repeatable read' }])
        const writing = db.transaction(() => db.execute(raw('CREATE TABLE w ()')), {
          readOnly: true,
        })
        expect(hasSqlState(await failureOf(writing), '25006')).toBe(true)
      }))

    it('that a session leaves open are undone, and said', async () => {
      await session((db) => db.execute(raw('CREATE TABLE left_open (a int)')))
      const leaving = session((db) => db.execute(raw('BEGIN; INSERT INTO left_open VALUES (1)')))
      expect(await failureOf(leaving)).toMatchObject({ code: 'TRANSACTION_LEFT_OPEN' })
      await session(async (db) => {
        expect(await countOf(db, 'left_open')).toBe(0)
        await db.execute(raw('DROP TABLE left_open'))
      })
    })
  })

  describe('savepoints', () => {
    it('undo their part only', () =>
      inTable(async (db) => {
        await db.transaction(async () => {
          await insert(db)
          const failing = db.savepoint(async () => {
            await insert(db)
            await db.query(raw('SELECT 1/0'))
          })
          expect(hasSqlState(await failureOf(failing), '22012')).toBe(true)
          await insert(db)
        })
        expect(await countOf(db, 't')).toBe(2)
      }))

    it('nest', () =>
      inTable(async (db) => {
        await db.transaction(() =>
          db.savepoint(async () => {
            await insert(db)
            await failureOf(
              db.savepoint(async () => {
                await insert(db)
                throw new Error('inner')
              }),
            )
            expect(await db.savepoint(() => countOf(db, 't'))).toBe(1)
          }),
        )
        expect(await countOf(db, 't')).toBe(1)
      }))

    it('fail when a failed statement inside was ignored', () =>
      inTable(async (db) => {
        await db.transaction(async () => {
          const ignoring = db.savepoint(async () => {
            await failureOf(db.query(sql`SELECT ${1}::int / 0`))
          })
          expect(hasSqlState(await failureOf(ignoring), '25P02')).toBe(true)
          await insert(db)
        })
        expect(await countOf(db, 't')).toBe(1)
      }))

    it('need a transaction', async () => {
      const alone = session((db) => db.savepoint(async () => {}))
      expect(hasSqlState(await failureOf(alone), '25P01')).toBe(true)
    })
  })
}
