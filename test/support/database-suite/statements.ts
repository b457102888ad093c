import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DatabaseError, firstRow, hasSqlState, id, lit, raw, sql } from '../../../src/db/index.js'
import { countOf, failureOf, isStorable, type Suite } from './suite.js'

/** Statements, scripts, quoting and failures. */
export function statementTests({ session }: Suite): void {
  describe('statements', () => {
    it('counts the rows that a statement returned or changed', () =>
      session(async (db) => {
        await db.execute(raw('CREATE TEMP TABLE t (a int)'))
        expect((await db.query(sql`INSERT INTO t SELECT generate_series(1, ${7})`)).count).toBe(7)
        expect((await db.query(sql`UPDATE t SET a = 0 WHERE a > ${4}`)).count).toBe(3)
        expect((await db.query(sql`SELECT FROM t`)).count).toBe(7)
        expect((await db.query(sql`CREATE TEMP TABLE u ()`)).count).toBe(0)
      }))

    it('gives the first row or undefined', () =>
      session(async (db) => {
        expect(await firstRow(db, sql`SELECT 1 AS a UNION ALL SELECT 2`)).toEqual({ a: 1 })
        expect(await firstRow(db, sql`SELECT 1 WHERE false`)).toBeUndefined()
      }))

    it('takes one statement per query: a second one inside the text is refused', () =>
      session(async (db) => {
        await db.execute(raw('CREATE TEMP TABLE once (a int)'))
        const error = await failureOf(
          db.query(raw('INSERT INTO once VALUES (1); INSERT INTO once VALUES (2)')),
        )
        expect(hasSqlState(error, '42601')).toBe(true)
        expect(await countOf(db, 'once')).toBe(0)
      }))

    it('runs all statements of a script, or none', () =>
      session(async (db) => {
        await db.execute(raw('CREATE TEMP TABLE s (a int); INSERT INTO s VALUES (1), (2)'))
        const error = await failureOf(
          db.execute(raw('INSERT INTO s VALUES (3); SELECT 1/0; INSERT INTO s VALUES (4)')),
        )
        expect(hasSqlState(error, '22012')).toBe(true)
        expect(await countOf(db, 's')).toBe(2)
      }))

    it('refuses a script with parameters', async () => {
      expect(await failureOf(session((db) => db.execute(sql`SELECT ${1}`)))).toMatchObject({
        code: 'SCRIPT_WITH_VALUES',
      })
    })

    it('keeps sessions apart: temporary tables, settings, prepared statements end with them', async () => {
      const traces = raw(`SELECT to_regclass('gone') AS t, current_setting('search_path') AS path,
        (SELECT count(*) FROM pg_prepared_statements WHERE name = 'p') AS n`)
      const { rows: before } = await session((db) => db.query(traces))
      await session((db) =>
        db.execute(
          raw('CREATE TEMP TABLE gone (); SET search_path TO pg_catalog; PREPARE p AS SELECT 1'),
        ),
      )
      const { rows: after } = await session((db) => db.query(traces))
      expect(after).toEqual(before)
      expect(after).toMatchObject([{ t: null, n: 0 }])
    })

    it('quotes names and texts as the server does', () =>
      session((db) =>
        fc.assert(
          fc.asyncProperty(fc.array(storable, { minLength: 1, maxLength: 40 }), async (texts) => {
            const { rows } = await db.query<{ t: string; name: string; literal: string }>(
              sql`SELECT t, quote_ident(t) AS name, quote_literal(t) AS literal FROM unnest(${texts}::text[]) AS t`,
            )
            for (const { t, name, literal } of rows) {
              expect(id(t).text).toBe(name.startsWith('"') ? name : `"${name}"`)
              expect(lit(t).text.trimStart()).toBe(literal)
            }
          }),
          { numRuns: 30 },
        ),
      ))

    it('reads back names and texts that it has quoted', () =>
      session((db) =>
        fc.assert(
          fc.asyncProperty(storable, async (text) => {
            const name = Buffer.from(text).length > 60 ? 'short' : text || 'empty'
            const { rows } = await db.query(sql`SELECT ${lit(text)} AS ${id(name)}`)
            expect(rows).toEqual([{ [name]: text }])
          }),
          { numRuns: 60 },
        ),
      ))
  })

  describe('failures', () => {
    it('say where, why, and what the server advises', async () => {
      const statement = 'SELECT idd FROM (SELECT 1 AS id) AS x'
      const error = await failureOf(session((db) => db.query(raw(statement))))
      expect(error).toBeInstanceOf(DatabaseError)
      expect(error).toMatchObject({
        code: 'DATABASE_ERROR',
        tier: 'outside',
        sqlState: '42703',
        position: 8,
        statement,
        hint: expect.stringContaining('x.id'),
        data: { sqlState: '42703', statement },
      })
    })

    it('carry the detail of a broken constraint', async () => {
      const error = await failureOf(
        session(async (db) => {
          await db.execute(raw('CREATE TEMP TABLE k (a int PRIMARY KEY); INSERT INTO k VALUES (1)'))
          await db.query(sql`INSERT INTO k VALUES (${1})`)
        }),
      )
      expect(error).toMatchObject({
        sqlState: '23505',
        data: { detail: expect.stringContaining('(1)') },
      })
    })

    it('leave the session usable', () =>
      session(async (db) => {
        for (let turn = 0; turn < 5; turn += 1) {
          await failureOf(db.query(sql`SELECT ${turn}::int / 0`))
          await failureOf(db.execute(raw('nonsense')))
          expect((await db.query(sql`SELECT ${turn}::int AS t`)).rows).toEqual([{ t: turn }])
        }
      }))

    it('shorten a long statement in what is shown, not in what is known', async () => {
      const error = await failureOf(
        session((db) => db.query(raw(`SELECT '${'x'.repeat(9000)}', nope`))),
      )
      expect((error as DatabaseError).statement.length).toBeGreaterThan(9000)
      expect(String((error as DatabaseError).data.statement).length).toBeLessThan(600)
    })
  })
}

const storable = fc
  .oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[\\'"$a-z_ ]{0,12}$/))
  .filter(isStorable)
