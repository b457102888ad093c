import { expect, test } from 'vitest'
import { readItems } from './fixtures/read-items.js'

const START = '--\n-- PostgreSQL database dump\n--\n'

test.each([
  ["SELECT 1;\nSELECT 'a\nb;\n", 'a string', 2],
  ["SELECT 1;\n\nSELECT\n E'a\\'b;\n", 'a string', 4],
  ["SELECT E'a\\", 'a string', 1],
  ['SELECT "a\nb;\n', 'a quoted name', 1],
  ['\nSELECT $a$\n$a;$$\n', 'a dollar-quoted string', 2],
  ['SELECT 1;\n/* /* */\n', 'a comment', 2],
  ['SELECT 1;\nCOPY t FROM stdin;\n1\n2\n', 'the rows of a COPY', 2],
  ['SELECT 1;\nCOPY t FROM stdin;\n1\n\\', 'the rows of a COPY', 2],
  ['COPY t FROM stdin;', 'the rows of a COPY', 1],
  ['\nCOPY t FROM stdin', 'the rows of a COPY', 2],
  ['SELECT 1;\nCREATE TABLE t (\n  a int,\n', 'a statement', 2],
  ['CREATE FUNCTION f() BEGIN ATOMIC SELECT 1; ', 'a statement', 1],
])('%j ends inside of %s', async (dump, what, line) => {
  for (const sizes of [[65_536], [1]]) {
    await expect(readItems(dump, sizes)).rejects.toMatchObject({
      code: 'DUMP_TRUNCATED',
      tier: 'user',
      place: { line },
      message: expect.stringContaining(`ends inside ${what} that begins on line ${line}`),
    })
  }
})

test.each([
  ['at the end of a statement', `${START}SELECT 1;\n`],
  ['within a statement', `${START}SELECT 1;\nDELETE FROM t`],
  ['at the end of rows', `${START}COPY t FROM stdin;\n1\n\\.\n`],
  ['in the first of two dumps', `${START}${START}-- PostgreSQL database dump complete\n`],
])('output of pg_dump without its last line is cut off %s', async (_, dump) => {
  await expect(readItems(dump)).rejects.toMatchObject({ code: 'DUMP_TRUNCATED' })
})

test('a complete dump is not', async () => {
  const dump = `${START}SELECT 1;\n--\n-- PostgreSQL database dump complete\n--\n\n\\unrestrict x\n\n`
  expect(await readItems(dump)).toHaveLength(2)
})

test('a statement longer than the limit is refused', async () => {
  const options = { maxStatementBytes: 1000 }
  const long = `SELECT 1;\nSELECT '${'x'.repeat(5000)}';`
  for (const sizes of [[65_536], [100]]) {
    await expect(readItems(long, sizes, options)).rejects.toMatchObject({
      code: 'DUMP_STATEMENT_TOO_LARGE',
      place: { line: 2 },
    })
  }
  expect(await readItems('SELECT 1;\n'.repeat(1000), [100], options)).toHaveLength(1000)
})

test('text behind COPY on its line is refused', async () => {
  await expect(readItems('\nCOPY t FROM stdin; SELECT 1;\n1\n\\.\n')).rejects.toMatchObject({
    code: 'DUMP_UNREADABLE',
    place: { line: 2 },
  })
})
