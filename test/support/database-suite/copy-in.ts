import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { raw, type Session, sql } from '../../../src/db/index.js'
import { countOf, failureOf, inChunks, type Suite } from './suite.js'

const INTO = sql`COPY t (a, b) FROM STDIN`
const MANY = 150_000

/** COPY … FROM STDIN. */
export function copyInTests({ session }: Suite): void {
  const inTable = <T>(body: (db: Session) => Promise<T>): Promise<T> =>
    session(async (db) => {
      await db.execute(raw('CREATE TEMP TABLE t (a int, b text)'))
      return body(db)
    })

  describe('copy in', () => {
    it.each([
      ['chunks of one byte', 300, 1],
      ['chunks that end inside rows', MANY, 65_521],
      ['one large chunk', MANY, Number.MAX_SAFE_INTEGER],
    ])('takes %s', async (_, count, size) => {
      const rows = Array.from({ length: count }, (_, n) => `${n}\trow ${n} ${'é'.repeat(n % 60)}\n`)
      const hash = createHash('md5').update(rows.join('')).digest('hex')
      await inTable(async (db) => {
        expect(await db.copyIn(INTO, inChunks(rows.join(''), size))).toBe(count)
        const { rows: found } = await db.query(
          sql`SELECT md5(string_agg(a || E'\t' || b || E'\n', '' ORDER BY a)) AS hash FROM t`,
        )
        expect(found).toEqual([{ hash }])
      })
    })

    it('takes no data, and empty chunks', () =>
      inTable(async (db) => {
        expect(await db.copyIn(INTO, inChunks('', 10))).toBe(0)
        const chunks = async function* () {
          for (const text of ['', '1\t', '', 'one', '\n', '']) yield Buffer.from(text)
        }
        expect(await db.copyIn(INTO, chunks())).toBe(1)
        expect((await db.query(raw('SELECT * FROM t'))).rows).toEqual([{ a: 1, b: 'one' }])
      }))

    it('takes escapes, NULL, and a last row without a line end', () =>
      inTable(async (db) => {
        // The second row goes on over a line end that a backslash escapes.
        await db.copyIn(INTO, inChunks('1\ta\\tb\\\\\n2\tc\\\nd\n\\N\t\\N\n3\tend', 3))
        expect((await db.query(raw('SELECT * FROM t'))).rows).toEqual([
          { a: 1, b: 'a\tb\\' },
          { a: 2, b: 'c\nd' },
          { a: null, b: null },
          { a: 3, b: 'end' },
        ])
      }))

    it('takes rows larger than any buffer', () =>
      inTable(async (db) => {
        const large = 'x'.repeat(20 * 1024 * 1024)
        const text = `1\t${large}\n2\tsmall\n3\t${large}\\\\\n`
        expect(await db.copyIn(INTO, inChunks(text, 65_536))).toBe(3)
        const { rows } = await db.query(raw('SELECT length(b) AS n FROM t ORDER BY a'))
        expect(rows).toEqual([{ n: large.length }, { n: 5 }, { n: large.length + 1 }])
      }))

    it.each([
      ['near', 3],
      ['far', MANY],
    ])('names the line of a bad row %s from the start, and keeps nothing', async (_, line) => {
      await inTable(async (db) => {
        const good = (n: number): string => `${n}\t${'y'.repeat(100)}\n`
        const before = Array.from({ length: line - 1 }, (_, n) => good(n)).join('')
        const text = `${before}bad\trow\n${good(0).repeat(1000)}`
        expect(await failureOf(db.copyIn(INTO, inChunks(text, 65_536)))).toMatchObject({
          sqlState: '22P02',
          data: { where: expect.stringContaining(`line ${line}, column a`) },
        })
        expect(await countOf(db, 't')).toBe(0)
        expect(await db.copyIn(INTO, inChunks('1\tafter\n', 5))).toBe(1)
      })
    })

    it('fails when its source fails, and keeps nothing', () =>
      inTable(async (db) => {
        const reason = new Error('disk on fire')
        const failing = async function* () {
          yield Buffer.from('1\tone\n2\t')
          throw reason
        }
        expect(await failureOf(db.copyIn(INTO, failing()))).toBe(reason)
        expect(await countOf(db, 't')).toBe(0)
        expect(await db.copyIn(INTO, inChunks('1\tafter\n', 5))).toBe(1)
      }))

    it('fails at once when the statement is wrong', () =>
      inTable(async (db) => {
        const wrong = db.copyIn(
          sql`COPY nowhere FROM STDIN`,
          inChunks('1\tone\n'.repeat(9999), 100),
        )
        expect(await failureOf(wrong)).toMatchObject({ sqlState: '42P01' })
        expect(await countOf(db, 't')).toBe(0)
      }))

    it('belongs to the transaction around it', () =>
      inTable(async (db) => {
        const undone = db.transaction(async () => {
          await db.copyIn(INTO, inChunks('1\tone\n', 5))
          throw new Error('undo')
        })
        await failureOf(undone)
        await db.transaction(async () => {
          await failureOf(db.savepoint(() => db.copyIn(INTO, inChunks('bad\n', 5))))
          await db.copyIn(INTO, inChunks('2\ttwo\n', 5))
        })
        expect((await db.query(raw('SELECT a FROM t'))).rows).toEqual([{ a: 2 }])
      }))
  })
}
