import { expect, test } from 'vitest'
import { tokenizeSql } from './sql-tokens.js'

test.each([
  ['SELECT Straße', 'word select, word straße'],
  ['CAFÉ', 'word cafÉ'],
  ['"Se""lect" U&"x"', 'quotedName Se"lect, unicodeName x'],
  ["'it''s' ''", "string it's, string "],
  ["'a'\n  -- c\n 'b'", 'string ab'],
  ["'a' 'b'", 'string a, string b'],
  ["E'a\\'b\\n\\x41\\101\\u0041\\q' e'a''b'", "string a'b\nAAAq, string a'b"],
  ["E'\\''\n'\\''", "string ''"],
  ["U&'\\0061' N'x' B'01' x'1F'", 'unicodeString \\0061, word n, string x, string 01, string 1F'],
  ['$$a$$ $t$$$b$t$ a$b$', 'string a, string $$b, word a$b$'],
  [
    '1 1.5 .5 1e-3 0x1F 1_000',
    'number 1, number 1.5, number .5, number 1e-3, number 0x1F, number 1_000',
  ],
  ['$1 $', 'parameter $1, symbol $'],
  [
    'a.b::int<=-1',
    'word a, symbol ., word b, symbol :, symbol :, word int, symbol <, symbol =, symbol -, number 1',
  ],
  ['a--b\nc/*d/*e*/*/f', 'word a, word c, word f'],
  ['a -- b\rc', 'word a, word c'],
  ["'a", "broken 'a"],
  ["E'a\\'", "broken E'a\\'"],
  ['"a', 'broken "a'],
  ['$a$ $b$', 'broken $a$ $b$'],
  ['a /* b', 'word a, broken /* b'],
  ['1a', 'broken 1, word a'],
  ['0x1$a$;$a$', 'broken 0x1, string ;'],
  ['$1a', 'broken $1, word a'],
  ['', ''],
])('%j is %j', (text, expected) => {
  const tokens = tokenizeSql(text)
  expect(tokens.map(({ kind, value }) => `${kind} ${value}`).join(', ')).toBe(expected)
})

test('positions are those of the text', () => {
  const text = ` a /**/ "b" 'c'\n'd' $$e$$ `
  expect(tokenizeSql(text).map(({ start, end }) => text.slice(start, end))).toEqual([
    'a',
    '"b"',
    "'c'\n'd'",
    '$$e$$',
  ])
})

test('a string followed by many comments is read in linear time', () => {
  const text = `'a' ${'--'.repeat(5000)}\n${'-- -- --\n'.repeat(5000)} x`
  expect(tokenizeSql(text)).toHaveLength(2)
})
