import { expect, test } from 'vitest'
import { sql } from '../../../db/index.js'
import { statementText } from './statement-text.js'

test('values become literals, whatever they hold', () => {
  const statement = sql`SELECT ${"it's $1 \\ ok"}, ${-5}, ${true}, ${null}, ${[1, null, 2]}, ${['a"b', 'c\\d', '{}']},
    ${Buffer.from('\x01')}`
  expect(statementText(statement)).toBe(
    `SELECT  E'it''s $1 \\\\ ok', (-5), true, NULL, '{1,NULL,2}',  E'{"a\\\\"b","c\\\\\\\\d","{}"}',\n     E'\\\\x01'`,
  )
})

test('no more parameters than there are', () => {
  expect(statementText(sql`SELECT 1`)).toBe('SELECT 1')
})
