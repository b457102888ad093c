import { expect, test } from 'vitest'
import { inChunks } from '../../text/fixtures/read-items.js'
import { readPlainDump } from './plain-reader.js'

async function read(dump: Uint8Array, size = 65_536): Promise<unknown[]> {
  const items: unknown[] = []
  for await (const item of readPlainDump(inChunks(dump, [size]))) {
    if (item.kind !== 'copy') {
      items.push(item)
      continue
    }
    const rows: Buffer[] = []
    for await (const chunk of item.data) rows.push(Buffer.from(chunk))
    items.push({ ...item, data: Buffer.concat(rows).toString() })
  }
  return items
}

test('statements, rows and commands come in the order of the dump', async () => {
  const dump =
    '\\restrict a\n\nCREATE TABLE t (a text);\nCOPY t FROM stdin;\né\n\\N\n\\.\n\nSELECT 1;\n'
  expect(await read(Buffer.from(dump))).toEqual([
    { kind: 'meta', text: '\\restrict a', line: 1 },
    { kind: 'statement', text: 'CREATE TABLE t (a text)', line: 3 },
    { kind: 'copy', statement: 'COPY t FROM stdin', line: 4, data: 'é\n\\N\n' },
    { kind: 'statement', text: 'SELECT 1', line: 9 },
  ])
})

test.each([
  ['LATIN1', '\xe9\\351\n', 'é\\351\n'],
  ['LATIN9', '\xa4\n', '€\n'],
  ['WIN1252', '\x80\n', '€\n'],
  ['EUC_JP', '\xc6\xfc\xcb\xdc\n', '日本\n'],
  ['SQL_ASCII', '\xc3\xa9\n', 'é\n'],
])('rows in %s come in UTF-8', async (encoding, bytes, text) => {
  const dump = `SET client_encoding = '${encoding}';\nCOPY t FROM stdin;\n${bytes}\\.\n`
  for (const size of [1, 3, 65_536]) {
    const items = await read(Buffer.from(dump, 'latin1'), size)
    expect(items[1]).toEqual({ kind: 'copy', statement: 'COPY t FROM stdin', line: 2, data: text })
  }
})

test('rows that are not in the declared encoding are refused', async () => {
  const dump = "SET client_encoding = 'EUC_JP';\n\nCOPY t FROM stdin;\n\xff\xff\n\\.\n"
  await expect(read(Buffer.from(dump, 'latin1'))).rejects.toMatchObject({
    code: 'DUMP_ENCODING',
    place: { line: 3 },
  })
})

test('the marks of pg_dump can be asked for', async () => {
  const dump = readPlainDump(
    inChunks(
      '--\n-- PostgreSQL database dump\n--\n\n-- Dumped from database version 15.18\n\nSELECT 1;\n',
    ),
  )
  const items = dump[Symbol.asyncIterator]()
  await items.next()
  expect(dump.marks).toMatchObject({ serverVersion: '15.18' })
  expect(dump.marks.started).toBe(true)
  expect(dump.marks.complete).toBe(false)
  await expect(items.next()).rejects.toMatchObject({ code: 'DUMP_TRUNCATED' })
})
