import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { id, join, lit, raw, type Sql, sql } from './sql.js'

const shown = ({ text, values }: Sql): unknown => ({ text, values })

describe('sql', () => {
  it('makes parameters of values', () => {
    expect(shown(sql`SELECT ${1}, ${'a'}, ${null}, ${[1, 2]}`)).toEqual({
      text: 'SELECT $1, $2, $3, $4',
      values: [1, 'a', null, [1, 2]],
    })
  })

  it('makes text of fragments, and numbers their parameters on', () => {
    const where = sql`a = ${1} AND b IN (${2}, ${3})`
    expect(
      shown(sql`SELECT ${0} FROM ${id('t')} WHERE ${where} OR c = ${4} LIMIT ${raw('5')}`),
    ).toEqual({
      text: 'SELECT $1 FROM "t" WHERE a = $2 AND b IN ($3, $4) OR c = $5 LIMIT 5',
      values: [0, 1, 2, 3, 4],
    })
  })

  it('numbers more than nine parameters right', () => {
    const many = join(Array.from({ length: 12 }, (_, n) => sql`${n}`))
    const { text, values } = sql`${'first'}, ${many}`
    expect(text).toBe('$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13')
    expect(values).toEqual(['first', ...Array(12).keys()])
  })

  it('leaves text that was taken as it is alone, also when it holds $1', () => {
    expect(shown(sql`SELECT ${1}, ${raw("'$1 and $$'")}`)).toEqual({
      text: "SELECT $1, '$1 and $$'",
      values: [1],
    })
  })

  it('keeps values in the order of their numbers for any nesting', () => {
    const leaf = fc.integer().map((value) => sql`${value}`)
    const { tree } = fc.letrec<{ tree: Sql }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.array(tie('tree'), { maxLength: 4 }).map((parts) => join(parts, ' + ')),
        fc.tuple(tie('tree'), tie('tree')).map(([a, b]) => sql`(${a}, ${7}, ${b})`),
      ),
    }))
    fc.assert(
      fc.property(tree, ({ text, values }) => {
        const numbers = [...text.matchAll(/\$(\d+)/g)].map(([, n]) => Number(n))
        expect(numbers).toEqual(values.map((_, index) => index + 1))
      }),
    )
  })

  it('quotes names, one by one', () => {
    expect(id('public', 'Sale "Order"').text).toBe('"public"."Sale ""Order"""')
  })

  it('refuses NUL characters in names and texts', () => {
    expect(() => id('a\0')).toThrow(expect.objectContaining({ code: 'NUL_CHARACTER' }))
    expect(() => lit('\0')).toThrow(expect.objectContaining({ code: 'NUL_CHARACTER' }))
  })
})
