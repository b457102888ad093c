import { expect, test } from 'vitest'
import { splitSqlScript } from './sql-script.js'

test.each([
  ['one statement without semicolon', 'SELECT 1', ['SELECT 1']],
  ['comments belong to nobody', '-- a;\n/* b; */ SELECT 1; -- c\n', ['SELECT 1']],
  [
    'quotes hide semicolons',
    `SELECT ';'; SELECT ";"; SELECT $$;$$`,
    [`SELECT ';'`, 'SELECT ";"', 'SELECT $$;$$'],
  ],
  ['empty statements vanish', ';;SELECT 1;;', ['SELECT 1']],
  ['nothing', '-- only a comment', []],
  [
    'a body in SQL has semicolons of its own',
    'CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END; SELECT 3',
    ['CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END', 'SELECT 3'],
  ],
])('%s', (_, script, expected) => {
  expect(splitSqlScript(script).map((statement) => statement.text)).toEqual(expected)
})

test('every statement knows its line', () => {
  const lines = splitSqlScript('-- head\nSELECT 1;\n\n  SELECT\n 2;').map(({ line }) => line)
  expect(lines).toEqual([2, 4])
})
