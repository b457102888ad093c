import { expect, test } from 'vitest'
import { archiveFiles } from './fixtures/archive-files.js'
import { type EncodedArchive, encodeArchive } from './fixtures/encode-archive.js'
import { restoredSql } from './fixtures/restored-sql.js'
import { readArchiveInfo } from './read-archive-info.js'
import { readCustomArchive } from './read-custom-archive.js'

const store = archiveFiles()

const ENTRIES: EncodedArchive['entries'] = [
  { id: 90, description: 'ENCODING', definition: "SET client_encoding = 'UTF8';\n" },
  {
    id: 1,
    description: 'TABLE',
    section: 'pre-data',
    namespace: 'public',
    tag: 't',
    owner: 'somebody',
    definition: 'CREATE TABLE t (id int);\n',
    tablespace: '',
    tableAccessMethod: 'heap',
    relationKind: 'r',
    catalogTable: 1259,
    catalogRow: 4_294_967_295,
  },
  {
    id: 2,
    description: 'TABLE DATA',
    section: 'data',
    namespace: 'public',
    tag: 't',
    copyStatement: 'COPY t (id) FROM stdin;\n',
    dependencies: [1],
    rows: '7\n8\n\\.\n\n\n',
  },
  {
    id: 3,
    description: 'TABLE',
    section: 'pre-data',
    namespace: 'Other',
    tag: 'u',
    definition: 'CREATE TABLE u (id int);\n',
    tablespace: 'fast disk',
    tableAccessMethod: 'columnar',
    relationKind: 'p',
  },
]

async function read(archive: Partial<EncodedArchive>): Promise<string> {
  const path = store(encodeArchive({ minor: 14, entries: ENTRIES, ...archive }))
  return restoredSql(readCustomArchive(path))
}

test.each([
  { name: '1.12', minor: 12 },
  { name: '1.13', minor: 13 },
  { name: '1.14', minor: 14 },
  { name: '1.15', minor: 15 },
  { name: '1.16', minor: 16 },
  { name: 'uncompressed', minor: 14, compression: 0 },
  { name: 'uncompressed 1.16', minor: 16, compression: 0 },
  { name: 'wide integers', minor: 14, sizes: { int: 8, offset: 8 } },
  { name: 'narrow offsets', minor: 14, sizes: { int: 4, offset: 4 } },
  { name: 'written to a pipe', minor: 14, piped: true },
  { name: 'an old level of compression', minor: 12, compression: 9 },
])('reads $name', async ({ name: _, ...archive }) => {
  expect(await read(archive)).toContain('COPY t (id) FROM stdin;\n7\n8\n\\.')
})

test('keeps what the table of contents says', async () => {
  const path = store(encodeArchive({ minor: 16, entries: ENTRIES }))
  const info = await readArchiveInfo(path)
  expect(info).toMatchObject({
    formatVersion: '1.16',
    compression: 'gzip',
    createdAt: '2026-11-20T10:50:12',
    database: 'some database',
    serverVersion: '15.18',
    dumpVersion: '15.18',
    encoding: 'UTF8',
  })
  expect(info.entries[1]).toEqual({
    id: 1,
    section: 'pre-data',
    description: 'TABLE',
    namespace: 'public',
    tag: 't',
    owner: 'somebody',
    definition: 'CREATE TABLE t (id int);\n',
    dropStatement: '',
    copyStatement: '',
    tablespace: '',
    tableAccessMethod: 'heap',
    relationKind: 'r',
    catalogTable: 1259,
    catalogRow: 4_294_967_295,
    dependencies: [],
    data: { kind: 'none' },
  })
  expect(info.entries[2]).toMatchObject({ dependencies: [1], data: { kind: 'placed' } })
})

test('an archive without a search path sets it for each schema', async () => {
  expect(await read({ minor: 12 })).toContain('SET search_path = "public", "pg_catalog";')
  expect(await read({ minor: 12 })).toContain('SET search_path = "Other", "pg_catalog";')
  const settled = {
    id: 91,
    description: 'SEARCHPATH',
    definition: "SELECT set_config('x', '', f);",
  }
  expect(await read({ entries: [settled, ...ENTRIES] })).not.toContain('SET search_path')
})

test('sets tablespace and access method where they change', async () => {
  const sql = await read({ minor: 14 })
  expect(sql.match(/SET default_.*/g)).toEqual([
    "SET default_tablespace = '';",
    'SET default_table_access_method = heap;',
    'SET default_tablespace = "fast disk";',
    'SET default_table_access_method = columnar;',
  ])
})

test('a partitioned table gets its access method after it was made', async () => {
  expect(await read({ minor: 16 })).toContain(
    'ALTER TABLE "Other"."u" SET ACCESS METHOD "columnar";',
  )
})

test('strings in which a backslash escapes are made independent of the setting', async () => {
  const sql = await read({
    entries: [
      {
        id: 8,
        description: 'STDSTRINGS',
        definition: "SET standard_conforming_strings = 'off';\n",
      },
      {
        id: 9,
        description: 'COMMENT',
        definition: "COMMENT ON TABLE t IS 'it\\'s; one';\nCOMMENT ON TABLE u IS 'two';\n",
      },
    ],
  })
  expect(sql).toMatch(/IS +E'it\\'s; one';\nCOMMENT ON TABLE u IS 'two';/)
})

test('finds data in whatever order a pipe left them', async () => {
  const table = (id: number) => ({
    id,
    description: 'TABLE DATA',
    tag: `t${id}`,
    section: 'data' as const,
    copyStatement: `COPY t${id} FROM stdin;\n`,
    rows: `row of ${id}\n\\.\n\n\n`,
  })
  const entries = [table(1), table(2), table(3), table(4)]
  const sql = await read({ entries, piped: true, blockOrder: [3, 1, 4, 2] })
  expect(sql.match(/row of \d/g)).toEqual([1, 2, 3, 4].map((id) => `row of ${id}`))
})

test.each([
  { name: 'a newer minor version', archive: { minor: 17 }, code: 'ARCHIVE_NEWER_FORMAT' },
  { name: 'a newer major version', archive: { major: 2 }, code: 'ARCHIVE_NEWER_FORMAT' },
  { name: 'PostgreSQL 8.4', archive: { minor: 11 }, code: 'ARCHIVE_OLDER_FORMAT' },
  { name: 'LZ4', archive: { minor: 15, compression: 2 }, code: 'ARCHIVE_COMPRESSION' },
  { name: 'Zstandard', archive: { minor: 16, compression: 3 }, code: 'ARCHIVE_COMPRESSION' },
  {
    name: 'an unknown compression',
    archive: { minor: 16, compression: 9 },
    code: 'ARCHIVE_CORRUPT',
  },
  { name: 'a directory format', archive: { format: 5 }, code: 'ARCHIVE_UNKNOWN' },
  {
    name: 'numbers without bytes',
    archive: { sizes: { int: 0, offset: 8 } },
    code: 'ARCHIVE_CORRUPT',
  },
])('refuses $name', async ({ archive, code }) => {
  const error = await read(archive).catch((thrown) => thrown)
  expect(error).toMatchObject({ code, tier: 'user', hint: expect.any(String) })
  expect(error.place.file).toMatch(/\.dump$/)
})

test('tells about an archive that it cannot restore', async () => {
  const path = store(encodeArchive({ minor: 16, compression: 3, entries: ENTRIES }))
  expect(await readArchiveInfo(path)).toMatchObject({ compression: 'zstd' })
})

test('refuses text in another encoding', async () => {
  const latin = { id: 5, description: 'ENCODING', definition: "SET client_encoding = 'LATIN1';" }
  await expect(read({ entries: [latin] })).rejects.toMatchObject({ code: 'ARCHIVE_ENCODING' })
})
