import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readItems } from './fixtures/read-items.js'
import { tokenizeSql } from './sql-tokens.js'

/** Pieces that end where they seem to, so that any sequence of them is part of one statement. */
const closedPiece = fc.constantFrom(
  'SELECT',
  'copy t',
  'CREATE TABLE',
  'é',
  'a$b',
  "''",
  "';'",
  "'it''s\n'",
  "'\\'",
  "E'\\';'",
  "e'a''\\\\'",
  "E'a'\n'\\';'",
  "E'x' -- '\n '\\''",
  "U&'\\0061;'",
  "B'1'",
  '"a;"',
  '"a""b\\"',
  '$$;$$',
  "$a$ ;$$' $a$",
  '$_é1$;$1$_é1$',
  '$1',
  '(a, b)',
  '( ( ) )',
  '/* ; */',
  "/* /* ' */ ; */",
  '/***/',
  "-- ;'\n",
  '--;\r\n',
  '-',
  '/',
  '+-*/ /',
  '1.5e3',
  ',',
  '\n',
)

const statement = fc
  .array(closedPiece, { minLength: 1, maxLength: 12 })
  .map((pieces) => pieces.join(' , '))
  .map((text) => withoutOuterGap(text))
  .filter((text) => text !== '')

/** Rows of COPY: any bytes, in lines that are no terminators. */
const rows = fc
  .array(fc.constantFrom('a\tb', '\\N', '\\.x', '\\\\.', '', '\r', "';", '\\', 'é', '\\.\\.'))
  .map((lines) => lines.map((line) => `${line}\n`).join(''))

const item = fc.oneof(
  {
    weight: 4,
    arbitrary: statement.map((text) => ({ dump: `${text};\n`, text, rows: undefined })),
  },
  {
    weight: 1,
    arbitrary: rows.map((data) => ({
      dump: `COPY t FROM stdin;\n${data}\\.\n`,
      text: 'COPY t FROM stdin',
      rows: data,
    })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('\\restrict x', '\\!', '\\connect "a;b"')
      .map((text) => ({ dump: `${text}\n`, text, rows: undefined })),
  },
)

test('statements come back as they were written, whatever is in them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(item), async (items) => {
      const read = await readItems(items.map(({ dump }) => dump).join(''))
      expect(read.map(({ text }) => text)).toEqual(items.map(({ text }) => text))
      expect(read.map((each) => each.rows && Buffer.from(each.rows, 'latin1').toString())).toEqual(
        items.map((each) => each.rows),
      )
    }),
    { numRuns: 500 },
  )
})

test('where chunks end does not matter', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(item, { minLength: 1 }),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
      async (items, sizes) => {
        const dump = items.map(({ dump }) => dump).join('')
        expect(await readItems(dump, sizes)).toEqual(await readItems(dump))
      },
    ),
    { numRuns: 500 },
  )
})

test('where chunks end does not matter for what is no valid dump either', async () => {
  const scrap = fc.constantFrom(
    ...'\'"$;\\\n\r-/*.()Eeab\u00e9\t',
    'CREATE RULE ',
    'CREATE FUNCTION ',
    ' BEGIN ATOMIC ',
    ' CASE ',
    ' END ',
    'COPY t FROM stdin;\n',
    '\n\\.\n',
    'SET standard_conforming_strings=off;',
    "SET client_encoding = 'LATIN1';",
    '-- PostgreSQL database dump\n',
  )
  await fc.assert(
    fc.asyncProperty(
      fc.array(scrap, { maxLength: 60 }),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
      async (scraps, sizes) => {
        const dump = scraps.join('')
        expect(await outcome(dump, sizes)).toEqual(await outcome(dump))
      },
    ),
    { numRuns: 2000 },
  )
})

test('the tokenizer sees no semicolon where the splitter saw none', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(statement), async (statements) => {
      for (const { text } of await readItems(statements.join(';'))) {
        const symbols = tokenizeSql(text).filter(({ kind }) => kind === 'symbol')
        expect(symbols.map(({ value }) => value)).not.toContain(';')
      }
    }),
    { numRuns: 500 },
  )
})

async function outcome(dump: string, sizes?: readonly number[]): Promise<unknown> {
  try {
    return await readItems(dump, sizes)
  } catch (error) {
    return JSON.parse(JSON.stringify(error))
  }
}

/** Comments and space around a statement are no part of it. */
function withoutOuterGap(text: string): string {
  const tokens = tokenizeSql(text)
  return text.slice(tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0)
}
