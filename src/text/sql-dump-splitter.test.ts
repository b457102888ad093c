import { describe, expect, test } from 'vitest'
import { inChunks, readItems, readStatements } from './fixtures/read-items.js'
import { splitSqlDump } from './sql-dump-splitter.js'

describe('statements end at semicolons', () => {
  const whole: readonly (readonly [name: string, statement: string])[] = [
    ['a plain statement', 'SELECT 1'],
    ['a string', "SELECT ';'"],
    ['a string with doubled quotes', "SELECT 'it''s; fine'"],
    ['a backslash at the end of a string', "SELECT 'C:\\', ';'"],
    ['an escape string', "SELECT E'it\\'s; fine'"],
    ['an escape string with doubled quotes', "SELECT e'a''b\\';'"],
    ['an escape string ending in a backslash pair', "SELECT E'\\\\', 'x;'"],
    ['an escape string continued on the next line', "SELECT E'a'\n  '\\';b'"],
    ['an escape string continued behind a comment', "SELECT E'a' -- it's\n -- two\n'\\';b'"],
    ['two strings on one line are not one', "SELECT E'a', '\\'"],
    ['a bit string', "SELECT B'101', X'1F;'"],
    ['a national string', "SELECT N'a;b\\'"],
    ['a unicode string', "SELECT U&'d\\0061t;\\'"],
    ['a quoted name', 'SELECT ";" FROM "a"";b"'],
    ['a unicode name', 'SELECT U&"\\0061;"'],
    ['a name that ends with an e', "SELECT name'a\\'"],
    ['a dollar quote', 'SELECT $$;$$'],
    ['a dollar quote with a tag', 'SELECT $a$ $$ ; $b$ $a$'],
    ['a dollar quote that nearly ends', 'SELECT $a$ ; $a $a$'],
    ['a dollar quote directly behind a number', 'SELECT 1$a$;$a$'],
    ['a dollar sign inside a name', 'SELECT a$b$c, d$b$'],
    ['parameters', 'SELECT $1, $2'],
    ['a block comment', 'SELECT /* ; */ 1'],
    ['nested block comments', 'SELECT /* a /* ; */ ; */ 1'],
    ['a block comment with odd stars', 'SELECT /***;**/ 1 /*/;*/, 2'],
    ['a line comment', "SELECT 1 -- it's; fine\n , 2"],
    ['a line comment ended by a carriage return', 'SELECT 1 -- ;\r, 2'],
    ['operators of minus and slash', 'SELECT 1 - 2 / 3 -(-1)'],
    ['names in other alphabets', 'SELECT "é", straße, 名'],
    [
      'a rule with several actions',
      'CREATE RULE r AS ON INSERT TO t DO ALSO (INSERT INTO a VALUES (1); DELETE FROM b)',
    ],
    [
      'a replaced rule',
      'CREATE OR REPLACE RULE r AS ON UPDATE TO t DO INSTEAD (SELECT (1); NOTIFY t;)',
    ],
    [
      'a function with an SQL body',
      'CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END',
    ],
    [
      'an SQL body with CASE',
      'create or replace procedure p() begin /* x */ atomic select case when true then case 1 when 1 then 2 end end; select 1; end',
    ],
    ['an SQL body with a column named end', 'CREATE FUNCTION f() BEGIN ATOMIC SELECT t.end; END'],
    ['a function named begin', 'CREATE FUNCTION public.begin(atomic int) LANGUAGE sql'],
    ['a table with columns named begin and atomic', 'CREATE TABLE t ("begin" int, atomic int)'],
  ]

  test.each(whole)('%s', async (_, statement) => {
    const items = await readItems(`${statement};SELECT 'next';\n${statement}`)
    expect(items.map(({ text }) => text)).toEqual([statement, "SELECT 'next'", statement])
  })

  test('a semicolon in parentheses ends anything but a rule', async () => {
    expect(await readStatements('SELECT (1; SELECT 2;')).toEqual(['SELECT (1', 'SELECT 2'])
  })

  test('empty statements, space and comments between statements are left out', async () => {
    const dump = '\n;; -- a\n/* b; */ SELECT 1 /* c */ ;\n--d\nSELECT 2 -- e\n'
    expect(await readStatements(dump)).toEqual(['SELECT 1', 'SELECT 2'])
  })

  test('an empty dump has no items', async () => {
    expect(await readItems('')).toEqual([])
    expect(await readItems(' -- nothing')).toEqual([])
  })

  test('lines are counted from 1, through comments, strings and rows', async () => {
    const dump =
      "-- c\n\nSELECT 1;SELECT 2;\n/*\n*/ SELECT '\n\n'; SELECT 3;\nCOPY t FROM stdin;\na\nb\n\\.\nSELECT 4;\n\\restrict x\n  SELECT\n5;"
    expect((await readItems(dump)).map(({ line }) => line)).toEqual([3, 3, 5, 7, 8, 12, 13, 14])
  })
})

describe('backslash commands', () => {
  test('a line that begins with a backslash is a command', async () => {
    expect(
      await readItems('\\restrict a1B2\r\nSELECT 1;\n \\connect -reuse db \nSELECT 2;'),
    ).toEqual([
      { kind: 'meta', text: '\\restrict a1B2', line: 1 },
      { kind: 'statement', text: 'SELECT 1', line: 2 },
      { kind: 'meta', text: '\\connect -reuse db', line: 3 },
      { kind: 'statement', text: 'SELECT 2', line: 4 },
    ])
  })

  test.each([
    ['SELECT 1 \\gexec', 'SELECT 1 \\gexec'],
    ['SELECT (1\n\\g /tmp/x', 'SELECT (1\n\\g /tmp/x'],
    ["SELECT 'a'\\;", "SELECT 'a'\\;"],
    ['SELECT 1;\\! rm -rf /', '\\! rm -rf /'],
  ])('%j holds one, and what it belongs to is no statement', async (dump, text) => {
    const items = await readItems(`${dump}\nSELECT 2;`)
    expect(items.filter(({ kind }) => kind === 'meta').map((item) => item.text)).toEqual([text])
    expect(items.at(-1)?.text).toBe('SELECT 2')
  })

  test('inside quotes and rows a backslash is only a character', async () => {
    const items = await readItems(
      "SELECT '\n\\! x\n', $$\n\\q$$;\nCOPY t FROM stdin;\n\\! x\n\\.\n/*\n\\q*/",
    )
    expect(items.map(({ kind }) => kind)).toEqual(['statement', 'copy'])
  })
})

describe('COPY', () => {
  const cases: readonly (readonly [name: string, dump: string, rows: string])[] = [
    ['rows', 'COPY t FROM stdin;\na\tb\n\\N\tc\n\\.\n', 'a\tb\n\\N\tc\n'],
    ['no rows', 'COPY t FROM stdin;\n\\.\n', ''],
    ['Windows line ends', 'COPY t FROM stdin;\r\na\r\n\\.\r\n', 'a\r\n'],
    [
      'a backslash and a dot that are data',
      'COPY t FROM stdin;\n\\.x\na\\.\n\\\\.\n\\.\n',
      '\\.x\na\\.\n\\\\.\n',
    ],
    ['semicolons, quotes and comments', "COPY t FROM stdin;\n';--/*$$\n\\.\n", "';--/*$$\n"],
    ['no line end behind the terminator', 'COPY t FROM stdin;\na\n\\.', 'a\n'],
    ['space behind the semicolon', 'COPY t FROM stdin; \t\na\n\\.\n', 'a\n'],
    ['a comment behind the semicolon', 'COPY t FROM stdin; -- rows;\na\n\\.\n', 'a\n'],
    ['bytes that are no text', 'COPY t FROM stdin;\n\xff\xfe\n\\.\n', '\xff\xfe\n'],
  ]

  test.each(cases)('%s', async (_, dump, rows) => {
    const bytes = Buffer.from(dump, 'latin1')
    for (const sizes of [[65_536], [1], [19, 1], [20, 2], [7, 3]]) {
      expect(await readItems(bytes, sizes)).toEqual([
        { kind: 'copy', text: 'COPY t FROM stdin', line: 1, rows },
      ])
    }
  })

  test.each([
    'COPY public."a;b" (x, "from") FROM STDIN WITH (FORMAT text)',
    'copy t from/**/stdin',
    'Copy "stdin" From StdIn',
  ])('%s is followed by rows', async (statement) => {
    const items = await readItems(`${statement};\n1\n\\.\nSELECT 1;`)
    expect(items.map(({ kind }) => kind)).toEqual(['copy', 'statement'])
  })

  test.each([
    "COPY t FROM '/etc/passwd'",
    "COPY t FROM PROGRAM 'id'",
    'COPY t TO stdout',
    'COPY (SELECT a FROM stdin) TO STDOUT',
    'SELECT * FROM stdin',
    'COPY t FROM "stdin"',
  ])('%s is not', async (statement) => {
    expect(await readStatements(`${statement};\nSELECT 1;`)).toEqual([statement, 'SELECT 1'])
  })

  test('rows that are not read are passed over', async () => {
    const dump = 'COPY a FROM stdin;\n1\n2\n\\.\nCOPY b FROM stdin;\n3\n4\n\\.\nSELECT 1;'
    const seen: string[] = []
    for await (const item of splitSqlDump(inChunks(dump, [3]))) {
      seen.push(item.kind === 'copy' ? item.statement : item.text)
      if (item.kind !== 'copy' || item.statement.startsWith('COPY a')) continue
      for await (const chunk of item.data) {
        expect(chunk.length).toBeGreaterThan(0)
        break
      }
    }
    expect(seen).toEqual(['COPY a FROM stdin', 'COPY b FROM stdin', 'SELECT 1'])
  })

  test('rows share the memory of the source', async () => {
    const source = Buffer.from(`COPY t FROM stdin;\n${'a\n'.repeat(1000)}\\.\n`)
    for await (const item of splitSqlDump(inChunks(source))) {
      if (item.kind !== 'copy') continue
      for await (const chunk of item.data) expect(chunk.buffer).toBe(source.buffer)
    }
  })
})

describe('what the dump says about itself', () => {
  test("pg_dump's marks and versions are collected", async () => {
    const dump = splitSqlDump(
      inChunks(
        '--\n-- PostgreSQL database dump\n--\n-- Dumped from database version 15.18 (Debian)\r\n-- Dumped by pg_dump version 16.2\n--\n-- PostgreSQL database dump complete\n--\n',
      ),
    )
    for await (const item of dump) expect(item).toBeUndefined()
    expect({ ...dump.marks, started: dump.marks.started, complete: dump.marks.complete }).toEqual({
      started: true,
      complete: true,
      serverVersion: '15.18 (Debian)',
      dumpVersion: '16.2',
    })
  })

  test('marks inside rows, strings and block comments do not count', async () => {
    const mark = '\n-- PostgreSQL database dump\n'
    const dump = splitSqlDump(
      inChunks(`SELECT '${mark}';/*${mark}*/COPY t FROM stdin;${mark}\\.\nSELECT 1 ${mark};`),
    )
    for await (const item of dump) expect(item.line).toBeGreaterThan(0)
    expect(dump.marks.started).toBe(false)
  })

  test('standard_conforming_strings off is translated away', async () => {
    const dump =
      "SELECT '\\';SET standard_conforming_strings = off;SELECT'it\\'s; \\\\', 'plain', E'\\'', $$\\$$;SET SESSION standard_conforming_strings TO 'On';SELECT '\\';"
    expect(await readStatements(dump)).toEqual([
      "SELECT '\\'",
      'SET standard_conforming_strings = off',
      "SELECT E'it\\'s; \\\\', 'plain', E'\\'', $$\\$$",
      "SET SESSION standard_conforming_strings TO 'On'",
      "SELECT '\\'",
    ])
  })
})
