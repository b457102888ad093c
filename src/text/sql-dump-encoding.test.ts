import { describe, expect, test } from 'vitest'
import { inChunks, readItems, readStatements } from './fixtures/read-items.js'
import { splitSqlDump } from './sql-dump-splitter.js'

describe('encodings', () => {
  test('a byte order mark of UTF-8 is left out', async () => {
    for (const sizes of [[100], [1], [2]]) {
      expect(await readItems('\ufeffSELECT 1;', sizes)).toEqual([
        { kind: 'statement', text: 'SELECT 1', line: 1 },
      ])
    }
  })

  test.each([
    ['little endian with a mark', Buffer.from('\ufeffSELECT 1;', 'utf16le')],
    ['big endian with a mark', Buffer.from('\ufeffSELECT 1;', 'utf16le').swap16()],
    ['little endian', Buffer.from('SELECT 1;', 'utf16le')],
    ['big endian', Buffer.from('SELECT 1;', 'utf16le').swap16()],
  ])('UTF-16 is refused: %s', async (_, bytes) => {
    await expect(readItems(bytes, [1])).rejects.toMatchObject({
      code: 'DUMP_ENCODING',
      hint: expect.stringContaining('--file'),
    })
  })

  test.each([
    ["'LATIN1'", '\xe9\x80', 'é\u0080'],
    ["'iso_8859-1'", '\xe9', 'é'],
    ["'WIN1252'", '\x80\x99\xe9', '€™é'],
    ["'LATIN9'", '\xa4', '€'],
    ['latin2', '\xb1', 'ą'],
    ['KOI8R', '\xc1', 'а'],
    ['WIN1251', '\xff', 'я'],
    ["'EUC_JP'", '\xc6\xfc\xcb\xdc', '日本'],
    ["'SQL_ASCII'", '\xc3\xa9', 'é'],
    ['DEFAULT', '\xc3\xa9', 'é'],
  ])('statements are read in client_encoding %s', async (name, bytes, text) => {
    const dump = Buffer.from(`SET client_encoding = ${name};SELECT '${bytes}';`, 'latin1')
    expect((await readStatements(dump)).at(-1)).toBe(`SELECT '${text}'`)
  })

  test.each([
    "SET NAMES 'LATIN1'",
    'set session client_encoding to latin1',
    'SET /* x */ LOCAL client_encoding TO "LATIN1"',
  ])('%s declares it too, RESET ends it', async (set) => {
    const dump = Buffer.from(
      `${set};SELECT '\xe9';RESET client_encoding;SELECT '\xc3\xa9';`,
      'latin1',
    )
    expect((await readStatements(dump)).filter((text) => text.startsWith('SELECT'))).toEqual([
      "SELECT 'é'",
      "SELECT 'é'",
    ])
  })

  test('rows stay bytes, and their item names the encoding', async () => {
    const dump = Buffer.from(
      "SET client_encoding = 'LATIN1';COPY t FROM stdin;\n\xe9\n\\.\n",
      'latin1',
    )
    for await (const item of splitSqlDump(inChunks(dump))) {
      if (item.kind !== 'copy') continue
      expect(item.encoding).toBe('LATIN1')
      for await (const chunk of item.data) expect([...chunk]).toEqual([0xe9, 0x0a])
    }
  })

  test.each(['SJIS', 'BIG5', 'GBK', 'nonsense'])('%s is refused', async (name) => {
    await expect(readItems(`\nSET client_encoding = '${name}';`)).rejects.toMatchObject({
      code: 'DUMP_ENCODING',
      place: { line: 2 },
      hint: expect.stringContaining('--encoding=UTF8'),
    })
  })

  test('bytes that are no UTF-8 are refused with their line', async () => {
    const dump = Buffer.from("SELECT 1;\nSELECT 'a\nb\n\xe9\nc';", 'latin1')
    await expect(readItems(dump)).rejects.toMatchObject({
      code: 'DUMP_ENCODING',
      place: { line: 4 },
    })
  })

  test('a NUL character is refused with its line', async () => {
    await expect(readItems("SELECT 1;\nSELECT '\n\0';")).rejects.toMatchObject({
      code: 'DUMP_ENCODING',
      place: { line: 3 },
    })
  })
})
